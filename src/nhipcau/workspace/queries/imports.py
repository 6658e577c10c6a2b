from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.documents.importing import importers
from nhipcau.workspace.models import ImportFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from nhipcau.access import Access
    from nhipcau.documents.importing import Importer


def importers_for(access: Access) -> Sequence[Importer]:
    """What whoever is asking may import."""
    return [each for each in importers() if each.may(access.actor)]


def may_import_something(access: Access) -> bool:
    """Whether there is anything that whoever is asking may import."""
    return any(each.may(access.actor) for each in importers())


def import_files() -> QuerySet[ImportFile]:
    """The reader's own files, without their bytes, the newest first."""
    rows: QuerySet[ImportFile] = ImportFile.objects.defer("content").order_by("-given_at", "-pk")
    return rows
