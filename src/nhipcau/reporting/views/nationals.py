from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from nhipcau.access import current
from nhipcau.accounts.models import Role
from nhipcau.reporting.domain.national import draft_national
from nhipcau.reporting.forms.national import DraftForm
from nhipcau.reporting.listings.national import NATIONALS
from nhipcau.reporting.models import GIVEN, Campaign
from nhipcau.ui.listing import show
from nhipcau.workspace.domain.errors import WorkspaceError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def nationals(request: HttpRequest) -> HttpResponse:
    """The national reports of the reader's offices and those that were sent to them, the last one first."""
    return show(request, NATIONALS)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def national_new(request: Any) -> HttpResponse:
    """Draft a national report from what has come in of a campaign."""
    mine = current().organisations(Role.COORDINATOR)
    campaigns = list(Campaign.objects.filter(state__in=GIVEN, organisation_id__in=mine).order_by("-end", "-pk"))
    asked = request.GET.get("campaign", "")
    chosen = next((row for row in campaigns if str(row.pk) == asked), campaigns[0] if campaigns else None)
    initial = {"campaign": chosen, "title": str(chosen) if chosen else ""}
    form = DraftForm(request.POST or None, campaigns=campaigns, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = draft_national(
                actor=request.user,
                campaign=said["campaign"],
                title=said["title"],
                only_accepted=said["only_accepted"],
            )
        except WorkspaceError as error:
            form.add_error(None, str(error))
        else:
            return redirect("reporting:national", made.pk)
    return render(request, "reporting/national_new.html", {"form": form, "campaigns": campaigns})
