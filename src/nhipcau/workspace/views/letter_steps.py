"""The steps of a letter, each a form of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.access.rights import require
from nhipcau.accounts.reauthentication import reauthenticated
from nhipcau.workspace.domain import letters as domain
from nhipcau.workspace.queries.letters import letters, receipts_of
from nhipcau.workspace.views.stepping import take_issue, take_reasoned_step, take_receipt, take_step

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nhipcau.workspace.models import Letter


_DONE = {
    "submit": gettext_lazy("The letter is submitted."),
    "withdraw": gettext_lazy("The letter is yours to write again."),
    "approve": gettext_lazy("The letter is approved; it can be issued."),
    "send_back": gettext_lazy("The letter is sent back."),
    "recall": gettext_lazy("The letter is recalled."),
    "discard": gettext_lazy("The letter is discarded."),
}


@login_required
@require_POST
def letter_submit(request: Any, letter_id: int) -> HttpResponse:
    """Submit it for review."""
    return _step(request, letter_id, "submit")


@login_required
@require_POST
def letter_withdraw(request: Any, letter_id: int) -> HttpResponse:
    """Take it back from review."""
    return _step(request, letter_id, "withdraw")


@login_required
@require_POST
def letter_approve(request: Any, letter_id: int) -> HttpResponse:
    """Approve it."""
    return _step(request, letter_id, "approve")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter_send_back(request: Any, letter_id: int) -> HttpResponse:
    """Send it back to who wrote it."""
    return _reasoned(request, letter_id, "send_back")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter_recall(request: Any, letter_id: int) -> HttpResponse:
    """Recall it after issue."""
    return _reasoned(request, letter_id, "recall")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter_discard(request: Any, letter_id: int) -> HttpResponse:
    """Put a draft aside."""
    return _reasoned(request, letter_id, "discard")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthenticated
def letter_issue(request: Any, letter_id: int) -> HttpResponse:
    """Issue it: number, date, signer and post are fixed."""
    shown = _shown(letter_id)
    require("workspace.issue_letter", request.user, shown)

    def issue(post: str) -> Letter:
        return domain.issue_letter(actor=request.user, letter=shown, post=post)

    return take_issue(request, shown, issue, template="workspace/letter_issue.html", context={"letter": shown})


@login_required
@require_POST
def letter_receive(request: Any, letter_id: int) -> HttpResponse:
    """Take in what was issued to my office."""
    shown = _shown(letter_id)
    waiting = next((row for row in receipts_of(shown) if row.received_at is None), None)
    return take_receipt(request, shown, waiting, domain.receive_letter)


def _shown(letter_id: int) -> Letter:
    letter: Letter = get_object_or_404(letters(), pk=letter_id)
    return letter


def _step(request: Any, letter_id: int, verb: str) -> HttpResponse:
    shown = _shown(letter_id)
    do = partial(getattr(domain, f"{verb}_letter"), actor=request.user, letter=shown)
    return take_step(request, shown, do, done=_DONE[verb])


def _reasoned(request: Any, letter_id: int, verb: str) -> HttpResponse:
    shown = _shown(letter_id)
    require(f"workspace.{verb}_letter", request.user, shown)
    step = getattr(domain, f"{verb}_letter")
    return take_reasoned_step(
        request,
        shown,
        lambda reason: step(actor=request.user, letter=shown, reason=reason),
        done=_DONE[verb],
        template="workspace/letter_step.html",
        context={"letter": shown, "verb": verb},
        required=verb != "discard",
    )
