"""Dates in the calendars of Thailand and Iran, to the common one.

Thai pages count years from the Buddha (2569 is 2026), Iranian and Afghan ones from the Hijra by the sun (1405 began on
21 March 2026). Such a year is understood where the page, by its language or by the names of its months, says so, and is
never taken for the year that the number would be elsewhere.
"""

from __future__ import annotations

import enum
import re
from datetime import date, timedelta
from typing import Final


class Calendar(enum.Enum):
    """A calendar besides the common one."""

    BUDDHIST = "buddhist"
    PERSIAN = "persian"


#: Years of the common calendar that a page may be from.
FIRST, LAST = 1990, 2099
_AHEAD: Final = 543
_LANGUAGES: Final = {"th": Calendar.BUDDHIST, "fa": Calendar.PERSIAN, "prs": Calendar.PERSIAN, "ps": Calendar.PERSIAN}
# From here Persian years are counted: 1 Farvardin 1370 was 21 March 1991.
_ANCHOR_YEAR, _ANCHOR = 1370, date(1991, 3, 21)
# The rule of thirty-three years holds from 1178 to 1633 (Borkowski, The Persian calendar for 3000 years, 1996).
_CYCLE, _LEAPS = 33, frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_LONG_MONTHS: Final = 6

_THAI: Final = (
    ("มกราคม", "ม.ค."), ("กุมภาพันธ์", "ก.พ."), ("มีนาคม", "มี.ค."), ("เมษายน", "เม.ย."), ("พฤษภาคม", "พ.ค."),
    ("มิถุนายน", "มิ.ย."), ("กรกฎาคม", "ก.ค."), ("สิงหาคม", "ส.ค."), ("กันยายน", "ก.ย."), ("ตุลาคม", "ต.ค."),
    ("พฤศจิกายน", "พ.ย."), ("ธันวาคม", "ธ.ค."),
)  # fmt: skip
_PERSIAN: Final = (
    ("فروردین", "حمل"), ("اردیبهشت", "ثور"), ("خرداد", "جوزا"), ("تیر", "سرطان"), ("مرداد", "اسد"),
    ("شهریور", "سنبله"), ("مهر", "میزان"), ("آبان", "عقرب"), ("آذر", "قوس"), ("دی", "جدی"), ("بهمن", "دلو"),
    ("اسفند", "حوت"),
)  # fmt: skip
_MONTHS: Final = {
    name: (calendar, number)
    for calendar, months in ((Calendar.BUDDHIST, _THAI), (Calendar.PERSIAN, _PERSIAN))
    for number, names in enumerate(months, 1)
    for name in names
}
_NAMED: Final = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s{0,3}(?P<month>"
    + "|".join(re.escape(name) for name in sorted(_MONTHS, key=len, reverse=True))
    + r")\s{0,3}(?:พ\.ศ\.|ماه)?\s{0,3}(?P<year>\d{4}|\d{2})(?!\d)"
)
# 26/11/2569: a year of that calendar says that the day comes first, as Thai writes it.
_DAY_FIRST: Final = re.compile(r"\s*(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>25[3-9]\d|26[0-4]\d)(?!\d)")


def calendar_of(language: str | None) -> Calendar | None:
    """The calendar of pages in a language, by its tag; ``None`` for the common one."""
    return _LANGUAGES.get((language or "").strip().lower().replace("_", "-").partition("-")[0])


def common_date(year: int, month: int, day: int, calendar: Calendar | None) -> date:
    """The day in the common calendar.

    A year that the calendar does not have in our time is one of the common calendar: Thai and Iranian pages print both.

    Raises:
        ValueError: there is no such day.
    """
    if calendar is Calendar.BUDDHIST and FIRST <= year - _AHEAD <= LAST:
        return date(year - _AHEAD, month, day)
    if calendar is Calendar.PERSIAN and FIRST <= year + 621 <= LAST:
        return _from_persian(year, month, day)
    return date(year, month, day)


def spelled_date(text: str, calendar: Calendar | None = None) -> date | None:
    """The first day written with a Thai, Iranian or Afghan name of its month, or all in numbers as Thai pages do."""
    found = _DAY_FIRST.match(text) if calendar is Calendar.BUDDHIST else None
    if found is None:
        return named_date(text)
    try:
        return common_date(int(found["year"]), int(found["month"]), int(found["day"]), calendar)
    except ValueError:
        return None


def named_date(text: str) -> date | None:
    """The first day that is written with a Thai, Iranian or Afghan name of its month; ``None`` where there is none."""
    for found in _NAMED.finditer(text):
        calendar, month = _MONTHS[found["month"]]
        year = int(found["year"])
        if len(found["year"]) == 2:  # noqa: PLR2004 - 26 พ.ย. 69
            year += 2500 if calendar is Calendar.BUDDHIST else 1400
        try:
            day = common_date(year, month, int(found["day"]), calendar)
        except ValueError:
            continue
        if FIRST <= day.year <= LAST:
            return day
    return None


def _from_persian(year: int, month: int, day: int) -> date:
    days_before = (month - 1) * 30 + min(month - 1, _LONG_MONTHS)
    long = month <= _LONG_MONTHS
    last = 31 if long else 30 if month < 12 or _is_leap(year) else 29  # noqa: PLR2004 - Esfand is the twelfth
    if not (1 <= month <= 12 and 1 <= day <= last):  # noqa: PLR2004 - months of a year
        raise ValueError(f"no day of the Persian calendar: {year}-{month}-{day}")
    years = range(_ANCHOR_YEAR, year) if year >= _ANCHOR_YEAR else range(year, _ANCHOR_YEAR)
    length = sum(365 + _is_leap(one) for one in years)
    start = _ANCHOR + timedelta(days=length if year >= _ANCHOR_YEAR else -length)
    return start + timedelta(days=days_before + day - 1)


def _is_leap(year: int) -> bool:
    return year % _CYCLE in _LEAPS
