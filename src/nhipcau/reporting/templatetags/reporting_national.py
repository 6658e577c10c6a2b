"""What the screens of national reports say."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import template

from nhipcau.ui.templatetags.ui import vi_number

if TYPE_CHECKING:
    from collections.abc import Mapping

register = template.Library()


@register.filter
def at(values: Mapping[Any, Any] | None, key: Any) -> Any:
    """What stands under a key; empty where nothing does."""
    return (values or {}).get(key, "")


@register.filter
def decimal(text: str | None) -> str:
    """Decimal text as the reader's language writes it; a dash for none."""
    return vi_number(Decimal(text) if text else None)
