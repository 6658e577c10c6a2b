from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.access.rights import require
from nhipcau.network.models import Kind
from nhipcau.reporting.listings import LEAGUE
from nhipcau.reporting.queries.campaigns import reports_of_campaign
from nhipcau.reporting.timeliness import OVERDUE, STANDINGS, came_late, days_late, standing
from nhipcau.reporting.views.campaign import campaign_of
from nhipcau.ui.listing import show

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
@require_safe
def campaign_board(request: Any, campaign_id: int) -> HttpResponse:
    """The reports of a campaign as cards, a column for each standing; of one class where that is asked for."""
    shown = campaign_of(campaign_id)
    require("reporting.follow_campaign", request.user, shown)
    now, reports = timezone.now(), list(reports_of_campaign(shown))
    kinds = sorted({report.kind for report in reports})
    kind = request.GET.get("kind", "")
    columns: dict[str, list[Any]] = {code: [] for code in STANDINGS}
    for report in reports:
        if kind not in kinds or report.kind == kind:
            code = standing(report, now).code
            late = days_late(report, now) if code == OVERDUE or came_late(report) else 0
            columns[code].append((report, late))
    context = {
        "campaign": shown,
        "columns": [(code, STANDINGS[code], cards) for code, cards in columns.items() if cards],
        "kinds": [(one, Kind(one).label) for one in kinds],
        "kind": kind,
        "shown": sum(len(cards) for cards in columns.values()),
        "sample": shown.sample,
    }
    return render(request, "reporting/campaign_board.html", context)


@login_required
def campaign_league(request: Any, campaign_id: int) -> HttpResponse:
    """Who reports in full and on time, by class and by office, beside the period before."""
    shown = campaign_of(campaign_id)
    require("reporting.follow_campaign", request.user, shown)
    return show(request, LEAGUE, campaign=shown)
