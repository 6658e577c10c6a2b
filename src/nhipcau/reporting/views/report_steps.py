"""The steps of a report, each a form of its own: inside its office, and in the one that asked for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.access.rights import require
from nhipcau.accounts.reauthentication import reauthenticated
from nhipcau.reporting.domain import exceptions, reports, urging
from nhipcau.reporting.forms.reports import SendBackForm, UnlockForm
from nhipcau.reporting.queries.reports import draft_of, form_of, submissions_of
from nhipcau.reporting.views.report import chosen, report_of
from nhipcau.workspace.domain.errors import IncompleteError, WorkspaceError
from nhipcau.workspace.views.attachments import attach_to
from nhipcau.workspace.views.comments import comment_on
from nhipcau.workspace.views.stepping import take_issue, take_reasoned_step, take_step

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from nhipcau.reporting.models import Report, Submission


@login_required
@require_POST
def report_review(request: Any, report_id: int) -> HttpResponse:
    """Submit it to those who approve it in the office."""
    return _step(request, report_id, reports.submit_for_review, gettext_lazy("The report is submitted for approval."))


@login_required
@require_POST
def report_withdraw(request: Any, report_id: int) -> HttpResponse:
    """Take it back from review."""
    return _step(request, report_id, reports.withdraw_report, gettext_lazy("The report is yours to write again."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_back_inside(request: Any, report_id: int) -> HttpResponse:
    """Send it back to who wrote it in the office."""
    return _reasoned(
        request, report_id, "send_back_inside", reports.send_back_inside, gettext_lazy("The report is sent back.")
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthenticated
def report_approve(request: Any, report_id: int) -> HttpResponse:
    """Approve it and submit it, in one go; or approve it alone, for somebody else to submit."""
    shown = report_of(report_id)
    draft = draft_of(shown)
    require("reporting.approve_report", request.user, draft)
    if request.method == "POST" and "only" in request.POST:
        do = partial(reports.approve_report, actor=request.user, report=shown)
        return take_step(request, shown, do, done=_("The report is approved; it can be submitted."))

    def both(post: str) -> Submission:
        return reports.approve_and_submit(actor=request.user, report=shown, post=post)

    return _issue(request, shown, both, draft=draft, signer=request.user, to_approve=True)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthenticated
def report_submit(request: Any, report_id: int) -> HttpResponse:
    """Submit what is approved: number, date, signer and post are fixed, and it is received that moment."""
    shown = report_of(report_id)
    require("reporting.submit_report", request.user, shown)
    draft = draft_of(shown)

    def submit(post: str) -> Submission:
        return reports.submit_report(actor=request.user, report=shown, post=post)

    return _issue(request, shown, submit, draft=draft, signer=draft.approver if draft else None)


def _issue(request: Any, shown: Report, do: Callable[[str], Submission], **context: Any) -> HttpResponse:
    return take_issue(request, shown, do, template="reporting/report_issue.html", context={"report": shown, **context})


@login_required
@require_POST
def report_check(request: Any, report_id: int) -> HttpResponse:
    """Check it, where a second person accepts."""
    return _step(request, report_id, reports.check_report, gettext_lazy("The report is checked."))


@login_required
@require_POST
def report_accept(request: Any, report_id: int) -> HttpResponse:
    """Accept it: its figures are locked."""
    return _step(request, report_id, reports.accept_report, gettext_lazy("The report is accepted; it is locked."))


@login_required
@require_POST
def report_remind(request: Any, report_id: int) -> HttpResponse:
    """Remind its office."""
    return _step(request, report_id, urging.remind_of_report, gettext_lazy("The office is reminded."))


@login_required
@require_POST
def report_lock(request: Any, report_id: int) -> HttpResponse:
    """Lock it again before the time."""
    shown = report_of(report_id)
    given = next((one for one in shown.exceptions.all() if one.ended_at is None), None)
    if given is None:
        messages.error(request, _("This report is not unlocked."))
        return redirect("reporting:report", shown.pk)
    do = partial(exceptions.end_exception, actor=request.user, exception=given)
    return take_step(request, shown, do, done=_("The report is locked again."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_release(request: Any, report_id: int) -> HttpResponse:
    """Let the office off it."""
    return _reasoned(
        request,
        report_id,
        "release_report",
        reports.release_report,
        gettext_lazy("The report is not owed any more."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_back(request: Any, report_id: int) -> HttpResponse:
    """Send it back to its office, with what is to be mended at each place."""
    shown = report_of(report_id)
    require("reporting.send_back_report", request.user, shown)
    form = SendBackForm(request.POST or None, asks=form_of(shown))
    if request.method == "POST" and form.is_valid():
        try:
            reports.send_back_report(
                actor=request.user, report=shown, reason=form.cleaned_data["reason"], lines=form.lines()
            )
        except WorkspaceError as error:
            form.add_error("reason" if isinstance(error, IncompleteError) else None, str(error))
        else:
            messages.success(request, _("The report is sent back; its office is told."))
            return redirect("reporting:report", shown.pk)
    context = {"report": shown, "form": form, "sections": list(form.sections()), "sample": shown.sample}
    return render(request, "reporting/report_back.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthenticated
def report_unlock(request: Any, report_id: int) -> HttpResponse:
    """Open an accepted report again, for a reason and until a day."""
    shown = report_of(report_id)
    require("reporting.give_exception", request.user, shown)
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"reason": form.cleaned_data["reason"], "until": form.moment()}
        try:
            exceptions.give_exception(actor=request.user, report=shown, **given)
        except WorkspaceError as error:
            field = error.field if isinstance(error, IncompleteError) else ""
            form.add_error(field if field in form.fields else None, str(error))
        else:
            messages.success(request, _("The report is unlocked; its office is told."))
            return redirect("reporting:report", shown.pk)
    return render(request, "reporting/report_unlock.html", {"report": shown, "form": form, "sample": shown.sample})


@login_required
@require_POST
def report_attach(request: Any, report_id: int) -> HttpResponse:
    """Put a file to what the office is writing, or the signed copy to what it submitted."""
    shown = report_of(report_id)
    submitted = chosen(list(submissions_of(shown)), request.POST.get("nop", ""))
    target = submitted if request.POST.get("purpose") == "signed_copy" and submitted is not None else draft_of(shown)
    if target is None:
        messages.error(request, _("Nothing can be attached here."))
        return redirect("reporting:report", shown.pk)
    return attach_to(request, target)


@login_required
@require_POST
def report_comment(request: Any, report_id: int) -> HttpResponse:
    """Say something of a report."""
    return comment_on(request, report_of(report_id))


def _step(request: Any, report_id: int, step: Callable[..., Any], done: Any) -> HttpResponse:
    shown = report_of(report_id)
    return take_step(request, shown, partial(step, actor=request.user, report=shown), done=done)


def _reasoned(request: Any, report_id: int, verb: str, step: Callable[..., Any], done: Any) -> HttpResponse:
    shown = report_of(report_id)
    require(f"reporting.{verb}", request.user, shown)
    return take_reasoned_step(
        request,
        shown,
        lambda reason: step(actor=request.user, report=shown, reason=reason),
        done=done,
        template="reporting/report_step.html",
        context={"report": shown, "verb": verb},
    )
