"""What the templates of this room need: limits and provisions in words, days of the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.translation import gettext

from nhipcau.law import words
from nhipcau.law.models import ActorClass
from nhipcau.law.phrases import WEEKDAYS

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.law.models import Deadline
    from nhipcau.law.working_days import CalendarDay

register = template.Library()

register.filter("limit", words.limit)
register.filter("cited", words.cited)
register.filter("provision", words.provision)


@register.filter
def weekday(day: date) -> str:
    """The day of the week: ``thứ Hai``."""
    return str(WEEKDAYS[day.weekday()])


@register.filter
def about_day(about: CalendarDay) -> str:
    """What a day is, in words: its holiday, what was decided, a weekend; empty on an ordinary working day."""
    if about.name:
        return about.name
    return "" if about.working else gettext("Weekend")


@register.filter
def actor_classes(deadline: Deadline) -> str:
    """The classes of bodies on which a deadline lies."""
    return ", ".join(str(ActorClass(code).label) for code in deadline.actors)
