"""What the calendar sets going: fixed dates and duties that return. Nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from nhipcau.law.book import LawBook
from nhipcau.law.domain.due import add_months, due_at, fixed_date, months_of, period_end
from nhipcau.law.errors import NotRecurringError
from nhipcau.law.models import Direction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from nhipcau.law.models import Deadline
    from nhipcau.law.working_days import CalendarDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One day on which something is due by the calendar.

    Attributes:
        deadline: the rule in force that day, with its basis.
        about: what the day is.
        last_working: the last working day within the limit.
        dated: whether the law names the day. Where it says only how often, this is the end of the month, quarter or
            year, the last day on which the duty of that period can be done.
    """

    deadline: Deadline
    about: CalendarDay
    last_working: date
    dated: bool

    @property
    def day(self) -> date:
        """The day."""
        return self.about.day


def occurrences(kind: str, period: tuple[date, date], *, book: LawBook | None = None) -> list[Occurrence]:
    """When a deadline that returns, or that stands on a date, falls within a period (both days included).

    Each falls under the rule that is in force on its own day, so a year in which the law changed shows both rules.

    Raises:
        UnknownDeadlineError: no deadline has this key.
        NotRecurringError: an event sets it going.
        OutsideCalendarError: the period leaves the years 1995 to 2099.
    """
    book = book or LawBook.read()
    versions = book.versions(kind)
    if not any(version.recurs or version.trigger_on for version in versions):
        raise NotRecurringError(
            gettext("“%(deadline)s” is due after an event; the calendar alone does not say when.")
            % {"deadline": versions[-1].deliverable}
        )
    found = [
        Occurrence(
            deadline=version,
            about=book.working_days.on(day),
            last_working=book.working_days.last_working(day),
            dated=version.direction == Direction.BY or version.trigger_on is not None,
        )
        for version in versions
        for day in _days(version, period, book)
    ]
    return sorted(found, key=lambda one: one.day)


def calendar_of(period: tuple[date, date], *, actor: str = "", book: LawBook | None = None) -> list[Occurrence]:
    """Everything that falls within a period by the calendar, for one class of bodies or for all, by day."""
    book = book or LawBook.read()
    kinds = [kind for kind, versions in book.deadlines.items() if any(v.recurs or v.trigger_on for v in versions)]
    found = [one for kind in kinds for one in occurrences(kind, period, book=book)]
    return sorted(
        (one for one in found if not actor or actor in one.deadline.actors),
        key=lambda one: (one.day, one.deadline.kind),
    )


def _days(deadline: Deadline, period: tuple[date, date], book: LawBook) -> Iterator[date]:
    """The days of one rule within the period."""
    first, last = period
    if deadline.trigger_on is not None:
        day = due_at(deadline.kind, deadline.trigger_on, book=book).day
        if day is not None and first <= day <= last:
            yield day
        return
    first = max(first, deadline.valid_from)
    last = min(last, deadline.valid_to or last)
    days: Iterator[date] = iter(())
    if deadline.direction == Direction.BY:
        days = (fixed_date(deadline, year) for year in range(first.year, last.year + 1))
    elif deadline.recurs:
        days = _period_ends(deadline, first, last)
    yield from (day for day in days if first <= day <= last)


def _period_ends(deadline: Deadline, first: date, last: date) -> Iterator[date]:
    months = months_of(deadline)
    day = period_end(first, months)
    while day <= last:
        yield day
        # The end of a month plus months is no end where the month is shorter, so it is brought to one again.
        day = period_end(add_months(day.replace(day=1), months), months)
