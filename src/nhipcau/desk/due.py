"""What is due, as home shows it: in groups by time, each item with its time in words."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.ui.templatetags.ui import day, moment, vi_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.workspace.due import DueItem


class Shown(NamedTuple):
    """An item and its time as people say it."""

    item: DueItem
    when: str
    late: bool


class Group(NamedTuple):
    """Items of one span of time; ``tone`` as :mod:`nhipcau.ui.states` has it."""

    key: str
    title: str
    tone: str
    icon: str
    items: list[Shown]


def answer(items: Sequence[DueItem], at: datetime) -> str:
    """How much waits, in one line: 12 things to do, 3 late."""
    late = sum(item.late(at) for item in items)
    if not items:
        return _("Nothing waits for you")
    waiting = ngettext("%(n)s thing to do", "%(n)s things to do", len(items)) % {"n": vi_number(len(items))}
    if not late:
        return waiting
    return _("%(waiting)s, %(late)s") % {
        "waiting": waiting,
        "late": ngettext("%(n)s late", "%(n)s late", late) % {"n": vi_number(late)},
    }


def grouped(items: Sequence[DueItem], at: datetime) -> list[Group]:
    """Late, today, within seven days, later, without a time; empty groups are left out."""
    groups = {
        "late": Group("late", _("Late"), "late", "alert-triangle", []),
        "today": Group("today", _("Due today"), "soon", "clock", []),
        "week": Group("week", _("Within seven days"), "plain", "clock", []),
        "later": Group("later", _("Later"), "plain", "clock", []),
        "open": Group("open", _("Waiting, no date set"), "plain", "clock", []),
    }
    for item in items:
        groups[_span(item, at)].items.append(Shown(item, in_words(item, at), item.late(at)))
    return [group for group in groups.values() if group.items]


def _span(item: DueItem, at: datetime) -> str:
    if item.by is None:
        return "open"
    if item.late(at):
        return "late"
    tonight = timezone.make_aware(datetime.combine(timezone.localdate(at), time.max))
    if item.by <= tonight:
        return "today"
    return "week" if item.by <= tonight + timedelta(days=7) else "later"


def in_words(item: DueItem, at: datetime) -> str:
    """When it is due, how late it is, or since when it waits."""
    if item.by is None:
        return _("waiting since %(day)s") % {"day": day(item.since)} if item.since else ""
    days = (timezone.localdate(at) - timezone.localdate(item.by)).days
    if item.late(at) and days:
        return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": vi_number(days)}
    said: Any = moment(item.due) if isinstance(item.due, datetime) else day(item.due)
    return _("by %(when)s") % {"when": said}
