"""The offices of a campaign by when their report first came in; the classes stand above, beside the period before."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau.network.models import Kind
from nhipcau.reporting.league import Earlier, Tally, earlier, league
from nhipcau.reporting.listings.reports import ReportsForm, narrow_reports
from nhipcau.reporting.queries.campaigns import reports_of_campaign
from nhipcau.reporting.timeliness import GONE, came_late, days_late
from nhipcau.ui.listing import Column, FormFilter, Listing, register
from nhipcau.ui.templatetags.ui import vi_number

if TYPE_CHECKING:
    from nhipcau.reporting.models import Campaign, Report
    from nhipcau.ui.listing import Shown

_NEVER = datetime(9999, 12, 31, tzinfo=UTC)


def _rows(campaign: Campaign) -> Any:
    """What is owed, the first that came in first."""
    rows = reports_of_campaign(campaign).exclude(state__in=GONE)
    return rows.annotate(came=Coalesce("first_received_at", Value(_NEVER)))


def _reports(campaign: Campaign) -> list[Report]:
    """Every report of a campaign, read once for the screen that shows it."""
    known: list[Report] | None = campaign.__dict__.get("every_report")
    if known is None:
        known = list(reports_of_campaign(campaign))
        campaign.__dict__["every_report"] = known
    return known


def earlier_of(campaign: Campaign) -> Earlier:
    """The period before, reckoned once for the campaign that all rows of a list share."""
    known: Earlier | None = campaign.__dict__.get("period_before")
    if known is None:
        known = earlier(campaign, _reports(campaign))
        campaign.__dict__["period_before"] = known
    return known


def _result(report: Report) -> str:
    if report.first_received_at is None:
        return gettext("Not come in")
    if not came_late(report):
        return gettext("On time")
    late = days_late(report, timezone.now())
    return ngettext("%(n)s day late", "%(n)s days late", late) % {"n": vi_number(late)}


def _before(report: Report) -> str:
    """What those of the period before did that this office follows: how many of how many on time."""
    if report.campaign.compared_with_id is None:
        return ""
    tally = earlier_of(report.campaign).by_office.get(report.organisation_id)
    if tally is None:
        return gettext("nobody to compare with")
    said = {"on_time": vi_number(tally.on_time), "owed": vi_number(tally.owed)}
    return gettext("%(on_time)s of %(owed)s on time") % said


def _heading(shown: Shown) -> str:
    tally = Tally()
    for report in _reports(shown.given["campaign"]):
        if report.state not in GONE:
            tally.add(report)
    if tally.timeliness is None:
        return gettext("No report is owed yet")
    said = {"on_time": vi_number(tally.timeliness), "complete": vi_number(tally.completeness)}
    return gettext("%(on_time)s %% on time, %(complete)s %% come in") % said


def _context(shown: Shown) -> dict[str, Any]:
    campaign = shown.given["campaign"]
    before = earlier_of(campaign)
    for report in shown.page.object_list:
        # What is reckoned for the campaign is not reckoned again for its rows.
        report.campaign = campaign
    return {"campaign": campaign, "classes": league(_reports(campaign), before), "before": before}


LEAGUE = register(
    Listing(
        name="reporting.league",
        view="reporting:campaign_league",
        title=gettext_lazy("Completeness and timeliness"),
        heading=_heading,
        rows=_rows,
        filters=FormFilter.of(ReportsForm, narrow_reports),
        order=("came", "organisation__sort_key"),
        per_page=100,
        template="reporting/campaign_league.html",
        context=_context,
        sample=lambda rows: any(report.sample for report in rows),
        columns=[
            Column(
                key="office",
                label=gettext_lazy("Office"),
                value=lambda report: str(report.organisation),
                link=lambda report: reverse("reporting:report", args=[report.pk]),
                order_by=("organisation__sort_key",),
                card="title",
            ),
            Column(
                key="kind",
                label=gettext_lazy("Class"),
                value=lambda report: str(Kind(report.kind).label),
                order_by=("kind", "came"),
                card="plain",
            ),
            Column(key="due", label=gettext_lazy("Due on"), value="due_on", order_by=("due_on",), css="when"),
            Column(
                key="first",
                label=gettext_lazy("Came in first"),
                value="first_received_at",
                order_by=("came",),
                css="when",
            ),
            Column(key="result", label=gettext_lazy("Result"), value=_result, card="plain"),
            Column(key="before", label=gettext_lazy("Period before"), value=_before),
        ],
    )
)
