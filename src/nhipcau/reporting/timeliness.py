"""Whether a report is not yet due, due, overdue or late. The day ends at midnight where the office is."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from nhipcau.reporting.models import Report, ReportState
from nhipcau.workspace.queries.notices import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable

#: So many days before its last day a report counts as due.
DUE_WITHIN = timedelta(days=7)
NOT_YET_DUE, DUE, OVERDUE = "not_yet_due", "due", "overdue"

#: Code of a standing -> how people call it: what follows from the day, then the states that follow from a step.
STANDINGS: dict[str, Any] = {
    NOT_YET_DUE: _("Not yet due"),
    DUE: _("Due"),
    OVERDUE: _("Overdue"),
    **{state.value: state.label for state in ReportState if state != ReportState.OPEN},
}
#: Those of a report that has come in, and of one that nobody waits for.
ARRIVED = (ReportState.SUBMITTED, ReportState.CHECKED, ReportState.ACCEPTED)
GONE = (ReportState.HANDED_OVER, ReportState.RELEASED)


class Standing(NamedTuple):
    """Where a report stands at a moment: the code, and the word for it."""

    code: str
    word: Any


def due_moment(report: Report) -> datetime:
    """The last moment at which it is on time: the end of its day in its office's own time zone, aware."""
    return datetime.combine(report.due_on, time.max, zone_of("", report.organisation))


def standing(report: Report, at: datetime) -> Standing:
    """Where a report stands at an aware moment; ``organisation`` is read already."""
    code = str(report.state)
    if code == ReportState.OPEN:
        due = due_moment(report)
        code = OVERDUE if due < at else DUE if due - at <= DUE_WITHIN else NOT_YET_DUE
    return Standing(code, STANDINGS[code])


def came_late(report: Report) -> bool:
    """Whether it first came in after its time; what was mended later changes nothing of that."""
    return report.first_received_at is not None and report.first_received_at > due_moment(report)


def days_late(report: Report, at: datetime) -> int:
    """By how many days, begun ones counted whole, it came late or has not come at an aware moment; 0 where it has not.

    Counted on the office's own calendar.
    """
    zone = zone_of("", report.organisation)
    last = (report.first_received_at or at).astimezone(zone).date()
    return max((last - report.due_on).days, 0)


def counted(reports: Iterable[Report], at: datetime) -> dict[str, int]:
    """How many reports stand where; every standing is there."""
    numbers = dict.fromkeys(STANDINGS, 0)
    for report in reports:
        numbers[standing(report, at).code] += 1
    return numbers
