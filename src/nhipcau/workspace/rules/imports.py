from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from nhipcau.documents.importing import importer as importer_named

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.documents.importing import Importer
    from nhipcau.workspace.models import ImportFile


@rules.predicate
def may_import(actor: Actor, importer: Importer | None) -> bool:
    """Whoever the room of the import lets do it."""
    return importer is not None and importer.may(actor)


@rules.predicate
def gave_it_and_may_import(actor: Actor, file: ImportFile | None) -> bool:
    """The person who gave the file, while the room still lets them import."""
    return (
        file is not None
        and actor.actor_id == f"person:{file.person_id}"
        and may_import(actor, importer_named(file.importer))
    )


rules.add_perm("workspace.try_import", may_import)
rules.add_perm("workspace.run_import", gave_it_and_may_import)
