from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nhipcau.access.rights import require
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WorkspaceError
from nhipcau.workspace.domain.letters import draft_letter, edit_letter
from nhipcau.workspace.forms.letters import LetterForm, RecipientRows
from nhipcau.workspace.models import EDITABLE
from nhipcau.workspace.queries.letters import last_symbol, letters, offices_of, recipients_matching
from nhipcau.workspace.rules.letters import WRITERS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from nhipcau.workspace.models import Letter


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter_new(request: Any) -> HttpResponse:
    """Write a letter for one of my offices."""
    offices = list(offices_of(*WRITERS))
    if request.method != "POST":
        symbol, place = last_symbol(offices[0]) if len(offices) == 1 else ("", "")
        initial = {"classification": "internal", "symbol": symbol, "place": place}
        return _page(request, LetterForm(offices=offices, initial=initial), RecipientRows([]))
    form, rows = LetterForm(request.POST, offices=offices), RecipientRows.read(request.POST)
    if "find" in request.POST or not (form.is_valid() & rows.is_valid()):
        return _page(request, form, rows)
    try:
        made = draft_letter(
            actor=request.user, organisation=form.cleaned_data["organisation"], content=form.content(rows.asked())
        )
    except WorkspaceError as error:
        _add_error(form, error)
        return _page(request, form, rows)
    messages.success(request, _("The letter is saved as a draft."))
    return redirect("workspace:letter", made.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter_edit(request: Any, letter_id: int) -> HttpResponse:
    """Go on writing a letter."""
    shown = get_object_or_404(letters(), pk=letter_id)
    require("workspace.edit_letter", request.user, shown)
    if shown.state not in EDITABLE:
        return render(request, "workspace/letter_closed.html", {"letter": shown}, status=409)
    if request.method != "POST":
        names = ("symbol", "place", "classification", "subject", "body", "archive_line")
        initial = {name: getattr(shown, name) for name in names} | {"organisation": shown.organisation}
        form = LetterForm(offices=[shown.organisation], initial=initial)
        return _page(request, form, RecipientRows.of(shown), shown)
    form, rows = LetterForm(request.POST, offices=[shown.organisation]), RecipientRows.read(request.POST)
    if "find" in request.POST or not (form.is_valid() & rows.is_valid()):
        return _page(request, form, rows, shown)
    try:
        version = int(request.POST.get("version", ""))
    except ValueError:
        version = 0
    try:
        edit_letter(actor=request.user, letter=shown, content=form.content(rows.asked()), version=version)
    except ConflictError as error:
        _add_error(form, error)
        return _page(request, form, rows, shown, status=409)
    except WorkspaceError as error:
        _add_error(form, error)
        return _page(request, form, rows, shown)
    messages.success(request, _("The letter is saved."))
    return redirect("workspace:letter", shown.pk)


@login_required
@require_safe
def recipient_choices(request: HttpRequest) -> HttpResponse:
    """Organisations whose names hold the words typed, to be ticked as recipients."""
    asked = request.GET.get("find_text", "")
    named = [int(key) for key in request.GET.getlist("to") if key.isascii() and key.isdigit()]
    found = recipients_matching(asked, timezone.localdate(), without=named)
    return render(request, "workspace/recipient_choices.html", {"found": found, "asked": asked})


def _add_error(form: LetterForm, error: WorkspaceError) -> None:
    field = error.field if isinstance(error, IncompleteError) else ""
    form.add_error(field if field in form.fields else None, str(error))


def _page(
    request: Any, form: LetterForm, rows: RecipientRows, shown: Letter | None = None, status: int = 200
) -> HttpResponse:
    asked = request.POST.get("find_text", "")
    context = {
        "form": form,
        "rows": rows.rows,
        "letter": shown,
        "asked": asked,
        "found": recipients_matching(asked, timezone.localdate(), without=rows.ids),
        "sample": shown is not None and shown.sample,
    }
    return render(request, "workspace/letter_form.html", context, status=status)
