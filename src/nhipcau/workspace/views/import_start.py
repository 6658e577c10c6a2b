from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from nhipcau.access import current
from nhipcau.access.rights import require
from nhipcau.documents.import_files import write_template
from nhipcau.documents.importing import importer
from nhipcau.documents.sentences import FileRefusedError
from nhipcau.workspace.domain.imports import told, try_import
from nhipcau.workspace.files import XLSX, as_download, is_demonstration
from nhipcau.workspace.forms.imports import ImportForm

if TYPE_CHECKING:
    from django.http import HttpRequest

    from nhipcau.documents.importing import Importer


@require_http_methods(["GET", "HEAD", "POST"])
def import_start(request: HttpRequest, import_name: str) -> HttpResponse:
    """The template to fill in, the columns it wants, and the file that comes back: it is tried at once."""
    kind = _importer(import_name)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        try:
            tried = try_import(
                actor=request.user,  # type: ignore[arg-type]
                importer=kind,
                name=form.name,
                content=form.cleaned_data["file"],
            )
        except FileRefusedError as refused:
            form.add_error("file", told(refused.sentence))
        else:
            return redirect("workspace:import_file", tried.pk)
    return render(request, "workspace/import_start.html", {"importer": kind, "form": form})


@require_safe
def import_template(_request: HttpRequest, import_name: str) -> HttpResponse:
    """The workbook to fill in."""
    kind = _importer(import_name)
    content = write_template(kind.columns, words=template_words(), sample=is_demonstration())
    name = gettext("template %(title)s") % {"title": kind.title}
    return as_download(content, name=name, ending="xlsx", content_type=XLSX)


def _importer(name: str) -> Importer:
    """The import of this name, where the reader may do it.

    Raises:
        Http404: there is none.
        PermissionDeniedError: they may not.
    """
    kind = importer(name)
    if kind is None:
        raise Http404
    require("workspace.try_import", current().actor, kind)
    return kind


def template_words() -> dict[str, str]:
    """What the template file says besides the import's own words."""
    return {
        "sheet": gettext("Data"),
        "help": gettext("How to fill in"),
        "lists": gettext("Lists of choices"),
        "column": gettext("Column"),
        "required": gettext("Required"),
        "kind": gettext("Kind"),
        "meaning": gettext("What stands in it"),
        "choices": gettext("Choices"),
        "yes": gettext("Yes"),
        "text": gettext("text"),
        "date": gettext("date, 22/11/2026"),
        "whole": gettext("whole number"),
        "number": gettext("number"),
    }
