"""Who may put files to letters and speak of them; what one has said is one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from nhipcau.access import current
from nhipcau.access.rights import is_system
from nhipcau.accounts.models import Role
from nhipcau.workspace.models import EDITABLE, SENT, Comment, Letter, LetterState, host_of
from nhipcau.workspace.rules.letters import RECEIVERS, WRITERS, in_office

if TYPE_CHECKING:
    from nhipcau.access import Actor

#: Who speaks for an office; a viewer reads.
SPEAKERS = (
    Role.DRAFTER,
    Role.FOCAL_OFFICER,
    Role.REVIEWER,
    Role.APPROVER,
    Role.LEADER,
    Role.OFFICE_ADMINISTRATOR,
)


@rules.predicate
def is_being_written(_actor: Actor, letter: Letter | None) -> bool:
    """What goes out is what was approved, so files come and go while the letter is written."""
    return letter is not None and letter.state in EDITABLE


@rules.predicate
def came_from_outside(_actor: Actor, letter: Letter | None) -> bool:
    """The copy of a letter on paper is put to it after it was entered."""
    return letter is not None and letter.state == LetterState.REGISTERED


@rules.predicate
def is_to_be_signed(_actor: Actor, letter: Letter | None) -> bool:
    """The signed copy is made of what was approved."""
    return letter is not None and letter.state in {LetterState.APPROVED, *SENT}


@rules.predicate
def speaks_for_an_office_that_has_it(actor: Actor, row: object) -> bool:
    """The actor, whose access is open, speaks for the owner, or for an office that received it."""
    if row is None or current().actor != actor:
        return False
    host, mine = host_of(row), current().organisations(*SPEAKERS)
    return host.office(row).pk in mine or any(office.pk in mine for office in host.receivers(row))


@rules.predicate
def is_its_author(actor: Actor, comment: Comment | None) -> bool:
    """Whoever said it."""
    return comment is not None and actor.actor_id == f"person:{comment.author_id}"


rules.add_perm(
    "workspace.attach_to_letter",
    (is_being_written & (is_system | in_office(*WRITERS))) | (came_from_outside & (is_system | in_office(*RECEIVERS))),
)
rules.add_perm("workspace.sign_letter", is_to_be_signed & in_office(*WRITERS, Role.APPROVER))
rules.add_perm("workspace.comment_letter", speaks_for_an_office_that_has_it)
rules.add_perm("workspace.edit_comment", is_its_author)


@rules.predicate
def writes_objects_of_the_kind(actor: Actor, host: object) -> bool:
    """Somebody signed in keeps their own text of an object of a registered kind; it is theirs alone."""
    return host is not None and current().actor == actor and bool(current().organisations())


rules.add_perm("workspace.keep_text", writes_objects_of_the_kind)
