from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from nhipcau.access.rights import require
from nhipcau.documents.import_files import write_marked
from nhipcau.documents.importing import importer
from nhipcau.workspace.domain.imports import (
    NotImportedError,
    is_over,
    problems_of,
    read_for,
    run_import,
    told,
)
from nhipcau.workspace.files import XLSX, as_download
from nhipcau.workspace.models import ImportFile
from nhipcau.workspace.queries import imports as queries

if TYPE_CHECKING:
    from django.http import HttpRequest

#: Rows of one page.
PAGE = 100


class Action(NamedTuple):
    """What a row does, and how that is said."""

    code: str
    word: Any


ACTIONS = [
    Action("create", gettext_lazy("new")),
    Action("change", gettext_lazy("changed")),
    Action("end", gettext_lazy("ended")),
    Action("same", gettext_lazy("unchanged")),
]


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest, import_file_id: int) -> HttpResponse:
    """What a file would do, row by row, or what is wrong with it; with a click it is taken over."""
    file = get_object_or_404(queries.import_files(), pk=import_file_id)
    require("workspace.run_import", request.user, file)  # type: ignore[arg-type]
    if request.method == "POST":
        try:
            run_import(actor=request.user, file=file)  # type: ignore[arg-type]
        except NotImportedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, gettext("Everything was taken over."))
        return redirect("workspace:import_file", file.pk)
    trial = file.trial
    only = request.GET.get("action", "")
    words = {action.code: action.word for action in ACTIONS}
    outcomes = [
        each | {"word": words[each["action"]]} for each in trial["outcomes"] if not only or each["action"] == only
    ]
    shown: dict[str, Any] = {
        "file": file,
        "importer": importer(file.importer),
        "trial": trial,
        "only": only,
        "counts": [(action, trial["counts"][action.code]) for action in ACTIONS],
        "outcomes": Paginator(outcomes, PAGE).get_page(request.GET.get("page")),
        "problems": trial["problems"][:PAGE],
        "more_problems": max(trial["problem_count"] - PAGE, 0),
        "over": file.taken_at is None and is_over(file, timezone.now()),
    }
    shown["page"] = shown["outcomes"]
    return render(request, "workspace/import_file.html", shown)


@require_safe
def import_marked(request: HttpRequest, import_file_id: int) -> HttpResponse:
    """The file as it was given, with the problems marked in their cells."""
    file = get_object_or_404(ImportFile, pk=import_file_id)
    require("workspace.run_import", request.user, file)  # type: ignore[arg-type]
    kind = importer(file.importer)
    if file.content is None or kind is None:
        raise Http404
    sheet, given = read_for(kind, bytes(file.content), file.name)
    problems, _outcomes = problems_of(kind, request.user, given)  # type: ignore[arg-type]
    content = write_marked(
        sheet,
        problems,
        given.places,
        heading_row=given.heading_row,
        heading=gettext("To be mended"),
        tell=told,
    )
    name = f"{file.name.rpartition('.')[0] or file.name} {gettext('To be mended')}"
    return as_download(content, name=name, ending="xlsx", content_type=XLSX)
