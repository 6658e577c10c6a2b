from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from nhipcau.accounts.models import Person

if TYPE_CHECKING:
    from nhipcau.access import Actor


@rules.predicate
def is_a_person(actor: Actor) -> bool:
    """Somebody who signed in; what a list shows them they may take along, but for what is restricted."""
    return isinstance(actor, Person) and actor.is_active


rules.add_perm("workspace.export_list", is_a_person)
