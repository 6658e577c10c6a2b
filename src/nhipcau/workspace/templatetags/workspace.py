"""What the workspace's templates need besides the filters that all rooms share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from nhipcau.access.classification import ICONS

if TYPE_CHECKING:
    from datetime import date

register = template.Library()


@register.filter
def classification_icon(level: str) -> str:
    """The icon of a classification, a name of :data:`nhipcau.ui.icons.ICONS`."""
    return ICONS[level]


@register.filter
def paper_date(day: date | None) -> str:
    """``ngày 05 tháng 01 năm 2026``: days under ten and the first two months with a zero (Decree 30/2020, annex I).

    A letter is Vietnamese whoever reads the desk in which language, so this is not translated.
    """
    if day is None:
        return "ngày     tháng     năm     "
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)  # noqa: PLR2004 - January and February
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
