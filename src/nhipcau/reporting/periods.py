"""The periods on which offices report, as the rules of the administration count them.

State reports run from the 15th of the month before to the 14th (Decree 09/2019/NĐ-CP; a year from 15 December to 14
December); a year by the calendar is offered beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nhipcau.law.domain.due import due_at
from nhipcau.law.errors import LawError
from nhipcau.reporting.models import PeriodKind

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST, LAST = 15, 14
#: The deadline of the yearly report, in the register of the law (Circular 02/2019/TT-BTTTT, article 10.5).
YEARLY = "annual_report_ministry"
#: Of a yearly report figures are counted until so many days before it is due, unless the coordinator says otherwise.
COUNTED_BEFORE = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period on offer: its code in addresses, its kind, its name, and its days, both included."""

    code: str
    kind: str
    name: str
    begin: date
    end: date


def periods_of(year: int) -> Iterator[Period]:
    """The periods of a year, the whole year first."""
    y, k = year, PeriodKind
    begin, said = date(y - 1, 12, FIRST), {"year": y}
    yield Period(code=f"year-{y}", kind=k.YEAR, name=_("Year %(year)s") % said, begin=begin, end=date(y, 12, LAST))
    calendar = _("Year %(year)s by the calendar") % said
    yield Period(code=f"calendar-{y}", kind=k.YEAR, name=calendar, begin=date(y, 1, 1), end=date(y, 12, 31))
    name = _("First six months of %(year)s") % said
    yield Period(code=f"six-{y}", kind=k.SIX_MONTHS, name=name, begin=begin, end=date(y, 6, LAST))
    name = _("First nine months of %(year)s") % said
    yield Period(code=f"nine-{y}", kind=k.NINE_MONTHS, name=name, begin=begin, end=date(y, 9, LAST))
    for quarter in (1, 2, 3, 4):
        name = _("Quarter %(quarter)s of %(year)s") % {"quarter": quarter, "year": y}
        first = date(y, 3 * quarter - 3, FIRST) if quarter > 1 else begin
        yield Period(code=f"q{quarter}-{y}", kind=k.QUARTER, name=name, begin=first, end=date(y, 3 * quarter, LAST))
    for month in range(1, 13):
        name = _("Month %(month)s of %(year)s") % {"month": month, "year": y}
        first = date(y, month - 1, FIRST) if month > 1 else begin
        yield Period(code=f"m{month}-{y}", kind=k.MONTH, name=name, begin=first, end=date(y, month, LAST))


def period(code: str) -> Period | None:
    """The period of a code; None where there is none."""
    year = code.rpartition("-")[2]
    if not (year.isascii() and year.isdigit() and len(year) == len("2026")) or not int(year) > 1:
        return None
    return next((one for one in periods_of(int(year)) if one.code == code), None)


def due_by_law(one: Period) -> date | None:
    """The day by which the law wants the report of a period; None where it names none, and guidance sets it.

    For the yearly report: 30 November of the year in which the period ends, before the period is over.
    """
    if one.kind != PeriodKind.YEAR:
        return None
    try:
        return due_at(YEARLY, date(one.end.year, 1, 1), on=one.end).day
    except LawError:
        return None
