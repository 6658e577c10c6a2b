"""What an office reported before: the text of the last period, and its own earlier values of a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.documents.forms import Answers
from nhipcau.reporting.models import Report, Submission, Value
from nhipcau.workspace.queries.letters import last_symbol

if TYPE_CHECKING:
    from decimal import Decimal

#: So many earlier periods say what is usual.
PERIODS = 8


def earlier_submissions(report: Report) -> list[Submission]:
    """What the office last submitted for each earlier period of the same kind, the last period first."""
    campaign = report.campaign
    own = list(
        # Joined by the rule of a report itself: whoever sees a report sees its campaign.
        Report.objects.filter(
            organisation_id=report.organisation_id,
            campaign__period_kind=campaign.period_kind,
            campaign__end__lt=campaign.end,
        )
        .order_by("-campaign__end", "-campaign_id")
        .values_list("pk", flat=True)
    )
    if not own:
        return []
    latest = {row.report_id: row for row in Submission.objects.filter(report__in=own).order_by("number")}
    return [latest[key] for key in own if key in latest][:PERIODS]


def last_letter(report: Report) -> tuple[str, str]:
    """Symbol and place of the office's last submitted report, or of its last letter, for the next one."""
    last = Submission.objects.filter(organisation_id=report.organisation_id).order_by("-issued_at").first()
    return (last.symbol, last.place) if last else last_symbol(report.organisation)


def texts_before(submissions: list[Submission]) -> dict[str, str]:
    """The texts of the last period; none where there is no earlier report."""
    return dict(Answers.from_plain(submissions[0].answers).texts) if submissions else {}


def values_before(submissions: list[Submission]) -> dict[str, list[Decimal]]:
    """The totals that the office reported before, by figure, the last period first."""
    if not submissions:
        return {}
    order = {submission.pk: place for place, submission in enumerate(submissions)}
    rows = Value.objects.filter(submission__in=list(order), axis="").values_list("figure", "submission_id", "value")
    found: dict[str, list[tuple[int, Decimal]]] = {}
    for figure, submission, value in rows:
        found.setdefault(figure, []).append((order[submission], value))
    return {figure: [value for _place, value in sorted(values)] for figure, values in found.items()}
