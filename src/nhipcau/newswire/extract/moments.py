"""A time as pages and feeds write it, to a moment with what is known of its zone.

A time without a zone is an outlet's local time: its day is kept and its minute is not.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from nhipcau.newswire.calendars import common_date, spelled_date

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.newswire.calendars import Calendar

# Year first or day first, then perhaps an hour, then perhaps a zone. Month first is not read: it cannot be told apart.
_WRITTEN: Final = re.compile(
    r"\s*(?:(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})|(?P<y2>\d{4})(?P<m2>\d\d)(?P<d2>\d\d)(?!\d)"
    r"|(?P<d3>\d{1,2})\.\s?(?P<m3>\d{1,2})\.\s?(?P<y3>\d{4}))"
    r"(?:[T\s,-]{1,3}(?P<H>\d{1,2})[:.h]?(?P<M>\d\d)(?:[:.]?(?P<S>\d\d)(?:[.,:]\d{1,9})?)?)?"
    r"\s*(?P<zone>Z\b|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d\d)?\b|[A-Z]{3,5}\b)?",
    re.IGNORECASE,
)
_STAMP: Final = re.compile(r"1?\d{9}(?:\d{3})?")
_MILLISECONDS = 12  # digits from which such a number counts thousandths of seconds
# Zone names that mean one thing only.
_ZONES: Final = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "CET": 1, "WEST": 1, "CEST": 2, "EET": 2, "SAST": 2, "EEST": 3, "MSK": 3,
    "ICT": 7, "WIB": 7, "HKT": 8, "SGT": 8, "WITA": 8, "JST": 9, "KST": 9, "WIT": 9, "AEST": 10, "AEDT": 11,
    "NZST": 12, "NZDT": 13, "EDT": -4, "EST": -5, "PDT": -7, "PST": -8,
}  # fmt: skip


# Numbers of a day, perhaps an hour, perhaps a zone, and the signs that people set between them.
_BARE: Final = re.compile(
    rf"(?=(?:\D*\d){{6}})[\d\s:./,|()+\-\u2013]+(?:(?:{'|'.join(_ZONES)}|AM|PM)[\d\s:+()\-]*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as it was written.

    ``wall`` is the time on the writer's clock (held as if in UTC), ``offset`` that clock's distance from UTC where it
    was given: without it only the day is known. ``to_the_day`` where no hour was given.
    """

    wall: datetime
    offset: timedelta | None
    to_the_day: bool

    @property
    def precision(self) -> str:
        """``minute``, or ``day``."""
        return "day" if self.to_the_day or self.offset is None else "minute"

    @property
    def utc(self) -> datetime:
        """The moment in UTC; a day as its 00:00."""
        if self.precision == "day":
            return self.wall.replace(hour=0, minute=0, second=0, microsecond=0)
        return self.wall - (self.offset or timedelta())


def is_bare_moment(line: str) -> bool:
    """Whether a line of a text is a day or a time in numbers and nothing else: ``19/11/2026 - 11:00 (GMT+7)``."""
    return _BARE.fullmatch(line) is not None


def read_moment(value: Any, calendar: Calendar | None = None) -> Moment | None:
    """A time as pages and feeds write it: ISO 8601 and its relatives, e-mail form, or seconds since 1970.

    Args:
        value: as written.
        calendar: the calendar of the page's language, where it is not the common one.
    """
    text = str(value).strip()[:60] if isinstance(value, str | int) else ""
    found = _WRITTEN.match(text)
    try:
        if found:
            return _written(found, calendar)
        if _STAMP.fullmatch(text):
            return _exact(datetime.fromtimestamp(int(text[:-3] if len(text) >= _MILLISECONDS else text), UTC))
        moment = _exact(parsedate_to_datetime(text))
        day = common_date(moment.wall.year, moment.wall.month, moment.wall.day, calendar)
        wall = moment.wall.replace(year=day.year, month=day.month, day=day.day)
        return Moment(wall, moment.offset, moment.to_the_day)
    except (ValueError, TypeError, OverflowError, IndexError, OSError):
        return spelled(text, calendar)


def spelled(text: str, calendar: Calendar | None) -> Moment | None:
    """A day as Thai and Persian pages write it in words."""
    day = spelled_date(text, calendar)
    return None if day is None else to_day(day)


def to_day(day: date) -> Moment:
    """A day of which no hour is known."""
    return Moment(datetime(day.year, day.month, day.day, tzinfo=UTC), None, to_the_day=True)


def on_clocks_of(moment: Moment, country: str | None) -> Moment | None:
    """A time without a zone, on a country's clocks; ``None`` where these differ at that time, or are not known."""
    if moment.offset is not None or moment.to_the_day:
        return None
    offsets = {moment.wall.replace(tzinfo=ZoneInfo(name)).utcoffset() for name in _zones(country or "")}
    return Moment(moment.wall, offsets.pop(), to_the_day=False) if len(offsets) == 1 else None


@functools.lru_cache(maxsize=300)
def _zones(country: str) -> tuple[str, ...]:
    """The time zones of a country, by the Unicode CLDR."""
    from babel.core import get_global

    return tuple(get_global("territory_zones").get(country, ()))


def _written(found: re.Match[str], calendar: Calendar | None) -> Moment:
    year, month, day = (int(found[name] or found[name + "2"] or found[name + "3"]) for name in ("y", "m", "d"))
    in_common = common_date(year, month, day, calendar)
    year, month, day = in_common.year, in_common.month, in_common.day
    if found["H"] is None:
        return Moment(datetime(year, month, day, tzinfo=UTC), None, to_the_day=True)
    wall = datetime(year, month, day, int(found["H"]), int(found["M"]), int(found["S"] or 0), tzinfo=UTC)
    return Moment(wall, _offset(found["zone"]), to_the_day=_is_midnight(wall))


def _exact(moment: datetime) -> Moment:
    wall = moment.replace(tzinfo=UTC, microsecond=0)
    return Moment(wall, moment.utcoffset(), to_the_day=_is_midnight(wall))


def _is_midnight(wall: datetime) -> bool:
    # Midnight to the second is a date that went through a field for times.
    return (wall.hour, wall.minute, wall.second) == (0, 0, 0)


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    zone = zone.upper()
    if zone in _ZONES:
        return timedelta(hours=_ZONES[zone])
    digits = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?", zone)
    if digits is None:
        return None
    distance = timedelta(hours=int(digits[2]), minutes=int(digits[3] or 0))
    if distance > timedelta(hours=14):
        return None
    return -distance if digits[1] == "-" else distance
