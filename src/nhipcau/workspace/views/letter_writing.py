"""What the form of a letter asks for by itself while somebody writes: the text kept, the lock renewed or taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from nhipcau.workspace.domain import writing
from nhipcau.workspace.domain.errors import WorkspaceError
from nhipcau.workspace.models import EDITABLE, Letter

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import QueryDict

KIND = "workspace.letter"
#: What a form sends that is nothing anybody typed.
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "version", "key", "find", "find_text"})


def typed(data: QueryDict) -> dict[str, list[str]]:
    """What somebody typed into a form."""
    return {name: data.getlist(name) for name in data if name not in _NOT_TYPED}


def version_of(data: QueryDict) -> int:
    """The version with which the form was opened; 0 where it names none."""
    said = data.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0  # noqa: PLR2004 - digits of a column


@login_required
@require_POST
def letter_new_keep(request: Any) -> HttpResponse:
    """Keep what is typed of a letter that does not exist yet."""
    kept = writing.keep_unsaved(
        actor=request.user, object_type=KIND, values=typed(request.POST), key=request.POST.get("key", "")
    )
    return _kept(request, kept)


@login_required
@require_POST
def letter_new_drop(request: Any) -> HttpResponse:
    """Forget it."""
    writing.drop_unsaved(actor=request.user, object_type=KIND, key=request.POST.get("key", ""))
    return redirect("workspace:letter_new")


@login_required
@require_POST
def letter_keep(request: Any, letter_id: int) -> HttpResponse:
    """Keep what is typed of a letter."""
    held = get_object_or_404(Letter.objects.all(), pk=letter_id)
    if held.state not in EDITABLE:
        return HttpResponse(status=409)
    kept = writing.keep_unsaved(
        actor=request.user,
        object_type=KIND,
        target=held,
        values=typed(request.POST),
        version=version_of(request.POST),
    )
    return _kept(request, kept)


@login_required
@require_POST
def letter_drop(request: Any, letter_id: int) -> HttpResponse:
    """Forget what was not saved, and begin again with what is."""
    held = get_object_or_404(Letter.objects.all(), pk=letter_id)
    writing.drop_unsaved(actor=request.user, object_type=KIND, target=held)
    return redirect("workspace:letter_edit", letter_id)


@login_required
@require_POST
def letter_here(request: Any, letter_id: int) -> HttpResponse:
    """Say that one is still at it."""
    held = get_object_or_404(Letter.objects.all(), pk=letter_id)
    if held.state in EDITABLE:
        writing.begin_writing(actor=request.user, target=held)
    return HttpResponse(status=204)


@login_required
@require_POST
def letter_take_over(request: Any, letter_id: int) -> HttpResponse:
    """Go on in the place of somebody who left the form."""
    held = get_object_or_404(Letter.objects.all(), pk=letter_id)
    try:
        writing.take_over_writing(actor=request.user, target=held)
    except WorkspaceError as error:
        messages.error(request, str(error))
    return redirect("workspace:letter_edit", letter_id)


def _kept(request: Any, at: datetime) -> HttpResponse:
    return render(request, "workspace/kept.html", {"kept_at": at})
