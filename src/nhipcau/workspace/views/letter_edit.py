from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nhipcau.access.rights import require
from nhipcau.workspace.domain import writing
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WorkspaceError
from nhipcau.workspace.domain.letter_content import FIELDS, fields_of, fields_of_content
from nhipcau.workspace.domain.letters import draft_letter, edit_letter
from nhipcau.workspace.forms.letters import LetterForm, RecipientRows
from nhipcau.workspace.models import EDITABLE
from nhipcau.workspace.queries.letters import last_symbol, letters, offices_of, recipients_matching
from nhipcau.workspace.rules.letters import WRITERS
from nhipcau.workspace.views.letter_writing import KIND, typed, version_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from nhipcau.workspace.models import Letter, UnsavedText

_SINGLE = tuple(name for name in FIELDS if name != "recipients")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter_new(request: Any) -> HttpResponse:
    """Write a letter for one of my offices."""
    offices = list(offices_of(*WRITERS))
    key = (request.POST or request.GET).get("key", "") or secrets.token_hex(8)
    if request.method != "POST":
        kept = writing.unsaved(request.user, object_type=KIND, key=key)
        if kept is not None:
            return _page(request, *_kept_form(kept, offices), key=key, kept=kept)
        symbol, place = last_symbol(offices[0]) if len(offices) == 1 else ("", "")
        initial = {"classification": "internal", "symbol": symbol, "place": place}
        form, begun = LetterForm(offices=offices, initial=initial), writing.begun(request.user, object_type=KIND)
        return _page(request, form, RecipientRows([]), key=key, begun=begun)
    form, rows = LetterForm(request.POST, offices=offices), RecipientRows.read(request.POST)
    if "find" in request.POST or not (form.is_valid() & rows.is_valid()):
        return _page(request, form, rows, key=key)
    try:
        made = draft_letter(
            actor=request.user, organisation=form.cleaned_data["organisation"], content=form.content(rows.asked())
        )
    except WorkspaceError as error:
        _add_error(form, error)
        return _page(request, form, rows, key=key)
    writing.drop_unsaved(actor=request.user, object_type=KIND, key=key)
    messages.success(request, _("The letter is saved as a draft."))
    return redirect("workspace:letter", made.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter_edit(request: Any, letter_id: int) -> HttpResponse:
    """Go on writing a letter; who else is at it is said, and what was typed and not saved is there again."""
    shown = get_object_or_404(letters(), pk=letter_id)
    require("workspace.edit_letter", request.user, shown)
    if shown.state not in EDITABLE:
        return render(request, "workspace/letter_closed.html", {"letter": shown}, status=409)
    if request.method == "POST":
        return _save(request, shown)
    other = writing.begin_writing(actor=request.user, target=shown) if request.method == "GET" else None
    kept = writing.unsaved(request.user, object_type=KIND, target=shown)
    if kept is not None:
        form, rows = _kept_form(kept, [shown.organisation])
        stale = kept.version != shown.version
        return _page(request, form, rows, shown=shown, kept=kept, other=other, stale=stale, version=kept.version)
    initial = {name: getattr(shown, name) for name in _SINGLE} | {"organisation": shown.organisation}
    form = LetterForm(offices=[shown.organisation], initial=initial)
    return _page(request, form, RecipientRows.of(shown), shown=shown, other=other)


def _save(request: Any, shown: Letter) -> HttpResponse:
    form, rows = LetterForm(request.POST, offices=[shown.organisation]), RecipientRows.read(request.POST)
    if "find" in request.POST or not (form.is_valid() & rows.is_valid()):
        return _page(request, form, rows, shown=shown)
    version = version_of(request.POST)
    content = form.content(rows.asked())
    try:
        edit_letter(actor=request.user, letter=shown, content=content, version=version)
    except ConflictError:
        return _conflict(request, shown, fields_of_content(content), version)
    except WorkspaceError as error:
        _add_error(form, error)
        return _page(request, form, rows, shown=shown)
    writing.drop_unsaved(actor=request.user, object_type=KIND, target=shown)
    writing.end_writing(actor=request.user, target=shown)
    messages.success(request, _("The letter is saved."))
    return redirect("workspace:letter", shown.pk)


def _conflict(request: Any, shown: Letter, mine: dict[str, Any], version: int) -> HttpResponse:
    """Both texts, field by field. What the other alone changed is taken over into the form; mine stays in the rest."""
    writing.keep_unsaved(
        actor=request.user, object_type=KIND, target=shown, values=typed(request.POST), version=version
    )
    shown = letters().get(pk=shown.pk)
    found = writing.differences(shown, version=version, mine=mine, theirs=fields_of(shown))
    values = request.POST.copy()
    rows = RecipientRows.read(request.POST)
    for one in found:
        if not one.both and one.field == "recipients":
            rows = RecipientRows.of(shown)
        elif not one.both:
            values[one.field] = one.theirs
    form = LetterForm(values, offices=[shown.organisation])
    return _page(request, form, rows, shown=shown, differences=found, version=shown.version, status=409)


def _kept_form(kept: UnsavedText, offices: list[Any]) -> tuple[LetterForm, RecipientRows]:
    """The form as it was left, with nothing said yet of what is missing in it."""
    data = QueryDict(mutable=True)
    for name, texts in kept.values.items():
        data.setlist(name, texts)
    return LetterForm(offices=offices, initial=data.dict()), RecipientRows.read(data)


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
    request: Any, form: LetterForm, rows: RecipientRows, *, shown: Letter | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    asked = request.POST.get("find_text", "")
    context = {
        "form": form,
        "rows": rows.rows,
        "letter": shown,
        "asked": asked,
        "found": recipients_matching(asked, timezone.localdate(), without=rows.ids),
        "sample": shown is not None and shown.sample,
        # The version that the form was opened with, however often it came back: or it would save over another's.
        "version": version_of(request.POST) or (shown.version if shown else 0),
        **more,
    }
    return render(request, "workspace/letter_form.html", context, status=status)
