"""What the workspace adds to every list of every room, and the import screens: called from ``apps.ready``."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.audit import verbs
from nhipcau.ui.listing import plug
from nhipcau.ui.places import Place, register
from nhipcau.workspace import list_files
from nhipcau.workspace.queries.imports import may_import_something

VERBS = {
    "workspace.run_import": _("took over an import"),
    "workspace.export_list": _("took a list along as a file"),
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
}


def register_on_lists() -> None:
    """Imports in the navigation; what the verbs of lists say in a history."""
    verbs.register(VERBS, names=NAMES)
    plug(list_files.PLUG)
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
