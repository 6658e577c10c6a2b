"""What the programme room's templates need besides the filters that all rooms share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from nhipcau.ui.templatetags.ui import vi_number

if TYPE_CHECKING:
    from decimal import Decimal

register = template.Library()


@register.filter
def amount(value: Decimal | None) -> str:
    """Millions of đồng as the reader's language writes them, without zeros at the end; a dash for none."""
    return vi_number(None if value is None else value.normalize() + 0)
