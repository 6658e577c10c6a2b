"""The steps of a national report, each a form of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.access.rights import require
from nhipcau.accounts.reauthentication import reauthenticated
from nhipcau.reporting.domain import national_steps as domain
from nhipcau.reporting.queries.national import nationals, receipts_of
from nhipcau.workspace.views.attachments import attach_to
from nhipcau.workspace.views.comments import comment_on
from nhipcau.workspace.views.stepping import take_issue, take_reasoned_step, take_receipt, take_step

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nhipcau.reporting.models import NationalReport


_DONE = {
    "submit": gettext_lazy("The national report is submitted."),
    "withdraw": gettext_lazy("The national report is yours to write again."),
    "approve": gettext_lazy("The national report is approved; it can be issued."),
    "send_back": gettext_lazy("The national report is sent back."),
    "recall": gettext_lazy("The national report is recalled."),
    "discard": gettext_lazy("The national report is discarded."),
}


@login_required
@require_POST
def national_submit(request: Any, national_id: int) -> HttpResponse:
    """Submit it for review."""
    return _step(request, national_id, "submit")


@login_required
@require_POST
def national_withdraw(request: Any, national_id: int) -> HttpResponse:
    """Take it back from review."""
    return _step(request, national_id, "withdraw")


@login_required
@require_POST
def national_approve(request: Any, national_id: int) -> HttpResponse:
    """Approve it."""
    return _step(request, national_id, "approve")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def national_send_back(request: Any, national_id: int) -> HttpResponse:
    """Send it back to who wrote it."""
    return _reasoned(request, national_id, "send_back")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def national_recall(request: Any, national_id: int) -> HttpResponse:
    """Recall it after issue."""
    return _reasoned(request, national_id, "recall")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def national_discard(request: Any, national_id: int) -> HttpResponse:
    """Put one aside that was begun."""
    return _reasoned(request, national_id, "discard")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthenticated
def national_issue(request: Any, national_id: int) -> HttpResponse:
    """Issue it: number, date, signer, post and all that is printed are fixed."""
    shown = _shown(national_id)
    require("reporting.issue_national", request.user, shown)

    def issue(post: str) -> NationalReport:
        return domain.issue_national(actor=request.user, national=shown, post=post)

    context = {"national": shown, "recipients": shown.recipients.count()}
    return take_issue(request, shown, issue, template="reporting/national_issue.html", context=context)


@login_required
@require_POST
def national_receive(request: Any, national_id: int) -> HttpResponse:
    """Take in what was issued to my office."""
    shown = _shown(national_id)
    waiting = receipts_of(shown).filter(received_at__isnull=True).first()
    return take_receipt(request, shown, waiting, domain.receive_national)


@login_required
@require_POST
def national_attach(request: Any, national_id: int) -> HttpResponse:
    """Put a file, or the signed copy, to a national report."""
    return attach_to(request, _shown(national_id))


@login_required
@require_POST
def national_comment(request: Any, national_id: int) -> HttpResponse:
    """Say something of a national report."""
    return comment_on(request, _shown(national_id))


def _shown(national_id: int) -> NationalReport:
    shown: NationalReport = get_object_or_404(nationals(), pk=national_id)
    return shown


def _step(request: Any, national_id: int, verb: str) -> HttpResponse:
    shown = _shown(national_id)
    do = partial(getattr(domain, f"{verb}_national"), actor=request.user, national=shown)
    return take_step(request, shown, do, done=_DONE[verb])


def _reasoned(request: Any, national_id: int, verb: str) -> HttpResponse:
    shown = _shown(national_id)
    require(f"reporting.{verb}_national", request.user, shown)
    step = getattr(domain, f"{verb}_national")
    return take_reasoned_step(
        request,
        shown,
        lambda reason: step(actor=request.user, national=shown, reason=reason),
        done=_DONE[verb],
        template="reporting/national_step.html",
        context={"national": shown, "verb": verb},
        required=verb != "discard",
    )
