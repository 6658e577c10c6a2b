"""How the network's facts are written on its screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import gettext as _

from nhipcau.network.models import Kind
from nhipcau.ui.templatetags.ui import day as day_in_words

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.network.tree import Node

register = template.Library()


@register.filter
def kind_name(kind: str) -> str:
    """The name of a class."""
    return str(Kind(kind).label)


@register.filter
def other_kinds(node: Node) -> str:
    """The classes that a body carries beside its own."""
    return ", ".join(str(Kind(kind).label) for kind in node.kinds[1:])


@register.filter
def spell(fact: Any) -> str:
    """From when to when a fact holds: ``01/08/2007 – 28/02/2025``, ``from 01/03/2025``; of a succession its day."""
    if hasattr(fact, "day"):
        return day_in_words(fact.day)
    if fact.valid_to is None:
        return _("from %(day)s") % {"day": day_in_words(fact.valid_from)}
    return f"{day_in_words(fact.valid_from)} – {day_in_words(fact.valid_to)}"


@register.filter
def iso(value: date) -> str:
    """The day as addresses and date fields have it."""
    return value.isoformat()
