"""The steps of a plan, each a form of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.access.rights import require
from nhipcau.accounts.reauthentication import reauthenticated
from nhipcau.programme.domain import plan_steps as domain
from nhipcau.programme.domain import plan_verdicts
from nhipcau.programme.domain.plan_making import amend_plan
from nhipcau.programme.models import Plan, PlanRecipient
from nhipcau.programme.queries import plans as queries
from nhipcau.workspace.domain.errors import IncompleteError, WorkspaceError
from nhipcau.workspace.forms.letters import ReasonForm
from nhipcau.workspace.views.attachments import attach_to
from nhipcau.workspace.views.comments import comment_on
from nhipcau.workspace.views.stepping import take_issue, take_reasoned_step, take_receipt, take_step

if TYPE_CHECKING:
    from django.http import HttpResponse

_DONE = {
    "submit": gettext_lazy("The plan is submitted."),
    "withdraw": gettext_lazy("The plan is yours to write again."),
    "approve": gettext_lazy("The plan is approved; it can be issued."),
    "send_back": gettext_lazy("The plan is sent back."),
    "recall": gettext_lazy("The plan is recalled."),
    "discard": gettext_lazy("The plan is discarded."),
}


@login_required
@require_POST
def plan_submit(request: Any, plan_id: int) -> HttpResponse:
    """Submit it for review; what is missing is said in the editor."""
    return _step(request, plan_id, "submit", wrong=reverse("programme:plan_edit", args=[plan_id]))


@login_required
@require_POST
def plan_withdraw(request: Any, plan_id: int) -> HttpResponse:
    """Take it back from review."""
    return _step(request, plan_id, "withdraw")


@login_required
@require_POST
def plan_approve(request: Any, plan_id: int) -> HttpResponse:
    """Approve it."""
    return _step(request, plan_id, "approve")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_send_back(request: Any, plan_id: int) -> HttpResponse:
    """Send it back to who wrote it."""
    return _reasoned(request, plan_id, "send_back")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_recall(request: Any, plan_id: int) -> HttpResponse:
    """Recall it after issue."""
    return _reasoned(request, plan_id, "recall")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_discard(request: Any, plan_id: int) -> HttpResponse:
    """Put one aside that was begun."""
    return _reasoned(request, plan_id, "discard")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_amend(request: Any, plan_id: int) -> HttpResponse:
    """Begin the amendment of an issued plan; on to its editor."""
    shown = _shown(plan_id)
    require("programme.amend_plan", request.user, shown)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = amend_plan(actor=request.user, plan=shown, reason=form.cleaned_data["reason"])
        except IncompleteError as error:
            form.add_error("reason", str(error))
        except WorkspaceError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The amendment is begun; the issued plan stands until it is issued."))
            return redirect("programme:plan_edit", made.pk)
    asked = [row for row in queries.recipients_of_plan(shown) if row.reason]
    context = {"plan": shown, "verb": "amend", "form": form, "asked": asked, "sample": shown.sample}
    return render(request, "programme/plan_step.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthenticated
def plan_issue(request: Any, plan_id: int) -> HttpResponse:
    """Issue it: number, date, signer and post are fixed."""
    shown = _shown(plan_id)
    require("programme.issue_plan", request.user, shown)

    def issue(post: str) -> Plan:
        return domain.issue_plan(actor=request.user, plan=shown, post=post)

    context = {"plan": shown, "recipients": list(queries.recipients_of_plan(shown))}
    return take_issue(request, shown, issue, template="programme/plan_issue.html", context=context)


@login_required
@require_POST
def plan_receive(request: Any, plan_id: int) -> HttpResponse:
    """Take in what was issued to my office."""
    shown = _shown(plan_id)
    waiting = next((row for row in queries.receipts_of_plan(shown) if row.received_at is None), None)
    return take_receipt(request, shown, waiting, plan_verdicts.receive_plan)


@login_required
@require_POST
def plan_accept(request: Any, plan_recipient_id: int) -> HttpResponse:
    """Accept it for the office that it was sent to."""
    receipt = _receipt(plan_recipient_id)
    do = partial(plan_verdicts.accept_plan, actor=request.user, receipt=receipt)
    return take_step(request, receipt.plan, do, done=_("The plan is accepted."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_return(request: Any, plan_recipient_id: int) -> HttpResponse:
    """Send it back to the office that issued it, to be amended."""
    receipt = _receipt(plan_recipient_id)
    require("programme.return_plan", request.user, receipt)
    return take_reasoned_step(
        request,
        receipt.plan,
        lambda reason: plan_verdicts.return_plan(actor=request.user, receipt=receipt, reason=reason),
        done=_("The plan is sent back; the office is told what to amend."),
        template="programme/plan_step.html",
        context={"plan": receipt.plan, "verb": "return"},
    )


@login_required
@require_POST
def plan_attach(request: Any, plan_id: int) -> HttpResponse:
    """Put a file, or the signed copy, to a plan."""
    return attach_to(request, _shown(plan_id))


@login_required
@require_POST
def plan_comment(request: Any, plan_id: int) -> HttpResponse:
    """Say something of a plan."""
    return comment_on(request, _shown(plan_id))


def _shown(plan_id: int) -> Plan:
    plan: Plan = get_object_or_404(queries.plans(), pk=plan_id)
    return plan


def _receipt(key: int) -> PlanRecipient:
    """A receipt with its plan, both as the reader sees them."""
    rows = PlanRecipient.objects.select_related("organisation").prefetch_related("plan__organisation")
    receipt: PlanRecipient = get_object_or_404(rows, pk=key)
    if receipt.plan is None:
        raise Http404
    return receipt


def _step(request: Any, plan_id: int, verb: str, *, wrong: str = "") -> HttpResponse:
    shown = _shown(plan_id)
    do = partial(getattr(domain, f"{verb}_plan"), actor=request.user, plan=shown)
    return take_step(request, shown, do, done=_DONE[verb], wrong=wrong)


def _reasoned(request: Any, plan_id: int, verb: str) -> HttpResponse:
    shown = _shown(plan_id)
    require(f"programme.{verb}_plan", request.user, shown)
    step = getattr(domain, f"{verb}_plan")
    return take_reasoned_step(
        request,
        shown,
        lambda reason: step(actor=request.user, plan=shown, reason=reason),
        done=_DONE[verb],
        template="programme/plan_step.html",
        context={"plan": shown, "verb": verb},
        required=verb != "discard",
    )
