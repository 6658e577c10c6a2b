"""Numbers, dates and times as people read them. Interface languages are Vietnamese and English."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SWAP = str.maketrans(",.", ".,")


def format_number(value: float | Decimal, lang: str) -> str:
    """``value`` with groups of three: ``1.234,5`` in Vietnamese, ``1,234.5`` in any other language.

    The digits are those of ``value``: round before. A float that is whole prints no decimals.
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    text = f"{exact:,f}"
    if isinstance(value, float):
        text = re.sub(r"\.0$", "", text)
    return text.translate(_SWAP) if _is_vietnamese(lang) else text


def format_date(day: date, lang: str) -> str:
    """``22/11/2026`` in Vietnamese; ``22 Nov 2026`` in any other language, which no reader takes for another day."""
    if _is_vietnamese(lang):
        return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year:04d}"


def format_datetime(moment: datetime, lang: str) -> str:
    """The date and the hour of 24, ``22/11/2026 14:05``, in the zone that ``moment`` is in: convert before."""
    return f"{format_date(moment, lang)} {moment.hour:02d}:{moment.minute:02d}"


def _is_vietnamese(lang: str) -> bool:
    return lang.split("-", maxsplit=1)[0].lower() == "vi"
