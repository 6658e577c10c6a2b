"""The steps of a campaign, each a form of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from nhipcau.access.rights import require
from nhipcau.reporting.domain import campaigns as domain
from nhipcau.reporting.queries.owing import addressees_of
from nhipcau.reporting.views.campaign import campaign_of
from nhipcau.reporting.views.campaign_edit import who_owes
from nhipcau.workspace.domain.errors import WorkspaceError
from nhipcau.workspace.forms.letters import ReasonForm

if TYPE_CHECKING:
    from django.http import HttpResponse

_DONE = {
    "close": gettext_lazy("The campaign is closed."),
    "reopen": gettext_lazy("The campaign is open again."),
    "discard": gettext_lazy("The campaign is discarded."),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_open(request: Any, campaign_id: int) -> HttpResponse:
    """See who would owe a report, old units with it, and open the campaign."""
    shown = campaign_of(campaign_id)
    require("reporting.open_campaign", request.user, shown)
    error = ""
    if request.method == "POST":
        try:
            domain.open_campaign(actor=request.user, campaign=shown)
        except WorkspaceError as wrong:
            error = str(wrong)
        else:
            messages.success(request, _("The campaign is open; the offices are told."))
            return redirect("reporting:campaign", shown.pk)
    preview = who_owes(addressees_of(shown))
    owed = sum(len(offices) for _kind, offices in preview)
    context = {"campaign": shown, "preview": preview, "owed": owed, "error": error, "sample": shown.sample}
    return render(request, "reporting/campaign_open.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_close(request: Any, campaign_id: int) -> HttpResponse:
    """Close it: what did not come in cannot be submitted any more."""
    return _reasoned(request, campaign_id, "close", required=False)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_reopen(request: Any, campaign_id: int) -> HttpResponse:
    """Open it again."""
    return _reasoned(request, campaign_id, "reopen", required=True)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_discard(request: Any, campaign_id: int) -> HttpResponse:
    """Put a draft aside."""
    return _reasoned(request, campaign_id, "discard", required=False)


def _reasoned(request: Any, campaign_id: int, verb: str, *, required: bool) -> HttpResponse:
    shown = campaign_of(campaign_id)
    require(f"reporting.{verb}_campaign", request.user, shown)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].required = required
    if request.method == "POST" and form.is_valid():
        do = partial(getattr(domain, f"{verb}_campaign"), actor=request.user, campaign=shown)
        try:
            do(reason=form.cleaned_data["reason"])
        except WorkspaceError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _DONE[verb])
            return redirect("reporting:campaign", shown.pk)
    context = {"campaign": shown, "form": form, "verb": verb, "sample": shown.sample}
    return render(request, "reporting/campaign_step.html", context)
