"""The steps of a letter: each is a form of its own, so each works without script and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.access.rights import require
from nhipcau.accounts.reauthentication import reauthenticated
from nhipcau.workspace.domain import letters as domain
from nhipcau.workspace.domain.errors import IncompleteError, WorkspaceError
from nhipcau.workspace.forms.letters import IssueForm, ReasonForm
from nhipcau.workspace.queries.letters import letters, receipts_of

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
    shown = get_object_or_404(letters(), pk=letter_id)
    require("workspace.issue_letter", request.user, shown)
    form = IssueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            issued = domain.issue_letter(actor=request.user, letter=shown, post=form.cleaned_data["post"])
        except WorkspaceError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Issued as %(number)s.") % {"number": issued.number_and_symbol})
            return redirect("workspace:letter", letter_id)
    return render(request, "workspace/letter_issue.html", {"letter": shown, "form": form, "sample": shown.sample})


@login_required
@require_POST
def letter_receive(request: Any, letter_id: int) -> HttpResponse:
    """Take in what was issued to my office."""
    shown = get_object_or_404(letters(), pk=letter_id)
    waiting = [row for row in receipts_of(shown) if row.received_at is None]
    if not waiting:
        messages.error(request, _("Nothing is to be taken in: it was done already, or is not for your office."))
        return redirect("workspace:letter", letter_id)
    try:
        taken = domain.receive_letter(actor=request.user, receipt=waiting[0])
    except WorkspaceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken in as number %(number)s.") % {"number": taken.arrival_number})
    return redirect("workspace:letter", letter_id)


def _step(request: Any, letter_id: int, verb: str) -> HttpResponse:
    shown = get_object_or_404(letters(), pk=letter_id)
    try:
        getattr(domain, f"{verb}_letter")(actor=request.user, letter=shown)
    except WorkspaceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _DONE[verb])
    return redirect("workspace:letter", letter_id)


def _reasoned(request: Any, letter_id: int, verb: str) -> HttpResponse:
    shown = get_object_or_404(letters(), pk=letter_id)
    require(f"workspace.{verb}_letter", request.user, shown)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].required = verb != "discard"
    if request.method == "POST" and form.is_valid():
        try:
            getattr(domain, f"{verb}_letter")(actor=request.user, letter=shown, reason=form.cleaned_data["reason"])
        except IncompleteError as error:
            form.add_error("reason", str(error))
        except WorkspaceError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _DONE[verb])
            return redirect("workspace:letter", letter_id)
    return _asks(request, shown, form, verb)


def _asks(request: Any, shown: Letter, form: ReasonForm, verb: str) -> HttpResponse:
    context = {"letter": shown, "form": form, "verb": verb, "sample": shown.sample}
    return render(request, "workspace/letter_step.html", context)
