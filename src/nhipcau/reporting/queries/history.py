"""What an office reported before: the text of the last period, and its own earlier values of a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.documents.forms import Answers
from nhipcau.reporting.models import Campaign, Report, Submission, Value

if TYPE_CHECKING:
    from decimal import Decimal

#: So many earlier periods say what is usual.
PERIODS = 8


def earlier_submissions(report: Report) -> list[Submission]:
    """What the office last submitted for each earlier period of the same kind, the last period first."""
    campaign = report.campaign
    before = (
        Campaign.objects.filter(period_kind=campaign.period_kind, end__lt=campaign.end)
        .exclude(pk=campaign.pk)
        .order_by("-end", "-pk")
    )
    own = Report.objects.filter(organisation_id=report.organisation_id, campaign__in=before.values("pk"))
    latest: dict[int, Submission] = {}
    for submission in Submission.objects.filter(report__in=own.order_by().values("pk")).order_by("number"):
        latest[submission.report_id] = submission
    ends = dict(own.order_by().values_list("pk", "campaign__end"))
    return sorted(latest.values(), key=lambda each: ends[each.report_id], reverse=True)[:PERIODS]


def texts_before(submissions: list[Submission]) -> dict[str, str]:
    """The texts of the last period; none where there is no earlier report."""
    return dict(Answers.from_plain(submissions[0].answers).texts) if submissions else {}


def values_before(submissions: list[Submission]) -> dict[str, list[Decimal]]:
    """The totals that the office reported before, by figure, the last period first."""
    order = {submission.pk: place for place, submission in enumerate(submissions)}
    rows = Value.objects.filter(submission__in=list(order), axis="").values_list("figure", "submission_id", "value")
    found: dict[str, list[tuple[int, Decimal]]] = {}
    for figure, submission, value in rows:
        found.setdefault(figure, []).append((order[submission], value))
    return {figure: [value for _place, value in sorted(values)] for figure, values in found.items()}
