from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from django.utils import timezone

from nhipcau.accounts.models import Role
from nhipcau.workspace.rules.exports import is_a_person

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.workspace.models import SavedView


@rules.predicate
def owns_the_view(actor: Actor, view: SavedView | None) -> bool:
    """The person whose view it is."""
    return view is not None and actor.actor_id == f"person:{view.person_id}"


@rules.predicate
def is_a_member(actor: Actor, office: object) -> bool:
    """Somebody who holds any role in the office today."""
    place = getattr(office, "pk", None)
    return place is not None and any(actor.holds(role, place, timezone.localdate()) for role in Role.values)


rules.add_perm("workspace.save_view", is_a_person)
rules.add_perm("workspace.change_view", owns_the_view)
# Put a view into the menus of an office's people.
rules.add_perm("workspace.share_view", is_a_person & is_a_member)
