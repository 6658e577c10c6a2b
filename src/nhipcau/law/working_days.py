"""Which days are worked in Viet Nam: weekends, public holidays, Tết by the lunar calendar, make-up days, decisions.

The library ``holidays`` knows the holidays and the swaps that were announced; what an installation enters for a year
(:class:`nhipcau.law.models.WorkingDayOverride`) goes before it. Saturday and Sunday are days off.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import get_language, gettext

from nhipcau.law.errors import OutsideCalendarError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: Days for which the calendar answers: from the Labour Code that first made up for holidays on weekends, to the end of
#: the lunar calendar's table.
FIRST, LAST = date(1995, 1, 1), date(2099, 12, 31)
_SATURDAY = 5
_ONE = timedelta(days=1)


class Decision(Protocol):
    """What was decided about one day; a row of ``WorkingDayOverride`` is one."""

    day: date
    working: bool
    name: str


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """What a day is.

    Attributes:
        working: whether offices work.
        name: the holiday, or what was decided; empty on ordinary days and weekends.
        decided: an entry of this installation says so.
    """

    day: date
    working: bool
    name: str = ""
    decided: bool = False

    @property
    def weekend(self) -> bool:
        """Saturday or Sunday."""
        return self.day.weekday() >= _SATURDAY


@lru_cache(maxsize=256)
def _year(year: int, language: str) -> tuple[Mapping[date, str], frozenset[date]]:
    """Holidays of a year by day with their names, and its weekend days that make up for another day."""
    import holidays

    # A swap is listed under the year of the day off, which may not be the year of the day that makes up for it.
    table = holidays.country_holidays("VN", years=(year - 1, year, year + 1), language=language)
    named = {day: name for day, name in table.items() if day.year == year}
    return named, frozenset(day for day in table.weekend_workdays if day.year == year)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The calendar with the decisions that were entered.

    Raises (all methods):
        OutsideCalendarError: a day before 1995 or after 2099 would have to be judged.
    """

    decisions: Mapping[date, Decision] = field(default_factory=dict)

    @classmethod
    def with_decisions(cls, decisions: Iterable[Decision]) -> WorkingDays:
        """The calendar in which these go before what the library knows."""
        return cls({decision.day: decision for decision in decisions})

    def on(self, day: date) -> CalendarDay:
        """What the day is, its name in the reader's language where the calendar names it."""
        if not FIRST <= day <= LAST:
            raise OutsideCalendarError(
                gettext("Working days are known from %(first)s to %(last)s only.")
                % {"first": FIRST.year, "last": LAST.year}
            )
        decision = self.decisions.get(day)
        if decision is not None:
            return CalendarDay(day, working=decision.working, name=decision.name, decided=True)
        named, made_up = _year(day.year, "en_US" if get_language() == "en" else "vi")
        if day in named:
            return CalendarDay(day, working=False, name=named[day])
        if day in made_up:
            return CalendarDay(day, working=True, name=gettext("Make-up working day"))
        return CalendarDay(day, working=day.weekday() < _SATURDAY)

    def is_working(self, day: date) -> bool:
        """Whether offices work on the day."""
        return self.on(day).working

    def between(self, first: date, last: date) -> Iterator[CalendarDay]:
        """Every day from ``first`` to ``last``, both included."""
        for number in range((last - first).days + 1):
            yield self.on(first + timedelta(days=number))

    def shift(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, or before it where ``count`` is negative; ``day`` not counted."""
        step = _ONE if count > 0 else -_ONE
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def next_working(self, day: date) -> date:
        """The day itself where it is worked, or the first one after it that is."""
        return day if self.is_working(day) else self.shift(day, 1)

    def last_working(self, day: date) -> date:
        """The day itself where it is worked, or the last one before it that is."""
        return day if self.is_working(day) else self.shift(day, -1)
