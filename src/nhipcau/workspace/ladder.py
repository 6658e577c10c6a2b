"""Which step of a ladder a matter has reached. No database here."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from nhipcau.law.working_days import WorkingDays
    from nhipcau.workspace.reminding import Step

#: When a step comes that is counted in days, by the clock of the office.
MORNING = time(7)


class Reached(NamedTuple):
    """The step, and how many working days are left after today until the due day; none on the day and when late."""

    step: Step
    days_left: int


def moment_of(step: Step, due: datetime, zone: ZoneInfo, working_days: WorkingDays) -> datetime:
    """When a step comes: aware, in the office's zone."""
    if step.hours is not None:
        return due + timedelta(hours=step.hours)
    day = due.astimezone(zone).date()
    if step.days:
        day = working_days.shift(day, step.days)
    moment = datetime.combine(day, MORNING, zone)
    # A step after the due moment never comes before it, one before it never after.
    return max(moment, due) if step.days > 0 else min(moment, due)


def reached(
    ladder: Sequence[Step], due: datetime, at: datetime, zone: ZoneInfo, working_days: WorkingDays
) -> Reached | None:
    """The last step that has come at an aware moment; None before the first.

    Steps that were passed over (the worker stood still, the matter came late) are not made up for.
    """
    come = [step for step in ladder if moment_of(step, due, zone, working_days) <= at]
    if not come:
        return None
    today, last = at.astimezone(zone).date(), due.astimezone(zone).date()
    ahead = (last - today).days
    left = sum(day.working for day in working_days.between(today + timedelta(days=1), last)) if ahead > 0 else 0
    return Reached(come[-1], left)
