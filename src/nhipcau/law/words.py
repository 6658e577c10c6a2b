"""The law in words, as a screen shows it: limits, provisions, and how something was counted."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext, ngettext, ngettext_lazy, pgettext
from django.utils.translation import gettext_lazy as _

from nhipcau.law.domain.due import ZONE, day_of
from nhipcau.law.models import Direction, Unit
from nhipcau.law.phrases import MONTHS
from nhipcau.text import format_date, format_datetime

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.law.domain.due import Due
    from nhipcau.law.models import Deadline

_PROVISION = re.compile(r"(?P<article>\d+)(?:\.(?P<clause>\d+))?(?:\((?P<point>\w)\))?")
_RANGE = re.compile(r"(?P<article>\d+)\.(?P<first>\d+)-(?P=article)\.(?P<last>\d+)")
TRANSITIONAL = "transitional"
_LENGTHS = {
    Unit.HOUR: ngettext_lazy("%(n)d hour", "%(n)d hours", "n"),
    Unit.DAY: ngettext_lazy("%(n)d day", "%(n)d days", "n"),
    Unit.WORKING_DAY: ngettext_lazy("%(n)d working day", "%(n)d working days", "n"),
    Unit.MONTH: ngettext_lazy("%(n)d month", "%(n)d months", "n"),
    Unit.YEAR: ngettext_lazy("%(n)d year", "%(n)d years", "n"),
}
#: From where a limit is counted, by its direction; where an event sets it going, its day is not counted.
_STARTS = {
    Direction.BY: _("The first such date on or after %(day)s."),
    Direction.EVERY: _("The end of the period in which %(day)s lies."),
    Direction.AT_LEAST_EVERY: _("Counted from %(day)s, the last time it was done."),
    Direction.BEFORE: _("Counted back from the day before %(day)s; the day of the event is not counted."),
    Direction.AFTER: _("Counted from the day after %(day)s; the day of the event is not counted."),
}


def provision(article: str) -> str:
    """``5.2(a)`` as ``điểm a khoản 2 Điều 5``."""
    if article == TRANSITIONAL:
        return gettext("transitional provision")
    if found := _RANGE.fullmatch(article):
        return gettext("clauses %(first)s to %(last)s of Article %(article)s") % found.groupdict()
    if not (found := _PROVISION.fullmatch(article)):
        return article
    said = found.groupdict()
    if said["point"]:
        return gettext("point %(point)s of clause %(clause)s of Article %(article)s") % said
    if said["clause"]:
        return gettext("clause %(clause)s of Article %(article)s") % said
    return gettext("Article %(article)s") % said


def cited(deadline: Deadline) -> str:
    """The provision with its document: ``khoản 3 Điều 5, 262/2026/NĐ-CP``."""
    return f"{provision(deadline.article)}, {deadline.basis.number}"


def length(deadline: Deadline) -> str:
    """How long a limit is: ``7 ngày làm việc``; empty for a date."""
    if deadline.unit == Unit.NEXT_BULLETIN:
        return gettext("the next bulletin")
    words = _LENGTHS.get(deadline.unit)
    return words % {"n": int(deadline.value or 0)} if words else ""


def limit(deadline: Deadline) -> str:
    """The whole limit: ``trong 7 ngày làm việc``, ``trước ít nhất 10 ngày``, ``chậm nhất ngày 30/11``."""
    said = {"length": length(deadline)}
    if deadline.direction == Direction.BY:
        return gettext("by %(day)02d/%(month)02d each year") % {"day": deadline.day, "month": deadline.month}
    if deadline.unit == Unit.NEXT_BULLETIN:
        return gettext("in the next bulletin")
    match deadline.direction:
        case Direction.BEFORE:
            return gettext("at least %(length)s before") % said
        case Direction.EVERY:
            return gettext("every %(length)s") % said
        case Direction.AT_LEAST_EVERY:
            return gettext("at least once in %(length)s") % said
    return gettext("within %(length)s") % said


def month_of(year: int, month: int) -> str:
    """A month of a year: ``Tháng 11/2026``, *November 2026*."""
    between = " " if get_language() == "en" else "/"
    return f"{MONTHS[month - 1]}{between}{year}"


def moment_or_day(value: datetime | date) -> str:
    """A moment with its hour in Viet Nam, or a day."""
    language = get_language() or "vi"
    if isinstance(value, datetime):
        return format_datetime(value.astimezone(ZONE), language)
    return format_date(value, language)


def how(due: Due) -> list[str]:
    """How an answer was reached, sentence by sentence."""
    deadline = due.deadline
    if due.at is None:
        return [gettext("Only the outlet knows when its next bulletin is, so no moment is computed.")]
    said = [_start(due), *_counted(due)]
    if due.moved_from:
        sentence = gettext("%(day)s is a day off, so the limit moves to the next working day.")
        said.append(sentence % {"day": moment_or_day(due.moved_from)})
    elif due.last and not due.last.working and due.last_working and deadline.unit != Unit.HOUR:
        sentence = gettext("%(day)s is a day off (%(name)s). The last working day before it is %(before)s.")
        said.append(
            sentence
            % {
                "day": moment_or_day(due.last.day),
                "name": due.last.name or pgettext("day off", "weekend"),
                "before": moment_or_day(due.last_working),
            }
        )
    return said


def _start(due: Due) -> str:
    deadline = due.deadline
    if deadline.unit == Unit.HOUR:
        sentence = gettext("Counted from %(moment)s; hours run through nights and days off.")
        return sentence % {"moment": moment_or_day(due.trigger)}
    day = {"day": moment_or_day(day_of(due.trigger))}
    if deadline.counts_trigger_day and not deadline.recurs:
        return gettext("%(day)s is counted as the first day: the rule says so.") % day
    return str(_STARTS[Direction(deadline.direction)] % day)


def _counted(due: Due) -> list[str]:
    if due.deadline.unit in (Unit.MONTH, Unit.YEAR) and not due.deadline.recurs:
        return [gettext("The day with the same number, or the last day of a shorter month.")]
    if due.deadline.unit != Unit.WORKING_DAY:
        return []
    off = sum(one.number is None for one in due.counted)
    return [ngettext("%(n)d day off is left out.", "%(n)d days off are left out.", off) % {"n": off}] if off else []
