"""When something is due that an event sets going. Nothing is written here."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from nhipcau.law.book import LawBook
from nhipcau.law.errors import MomentNeededError
from nhipcau.law.models import Direction, Unit

if TYPE_CHECKING:
    from nhipcau.law.models import Deadline
    from nhipcau.law.working_days import CalendarDay

#: The zone in which the law's days begin and end. It has no summer time.
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day between the event and the limit; ``number`` is its place in the count, None where it is not counted."""

    day: CalendarDay
    number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An answer to "when is it due", with everything needed to check it.

    Attributes:
        deadline: the rule that applied, with its basis.
        trigger: the event, as given: an aware moment, or a day.
        at: the last moment in time, aware, in Asia/Ho_Chi_Minh; for a limit in days the end of its last day. None for
            the next bulletin, of which only the outlet knows when it is.
        counted: every day that was looked at, in the order of counting; empty for hours, months and years.
        last: what the last day is, so that a screen can warn of a day off; None where ``at`` is.
        last_working: the last working day within the limit: the last day itself, or one before it.
        moved_from: the day that was counted, where the rule moves it off a day off.
    """

    deadline: Deadline
    trigger: datetime | date
    at: datetime | None
    counted: tuple[CountedDay, ...] = ()
    last: CalendarDay | None = None
    last_working: date | None = None
    moved_from: date | None = None

    @property
    def day(self) -> date | None:
        """The last day."""
        return self.at.date() if self.at else None


def due_at(kind: str, trigger: datetime | date, *, on: date | None = None, book: LawBook | None = None) -> Due:
    """When the deliverable of a deadline is due for one event.

    The day of the event is not counted unless the basis says so; hours run through nights and days off; months and
    years end on the day with the same number, or on the last day of a shorter month. For what the calendar sets going:
    *every* is the end of the month, quarter or year of the day given; *at least every* is counted from the day given,
    the last time it was done; a fixed date is the first one on or after the day given.

    Args:
        kind: key of the deadline.
        trigger: the event: an aware moment, or a day of Asia/Ho_Chi_Minh.
        on: the day that decides which rule applies, where it is not the day of the event (a file that was opened
            before the law changed).
        book: the law, where many are asked at once; read from the tables otherwise (two queries).

    Raises:
        UnknownDeadlineError: no deadline has this key.
        NoRuleInForceError: none was in force that day.
        MomentNeededError: the limit is in hours, and only a day was given.
        OutsideCalendarError: working days would be counted before 1995 or after 2099.
        ValueError: the moment has no time zone.
    """
    book = book or LawBook.read()
    day = day_of(trigger)
    deadline = book.rule(kind, on or day)
    if deadline.unit == Unit.NEXT_BULLETIN:
        return Due(deadline=deadline, trigger=trigger, at=None)
    if deadline.unit == Unit.HOUR:
        return _in_hours(deadline, trigger, book)
    last, counted = _in_days(deadline, day, book)
    moved_from = None
    if deadline.moves_off_days_off and not book.working_days.is_working(last):
        moved_from, last = last, book.working_days.next_working(last)
    at = datetime.combine(last, time.max, ZONE)
    return _answer(deadline, trigger, at, book, counted=counted, moved_from=moved_from)


def day_of(moment: datetime | date) -> date:
    """The day in Asia/Ho_Chi_Minh of a moment; a day is itself.

    Raises:
        ValueError: the moment has no time zone.
    """
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone is no moment.")
    return moment.astimezone(ZONE).date()


def add_months(day: date, months: int) -> date:
    """The day with the same number so many months later (earlier where negative), or the last day of that month."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def period_end(day: date, months: int) -> date:
    """The last day of the calendar period of so many months (1, 3, 6, 12) in which the day lies."""
    return month_end(day.year, min(((day.month - 1) // months + 1) * months, _MONTHS))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def fixed_date(deadline: Deadline, year: int) -> date:
    """The fixed date of a deadline in a year; 29 February is 28 February where there is none."""
    last = month_end(year, int(deadline.month or 1))
    return last.replace(day=min(int(deadline.day or 1), last.day))


def months_of(deadline: Deadline) -> int:
    """The length of a limit in months or years, in months."""
    return int(deadline.value or 0) * (_MONTHS if deadline.unit == Unit.YEAR else 1)


def _in_hours(deadline: Deadline, trigger: datetime | date, book: LawBook) -> Due:
    if not isinstance(trigger, datetime):
        raise MomentNeededError(gettext("This limit is in hours: say at what time it happened."))
    length = timedelta(hours=int(deadline.value or 0))
    at = trigger.astimezone(ZONE)
    return _answer(deadline, trigger, at - length if deadline.direction == Direction.BEFORE else at + length, book)


def _in_days(deadline: Deadline, day: date, book: LawBook) -> tuple[date, tuple[CountedDay, ...]]:
    """The last day of a limit in days, working days, months or years, or of a date; and the days that were counted."""
    match deadline.direction:
        case Direction.BY:
            here = fixed_date(deadline, day.year)
            return (here if here >= day else fixed_date(deadline, day.year + 1)), ()
        case Direction.EVERY:
            return period_end(day, months_of(deadline)), ()
        case Direction.AT_LEAST_EVERY:
            return add_months(day, months_of(deadline)), ()
    sign = -1 if deadline.direction == Direction.BEFORE else 1
    if deadline.unit in (Unit.MONTH, Unit.YEAR):
        return add_months(day, sign * months_of(deadline)), ()
    counted = tuple(_count(deadline, day, sign, book))
    return counted[-1].day.day, counted


def _count(deadline: Deadline, day: date, sign: int, book: LawBook) -> list[CountedDay]:
    """Day by day away from the event until the length is reached."""
    length, number, found = int(deadline.value or 0), 0, []
    if not deadline.counts_trigger_day:
        day += timedelta(days=sign)
    while True:
        about = book.working_days.on(day)
        counts = about.working or deadline.unit == Unit.DAY
        number += counts
        found.append(CountedDay(about, number if counts else None))
        if number == length:
            return found
        day += timedelta(days=sign)


def _answer(
    deadline: Deadline,
    trigger: datetime | date,
    at: datetime,
    book: LawBook,
    *,
    counted: tuple[CountedDay, ...] = (),
    moved_from: date | None = None,
) -> Due:
    day = at.date()
    return Due(
        deadline=deadline,
        trigger=trigger,
        at=at,
        counted=counted,
        last=book.working_days.on(day),
        last_working=book.working_days.last_working(day),
        moved_from=moved_from,
    )
