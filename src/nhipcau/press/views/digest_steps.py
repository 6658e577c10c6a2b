"""The steps of a digest, each a form of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.access.rights import require
from nhipcau.accounts.reauthentication import reauthenticated
from nhipcau.press import queries
from nhipcau.press.domain import notices
from nhipcau.press.domain import steps as domain
from nhipcau.press.forms import NoticeForm
from nhipcau.press.models import Digest, DigestNotice
from nhipcau.workspace.domain.errors import WorkspaceError
from nhipcau.workspace.views.attachments import attach_to
from nhipcau.workspace.views.comments import comment_on
from nhipcau.workspace.views.stepping import take_issue, take_reasoned_step, take_receipt, take_step

if TYPE_CHECKING:
    from django.http import HttpResponse


_DONE = {
    "submit": gettext_lazy("The digest is submitted."),
    "withdraw": gettext_lazy("The digest is yours to write again."),
    "approve": gettext_lazy("The digest is approved; it can be issued."),
    "send_back": gettext_lazy("The digest is sent back."),
    "recall": gettext_lazy("The digest is recalled."),
    "discard": gettext_lazy("The digest is discarded."),
}


@login_required
@require_POST
def digest_submit(request: Any, digest_id: int) -> HttpResponse:
    """Submit it for review; what is missing is said in the editor."""
    return _step(request, digest_id, "submit", wrong=reverse("press:digest_edit", args=[digest_id]))


@login_required
@require_POST
def digest_withdraw(request: Any, digest_id: int) -> HttpResponse:
    """Take it back from review."""
    return _step(request, digest_id, "withdraw")


@login_required
@require_POST
def digest_approve(request: Any, digest_id: int) -> HttpResponse:
    """Approve it."""
    return _step(request, digest_id, "approve")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def digest_send_back(request: Any, digest_id: int) -> HttpResponse:
    """Send it back to who wrote it."""
    return _reasoned(request, digest_id, "send_back")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def digest_recall(request: Any, digest_id: int) -> HttpResponse:
    """Recall it after issue."""
    return _reasoned(request, digest_id, "recall")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def digest_discard(request: Any, digest_id: int) -> HttpResponse:
    """Put one aside that was begun."""
    return _reasoned(request, digest_id, "discard")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthenticated
def digest_issue(request: Any, digest_id: int) -> HttpResponse:
    """Issue it: number, date, signer and post are fixed."""
    shown = _shown(digest_id)
    require("press.issue_digest", request.user, shown)

    def issue(post: str) -> Digest:
        return domain.issue_digest(actor=request.user, digest=shown, post=post)

    context = {"digest": shown, "recipients": shown.recipients.count()}
    return take_issue(request, shown, issue, template="press/digest_issue.html", context=context)


@login_required
@require_POST
def digest_receive(request: Any, digest_id: int) -> HttpResponse:
    """Take in what was issued to my office."""
    shown = _shown(digest_id)
    waiting = queries.receipts_of(shown).filter(received_at__isnull=True).first()
    return take_receipt(request, shown, waiting, domain.receive_digest)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def digest_notice(request: Any, digest_id: int) -> HttpResponse:
    """Write a correction of an issued digest."""
    shown = _shown(digest_id)
    require("press.draft_notice", request.user, shown)
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            notices.draft_notice(actor=request.user, digest=shown, text=form.cleaned_data["text"])
        except WorkspaceError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The correction is written; somebody who approves publishes it."))
            return redirect("press:digest", digest_id)
    return render(request, "press/digest_notice.html", {"digest": shown, "form": form, "sample": shown.sample})


@login_required
@require_POST
def notice_publish(request: Any, digest_notice_id: int) -> HttpResponse:
    """Publish a correction that somebody else wrote."""
    return _on_notice(request, digest_notice_id, notices.publish_notice, _("The correction is published."))


@login_required
@require_POST
def notice_withdraw(request: Any, digest_notice_id: int) -> HttpResponse:
    """Put a correction aside that was not published."""
    return _on_notice(request, digest_notice_id, notices.withdraw_notice, _("The correction is put aside."))


@login_required
@require_POST
def digest_attach(request: Any, digest_id: int) -> HttpResponse:
    """Put a file, or the signed copy, to a digest."""
    return attach_to(request, _shown(digest_id))


@login_required
@require_POST
def digest_comment(request: Any, digest_id: int) -> HttpResponse:
    """Say something of a digest."""
    return comment_on(request, _shown(digest_id))


def _shown(digest_id: int) -> Digest:
    digest: Digest = get_object_or_404(queries.digests(), pk=digest_id)
    return digest


def _step(request: Any, digest_id: int, verb: str, *, wrong: str = "") -> HttpResponse:
    shown = _shown(digest_id)
    do = partial(getattr(domain, f"{verb}_digest"), actor=request.user, digest=shown)
    return take_step(request, shown, do, done=_DONE[verb], wrong=wrong)


def _reasoned(request: Any, digest_id: int, verb: str) -> HttpResponse:
    shown = _shown(digest_id)
    require(f"press.{verb}_digest", request.user, shown)
    step = getattr(domain, f"{verb}_digest")
    return take_reasoned_step(
        request,
        shown,
        lambda reason: step(actor=request.user, digest=shown, reason=reason),
        done=_DONE[verb],
        template="press/digest_step.html",
        context={"digest": shown, "verb": verb},
        required=verb != "discard",
    )


def _on_notice(request: Any, key: int, verb: Any, done: str) -> HttpResponse:
    notice = get_object_or_404(DigestNotice.objects.select_related("drafter"), pk=key)
    try:
        verb(actor=request.user, notice=notice)
    except WorkspaceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("press:digest", notice.digest_id)
