from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from nhipcau.workspace.rules.exports import is_a_person

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.workspace.models import BulkRun


@rules.predicate
def did_it(actor: Actor, run: BulkRun | None) -> bool:
    """The person who did it; each row's own rule is asked again besides."""
    return run is not None and actor.actor_id == f"person:{run.person_id}"


rules.add_perm("workspace.run_bulk", is_a_person)
rules.add_perm("workspace.undo_bulk", did_it)
