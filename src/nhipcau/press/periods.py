"""Spans of time that numbers are counted in and compared over: whole minutes, days of Asia/Ho_Chi_Minh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final

from django.utils import timezone

_MINUTE: Final = "%Y%m%dT%H%M"
_REST: Final = timedelta(seconds=59, microseconds=999_999)
#: The database cannot store what lies outside these in every time zone, and no newspaper was online before.
EARLIEST: Final = date(1970, 1, 2)
LATEST: Final = date(2200, 1, 1)
#: The longest period that is counted in one go.
LONGEST: Final = timedelta(days=366)


@dataclass(frozen=True)
class Period:
    """From the first moment of a minute to the last moment of a minute, both inclusive, aware, Asia/Ho_Chi_Minh."""

    start: datetime
    end: datetime

    @classmethod
    def of(cls, start: datetime, end: datetime) -> Period:
        """The minutes from that of ``start`` to that of ``end``, both aware."""
        first, last = (timezone.localtime(moment).replace(second=0, microsecond=0) for moment in (start, end))
        return cls(first, last + _REST)

    @classmethod
    def of_days(cls, first: date, last: date, now: datetime) -> Period:
        """From the beginning of a day to the end of another, or to now, where that day is not over."""
        start, end = (timezone.make_aware(datetime.combine(*when)) for when in ((first, time.min), (last, time.max)))
        return cls.of(start, max(start, min(end, now)))

    @classmethod
    def read(cls, code: str) -> Period:
        """The period that an address names.

        Raises:
            ValueError: it names none.
        """
        try:
            start, end = (datetime.strptime(part, _MINUTE) for part in code.split("-"))  # noqa: DTZ007 - made aware below
        except ValueError:
            raise ValueError(f"No period: {code}") from None
        if start > end or not EARLIEST <= start.date() <= end.date() <= LATEST:
            raise ValueError(f"No period: {code}")
        return cls.of(timezone.make_aware(start), timezone.make_aware(end))

    @cached_property
    def code(self) -> str:
        """As an address names it: ``20261120T0000-20261126T1042``."""
        return f"{self.start:{_MINUTE}}-{self.end:{_MINUTE}}"

    @property
    def first(self) -> date:
        """Its first day."""
        return self.start.date()

    @property
    def last(self) -> date:
        """Its last day, begun or over."""
        return self.end.date()

    @property
    def days(self) -> list[date]:
        """Its days in order, those begun included."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    @property
    def ends_early(self) -> bool:
        """Whether its last day is cut."""
        return (self.end + timedelta(microseconds=1)).date() == self.last

    def before(self) -> Period:
        """The one of the same number of days just before it, cut at the same time of day."""
        back = timedelta(days=len(self.days))
        return Period(self.start - back, self.end - back)

    def year_before(self) -> Period:
        """The one as long that began on the same date of the year before; 29 February becomes the 28th."""
        year = self.start.year - 1
        day = 28 if (self.start.month, self.start.day) == (2, 29) else self.start.day
        start = self.start.replace(year=year, day=day)
        return Period(start, start + (self.end - self.start))


def today(now: datetime) -> Period:
    """The day that ``now`` is in, so far."""
    day = timezone.localdate(now)
    return Period.of_days(day, day, now)


def last_week(now: datetime) -> Period:
    """Today and the six days before."""
    day = timezone.localdate(now)
    return Period.of_days(day - timedelta(days=6), day, now)


def this_month(now: datetime) -> Period:
    """The month that ``now`` is in, so far."""
    day = timezone.localdate(now)
    return Period.of_days(day.replace(day=1), day, now)


def last_month(now: datetime) -> Period:
    """The month before, whole."""
    last = timezone.localdate(now).replace(day=1) - timedelta(days=1)
    return Period.of_days(last.replace(day=1), last, now)
