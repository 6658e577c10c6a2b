from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.law import words
from nhipcau.law.book import LawBook
from nhipcau.law.domain.due import month_end
from nhipcau.law.domain.occurrences import calendar_of
from nhipcau.law.forms import CalendarForm
from nhipcau.law.phrases import MONTHS, SHORT_WEEKDAYS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from nhipcau.law.domain.occurrences import Occurrence
    from nhipcau.law.working_days import CalendarDay, WorkingDays

_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Square:
    """One day of the month as the calendar draws it; ``due`` is how many deadlines fall on it."""

    about: CalendarDay
    due: int
    today: bool


@login_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """What is due by the calendar of the law, and which days are worked: one month, or the whole year."""
    today = timezone.localdate()
    form = CalendarForm(request.GET)
    form.is_valid()
    year = form.cleaned_data.get("year") or today.year
    month = form.cleaned_data.get("month")
    if month is None:
        month = today.month if year == today.year and not form.errors else 1
    book = LawBook.read()
    first, last = (date(year, month, 1), month_end(year, month)) if month else (date(year, 1, 1), date(year, 12, 31))
    actor = form.cleaned_data.get("actor") or ""
    due = calendar_of((first, last), actor=actor, book=book)
    days = list(book.working_days.between(first, last))
    context: dict[str, Any] = {
        "form": CalendarForm({"year": year, "month": month, "actor": actor}),
        "faults": form.errors,
        "year": year,
        "month": month,
        "month_name": words.month_of(year, month) if month else "",
        "due": due,
        "by_month": _by_month(due),
        "weeks": _weeks(year, month, book.working_days, due, today) if month else [],
        "weekdays": list(zip(SHORT_WEEKDAYS, WEEKDAYS, strict=True)),
        "worked": sum(day.working for day in days),
        "special": [day for day in days if day.name],
        "before": (year - (month <= 1), (month - 2) % 12 + 1 if month else 0),
        "after": (year + (month in (0, _DECEMBER)), month % 12 + 1 if month else 0),
        "actor": actor,
        "loaded": bool(book.deadlines),
    }
    return render(request, "law/calendar.html", context)


def _by_month(due: Sequence[Occurrence]) -> list[tuple[Any, list[Occurrence]]]:
    return [(MONTHS[month - 1], list(found)) for month, found in groupby(due, key=lambda one: one.day.month)]


def _weeks(
    year: int, month: int, working_days: WorkingDays, due: Sequence[Occurrence], today: date
) -> list[list[Square | None]]:
    """The weeks of a month, Monday first; None for the days of other months."""
    return [
        [
            Square(working_days.on(day), sum(one.day == day for one in due), day == today)
            if day.month == month
            else None
            for day in week
        ]
        for week in months.Calendar().monthdatescalendar(year, month)
    ]
