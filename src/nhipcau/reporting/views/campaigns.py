from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404

from nhipcau.reporting.listings import CAMPAIGNS, OF_CAMPAIGN, REPORTS
from nhipcau.reporting.queries.campaigns import campaigns as all_campaigns
from nhipcau.ui.listing import show

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def campaigns(request: HttpRequest) -> HttpResponse:
    """The campaigns of the reader's offices, and those in which they report."""
    return show(request, CAMPAIGNS)


@login_required
def campaign_reports(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The reports of one campaign that the reader sees: for its office all of them."""
    return show(request, OF_CAMPAIGN, campaign=get_object_or_404(all_campaigns(), pk=campaign_id))


@login_required
def reports(request: HttpRequest) -> HttpResponse:
    """What the reader's own offices owe: due, overdue, sent back."""
    return show(request, REPORTS)
