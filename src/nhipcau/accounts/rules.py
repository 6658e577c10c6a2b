from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from nhipcau.access.rights import holds, is_system
from nhipcau.accounts.models import Role
from nhipcau.network.rules import is_system_owner

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person


@rules.predicate
def is_oneself(actor: Actor, person: Person | None) -> bool:
    """The person whose account it is."""
    return person is not None and actor == person


rules.add_perm("accounts.create_person", is_system | is_system_owner)
# Whoever sets another's password could sign in as that person, so the system owner may not.
rules.add_perm("accounts.set_password", is_system | is_oneself)
rules.add_perm("accounts.change_preferences", is_oneself)
rules.add_perm("accounts.manage_memberships", is_system | holds(Role.OFFICE_ADMINISTRATOR))
