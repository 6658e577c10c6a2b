"""Who may do what with tasks: the office that gives them, and the office that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from nhipcau.access.rights import holds, is_system
from nhipcau.accounts.models import Role
from nhipcau.workspace.rules.attached import speaks_for_an_office_that_has_it
from nhipcau.workspace.rules.letters import WRITERS, in_office

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.programme.models import TaskInstance

#: Who says for an office how it stands with a task.
SAY = (*WRITERS, Role.APPROVER)

rules.add_perm("programme.set_task", is_system | holds(Role.COORDINATOR))
rules.add_perm("programme.edit_task", is_system | in_office(Role.COORDINATOR))
rules.add_perm("programme.give_task", is_system | in_office(Role.COORDINATOR))
rules.add_perm("programme.end_task", is_system | in_office(Role.COORDINATOR))
rules.add_perm("programme.say_how_it_stands", is_system | in_office(*SAY))
# The network changes by itself, and the worker follows it.
rules.add_perm("programme.renew_tasks", is_system)


@rules.predicate
def is_open(_actor: Actor, row: TaskInstance | None) -> bool:
    """Papers come to a task of an office until it has ended for it."""
    return row is not None and row.ended_on is None


@rules.predicate
def coordinates_it(actor: Actor, row: TaskInstance | None) -> bool:
    """The office that gave the task speaks of it too."""
    return row is not None and bool(holds(Role.COORDINATOR)(actor, row.task.organisation))


rules.add_perm("programme.attach_to_task", is_open & in_office(*SAY))
rules.add_perm("programme.comment_task", speaks_for_an_office_that_has_it | coordinates_it)
# No signed copy belongs to it: the letter that shows it bears its own.
rules.add_perm("programme.sign_nothing", rules.predicates.always_false)
