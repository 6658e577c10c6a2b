from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.access import current
from nhipcau.network.models import Kind
from nhipcau.reporting.estimating import estimate_in_words
from nhipcau.reporting.listings.reports import campaign_in_short
from nhipcau.reporting.models import GIVEN, Campaign, CampaignState, Report, ReportState
from nhipcau.reporting.queries.campaigns import campaigns, reminders_of, reports_of_campaign
from nhipcau.reporting.steps import steps_of_campaign
from nhipcau.reporting.timeliness import GONE, OVERDUE, STANDINGS, counted, days_late

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.http import HttpResponse

#: Offices named on the page; the list has all of them.
MOST = 15


class ByClass(NamedTuple):
    """One class of a campaign: how many reports stand where, in the order of :data:`STANDINGS`."""

    kind: str
    word: Any
    owed: int
    numbers: list[tuple[str, int]]


@login_required
@require_safe
def campaign(request: Any, campaign_id: int) -> HttpResponse:
    """A campaign: who has not reported yet, how many stand where, and what was asked.

    An office that reports in it reads what is asked, and finds its own report.
    """
    shown = get_object_or_404(campaigns(), pk=campaign_id)
    now, reports = timezone.now(), list(reports_of_campaign(shown))
    own = shown.organisation_id in current().organisations()
    missing = sorted(overdue(reports, now), key=lambda report: -days_late(report, now))
    context = {
        "campaign": shown,
        "own": own,
        "given": shown.state in GIVEN,
        "is_draft": shown.state == CampaignState.DRAFT,
        "short": campaign_in_short(reports),
        "steps": steps_of_campaign(request.user, shown),
        "classes": by_class(reports, now),
        **columns_of(reports, now),
        "missing": [(report, days_late(report, now)) for report in missing[:MOST]],
        "more_missing": max(len(missing) - MOST, 0),
        "reminders": reminders_of(reports) if own else 0,
        "mine": [report for report in reports if report.organisation_id in current().organisations()],
        "estimate": estimate_in_words(shown),
        "kinds": [(row, Kind(row.kind).label) for row in shown.classes.all()],
        "offices": list(shown.offices.select_related("organisation")),
        "sample": shown.sample,
    }
    return render(request, "reporting/campaign.html", context)


def columns_of(reports: Iterable[Report], at: datetime) -> dict[str, Any]:
    """The standings in which there is a report, with their totals; overdue and accepted always."""
    totals = counted(reports, at)
    shown = [code for code in STANDINGS if totals[code] or code in {OVERDUE, ReportState.ACCEPTED}]
    return {
        "standings": [(code, STANDINGS[code]) for code in shown],
        "totals": [(code, totals[code]) for code in shown],
        "owed": sum(number for code, number in totals.items() if code not in GONE),
        "shown": shown,
    }


def overdue(reports: Iterable[Report], at: datetime) -> list[Report]:
    """Those whose day is over and that have not come in."""
    return [report for report in reports if counted([report], at)[OVERDUE]]


def by_class(reports: Iterable[Report], at: datetime) -> list[ByClass]:
    """The reports of each class, in the order in which classes are declared."""
    groups: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        groups[report.kind].append(report)
    order = {kind.value: place for place, kind in enumerate(Kind)}
    return [
        ByClass(
            kind,
            Kind(kind).label,
            sum(report.state not in GONE for report in groups[kind]),
            list(counted(groups[kind], at).items()),
        )
        for kind in sorted(groups, key=lambda kind: order.get(kind, len(order)))
    ]


def campaign_of(campaign_id: int) -> Campaign:
    """A campaign that the reader sees, or 404."""
    found: Campaign = get_object_or_404(campaigns(), pk=campaign_id)
    return found
