"""What is done with the sentences of a national report, each a form of its own; the domain functions decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from nhipcau.access import AccessError
from nhipcau.access.rights import require
from nhipcau.reporting.domain import national_sentences as domain
from nhipcau.reporting.models import NationalReport, NationalSentence
from nhipcau.reporting.queries.national import nationals
from nhipcau.workspace.domain.errors import ConflictError, WorkspaceError
from nhipcau.workspace.domain.writing import drop_unsaved

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse


@login_required
@require_POST
def sentence_write(request: Any, national_sentence_id: int) -> HttpResponse:
    """Save what was made of a sentence."""
    sentence = _sentence(national_sentence_id)
    version = request.POST.get("version", "")
    number = int(version) if version.isdecimal() else 0
    text = request.POST.get("text", "")
    wrong = ""
    try:
        sentence = domain.write_sentence(actor=request.user, sentence=sentence, text=text, version=number)
    except ConflictError as error:
        wrong = str(error)
    except WorkspaceError as error:
        wrong = str(error)
    if request.headers.get("HX-Request") == "true":
        return render(request, "reporting/sentence_saved.html", {"sentence": sentence, "wrong": wrong})
    if wrong:
        messages.error(request, wrong)
    else:
        messages.success(request, _("Saved."))
    return _back(sentence)


@login_required
@require_POST
def sentence_forget(request: Any, national_sentence_id: int) -> HttpResponse:
    """Forget what I typed and could not save: what the other wrote stands."""
    sentence = _sentence(national_sentence_id)
    require("reporting.edit_sentence", request.user, sentence)
    drop_unsaved(actor=request.user, object_type=domain.SENTENCE, target=sentence)
    return _back(sentence)


@login_required
@require_POST
def sentence_move(request: Any, national_sentence_id: int) -> HttpResponse:
    """Move a sentence one place up or down in its item."""
    sentence = _sentence(national_sentence_id)
    rows = NationalSentence.objects.filter(
        national=sentence.national_id, item=sentence.item, dropped_at__isnull=True
    ).order_by("place", "pk")
    order = list(rows)
    at = next((place for place, each in enumerate(order) if each.pk == sentence.pk), 0)
    after = (
        (order[at - 2] if at > 1 else None) if request.POST.get("move") == "up" else order[min(at + 1, len(order) - 1)]
    )
    if after is None or after.pk != sentence.pk:
        _said(request, lambda: domain.move_sentence(actor=request.user, sentence=sentence, after=after))
    return _back(sentence)


@login_required
@require_POST
def sentences_act(request: Any, national_id: int, national_part: str) -> HttpResponse:
    """Drop, put back or merge the sentences that are ticked; or add one of the coordinator's own."""
    shown: NationalReport = get_object_or_404(nationals(), pk=national_id)
    ticked = [int(key) for key in request.POST.getlist("sentence") if key.isascii() and key.isdigit()]
    act = request.POST.get("act", "")
    here = reverse("reporting:national_section", args=[shown.pk, national_part])
    if act in {"drop", "put_back"}:
        _drop(request, shown, ticked, act)
    elif act == "merge":
        text = request.POST.get("text", "") or _first_of(ticked)
        _said(
            request,
            lambda: domain.merge_sentences(actor=request.user, national=shown, sentences=ticked, text=text),
            _("Merged to one sentence that cites all of their offices."),
        )
    elif act == "add":
        item = request.POST.get("item", "")
        last = NationalSentence.objects.filter(national=shown, item=item).order_by("-place", "-pk").first()
        _said(
            request,
            lambda: domain.add_sentence(
                actor=request.user, national=shown, item=item, text=request.POST.get("text", ""), after=last
            ),
            _("Added; it is marked as your own."),
        )
    narrowed = request.POST.get("show", "")
    return redirect(f"{here}?show={narrowed}" if narrowed.isalpha() else here)


def _drop(request: Any, shown: NationalReport, ticked: list[int], act: str) -> None:
    if not ticked:
        messages.error(request, _("Tick the sentences first."))
        return
    do = domain.drop_sentences if act == "drop" else domain.put_back_sentences
    try:
        number = do(actor=request.user, national=shown, sentences=ticked)
    except WorkspaceError as error:
        messages.error(request, str(error))
        return
    said = (
        ngettext("%(number)s sentence is left out.", "%(number)s sentences are left out.", number)
        if act == "drop"
        else ngettext("%(number)s sentence is back.", "%(number)s sentences are back.", number)
    )
    messages.success(request, said % {"number": number})


def _first_of(ticked: list[int]) -> str:
    row = NationalSentence.objects.filter(pk__in=ticked).order_by("place", "pk").first()
    return row.text if row else ""


def _said(request: Any, do: Callable[[], Any], done: str = "") -> None:
    try:
        do()
    except (WorkspaceError, AccessError) as error:
        messages.error(request, str(error))
    else:
        if done:
            messages.success(request, done)


def _sentence(key: int) -> NationalSentence:
    sentence: NationalSentence = get_object_or_404(
        NationalSentence.objects.prefetch_related("national__organisation"), pk=key
    )
    return sentence


def _back(sentence: NationalSentence) -> HttpResponse:
    here = reverse("reporting:national_section", args=[sentence.national_id, sentence.section])
    return redirect(f"{here}#sentence-{sentence.pk}")
