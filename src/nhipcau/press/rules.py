"""Who may do what in the press room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from django.utils import timezone

from nhipcau.access import current
from nhipcau.access.rights import holds, is_not_among_drafters, is_system
from nhipcau.accounts.models import Role
from nhipcau.press.models import OUT, WRITABLE, DigestState
from nhipcau.workspace.models import host_of
from nhipcau.workspace.rules import letters
from nhipcau.workspace.rules.attached import SPEAKERS

if TYPE_CHECKING:
    from typing import Any

    from nhipcau.access import Actor


@rules.predicate
def is_press_analyst(actor: Actor) -> bool:
    """A press analyst of any office: outlets, sources and articles are common to all."""
    return actor.holds(Role.PRESS_ANALYST, None, timezone.localdate())


# Keep the registry of outlets and sources, and store what was collected from them.
rules.add_perm("press.collect", is_system | is_press_analyst)
# Take an office's digest along as a file: whoever reads it.
rules.add_perm("press.take_digest", holds(*Role.values))
# Build an office's digest, or build it again.
rules.add_perm("press.build_digest", is_system | holds(Role.PRESS_ANALYST))
# Split, merge and name stories: they are common to all, so a press analyst of any office may, for that office.
rules.add_perm("press.correct_story", is_system | holds(Role.PRESS_ANALYST))


def in_office(*roles: str) -> rules.predicates.Predicate:
    """The actor holds one of the roles in the office of the digest, or of the digest that the row belongs to."""
    held = holds(*roles)

    @rules.predicate(f"{' or '.join(roles)} of its office")
    def there(actor: Actor, row: Any) -> bool:
        digest = getattr(row, "digest", row)
        return digest is not None and bool(held(actor, digest.organisation))

    checked: rules.predicates.Predicate = there
    return checked


@rules.predicate
def is_being_written(_actor: Actor, digest: Any) -> bool:
    """What goes out is what was approved, so files come and go while the digest is written."""
    return digest is not None and digest.state in WRITABLE


@rules.predicate
def is_to_be_signed(_actor: Actor, digest: Any) -> bool:
    """The signed copy is made of what was approved."""
    return digest is not None and digest.state in {DigestState.APPROVED, *OUT}


@rules.predicate
def speaks_for_an_office_that_has_it(actor: Actor, digest: Any) -> bool:
    """The actor, whose access is open, speaks for the owner, or for an office that it was sent to."""
    if digest is None or current().actor != actor:
        return False
    host, mine = host_of(digest), current().organisations(*SPEAKERS, Role.PRESS_ANALYST)
    return host.office(digest).pk in mine or any(office.pk in mine for office in host.receivers(digest))


writes = in_office(Role.PRESS_ANALYST)
receives = letters.in_office(*letters.RECEIVERS, Role.PRESS_ANALYST)
checks = in_office(Role.REVIEWER, Role.APPROVER)
signs = in_office(Role.APPROVER)

# Begin a flash or the digest of a week.
rules.add_perm("press.begin_digest", holds(Role.PRESS_ANALYST))
# Choose what goes into a digest, give items to colleagues, write and order its entries.
rules.add_perm("press.triage_digest", writes)
rules.add_perm("press.edit_digest", writes)
# What was written and dropped on the way stays inside the office.
rules.add_perm("press.read_versions", writes | checks | in_office(Role.LEADER))
rules.add_perm("press.submit_digest", writes)
rules.add_perm("press.withdraw_digest", writes)
rules.add_perm("press.discard_digest", writes)
rules.add_perm("press.send_back_digest", checks)
# Nobody approves what they chose or wrote, the system neither: it writes nothing that goes out unseen.
rules.add_perm("press.approve_digest", signs & is_not_among_drafters)
rules.add_perm("press.issue_digest", signs)
rules.add_perm("press.recall_digest", signs)
rules.add_perm("press.draft_notice", writes)
rules.add_perm("press.withdraw_notice", writes | signs)
# A correction is a public word about an issued digest: a second person sends it out.
rules.add_perm("press.publish_notice", signs & is_not_among_drafters)
rules.add_perm("press.comment_digest", speaks_for_an_office_that_has_it)
rules.add_perm("press.attach_to_digest", is_being_written & writes)
rules.add_perm("press.sign_digest", is_to_be_signed & (writes | signs))
# Taken in as letters are: by whoever takes in what comes for the office, or whoever reads the press there.
rules.add_perm("press.receive_digest", is_system | receives)
