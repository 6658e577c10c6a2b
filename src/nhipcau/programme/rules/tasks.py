"""Who may do what with tasks: the office that gives them, and the office that has one."""

from __future__ import annotations

import rules

from nhipcau.access.rights import holds, is_system
from nhipcau.accounts.models import Role
from nhipcau.workspace.rules.letters import WRITERS, in_office

#: Who says for an office how it stands with a task.
SAY = (*WRITERS, Role.APPROVER)

rules.add_perm("programme.set_task", is_system | holds(Role.COORDINATOR))
rules.add_perm("programme.edit_task", is_system | in_office(Role.COORDINATOR))
rules.add_perm("programme.give_task", is_system | in_office(Role.COORDINATOR))
rules.add_perm("programme.end_task", is_system | in_office(Role.COORDINATOR))
rules.add_perm("programme.say_how_it_stands", is_system | in_office(*SAY))
