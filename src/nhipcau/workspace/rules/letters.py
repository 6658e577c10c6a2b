"""Who may do what with letters. How far a letter must be for it, the domain functions say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules

from nhipcau.access.rights import holds, is_not_among_drafters, is_system
from nhipcau.accounts.models import Role

if TYPE_CHECKING:
    from nhipcau.access import Actor

#: Who writes for an office.
WRITERS = (Role.DRAFTER, Role.FOCAL_OFFICER)
#: Who takes in what came for an office.
RECEIVERS = (Role.FOCAL_OFFICER, Role.DRAFTER, Role.APPROVER, Role.OFFICE_ADMINISTRATOR)


def in_office(*roles: str) -> rules.predicates.Predicate:
    """The actor holds one of the roles in the office of the letter, or of the receipt."""
    held = holds(*roles)

    @rules.predicate(f"{' or '.join(roles)} of its office")
    def there(actor: Actor, row: Any) -> bool:
        return row is not None and bool(held(actor, row.organisation))

    checked: rules.predicates.Predicate = there
    return checked


rules.add_perm("workspace.draft_letter", is_system | holds(*WRITERS))
rules.add_perm("workspace.edit_letter", is_system | in_office(*WRITERS))
rules.add_perm("workspace.submit_letter", is_system | in_office(*WRITERS))
rules.add_perm("workspace.withdraw_letter", is_system | in_office(*WRITERS))
rules.add_perm("workspace.discard_letter", is_system | in_office(*WRITERS))
rules.add_perm("workspace.send_back_letter", is_system | in_office(Role.REVIEWER, Role.APPROVER))
# Nobody approves what they wrote, the system neither: it writes nothing that goes out unseen.
rules.add_perm("workspace.approve_letter", in_office(Role.APPROVER) & is_not_among_drafters)
rules.add_perm("workspace.issue_letter", in_office(Role.APPROVER))
rules.add_perm("workspace.recall_letter", in_office(Role.APPROVER))
rules.add_perm("workspace.register_letter", is_system | holds(*RECEIVERS))
rules.add_perm("workspace.receive_letter", is_system | in_office(*RECEIVERS))
