from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from nhipcau.access.rights import is_system

if TYPE_CHECKING:
    from nhipcau.access import Actor


@rules.predicate
def is_the_person(actor: Actor, person_id: int | None) -> bool:
    """The person with this key."""
    return person_id is not None and actor.actor_id == f"person:{person_id}"


rules.add_perm("workspace.read_notice", is_the_person)
rules.add_perm("workspace.choose_notices", is_the_person)
rules.add_perm("workspace.remind", is_system)
