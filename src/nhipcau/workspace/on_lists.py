"""What the workspace adds to every list of every room, and the import screens: called from ``apps.ready``."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.audit import verbs
from nhipcau.ui.listing import plug
from nhipcau.ui.places import Place, register
from nhipcau.workspace import list_bulk, list_files, list_views
from nhipcau.workspace.queries.imports import may_import_something

VERBS = {
    "workspace.run_import": _("took over an import"),
    "workspace.export_list": _("took a list along as a file"),
    "workspace.run_bulk": _("worked on many rows"),
    "workspace.undo_bulk": _("undid work on many rows"),
    "workspace.share_view": _("shared a view of a list"),
    "workspace.remove_view": _("removed a shared view of a list"),
}
NAMES = {
    "importer": _("kind of import"),
    "sha256": _("hash of the file"),
    "rows": _("rows"),
    "list": _("list"),
    "filters": _("filters"),
    "columns": _("columns"),
    "order": _("order"),
    "left_out": _("rows left out"),
    "action": _("what was done"),
    "query": _("filters, columns and order"),
}


def register_on_lists() -> None:
    """Imports in the navigation; what the verbs of lists say in a history."""
    verbs.register(VERBS, names=NAMES)
    plug(list_files.PLUG)
    plug(list_views.PLUG)
    plug(list_bulk.PLUG)
    register(
        Place(
            view="workspace:imports",
            name=_("Import from Excel"),
            icon="upload",
            group="office",
            order=80,
            may=may_import_something,
        )
    )
