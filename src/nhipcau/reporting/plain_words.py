"""Words and numbers that recur in what the reporting room prints."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext

from nhipcau.reporting.queries.consolidated import trimmed
from nhipcau.text import format_date, format_number

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.reporting.comparing_periods import Compared
    from nhipcau.reporting.models import Campaign

_TENTH = Decimal("0.1")


def text_of(value: Decimal) -> str:
    """A number as decimal text, without zeros behind the point."""
    return f"{trimmed(value):f}"


def number_words(value: Decimal) -> str:
    """A number as the reader's language writes it."""
    return format_number(trimmed(value), get_language() or "vi")


def day_words(day: date) -> str:
    """A day as the reader's language writes it."""
    return format_date(day, get_language() or "vi")


def period_words(campaign: Campaign) -> str:
    """``Kỳ báo cáo: từ 15/12/2025 đến 14/12/2026``."""
    said = gettext("Reporting period: from %(begin)s to %(end)s")
    return said % {"begin": day_words(campaign.begin), "end": day_words(campaign.end)}


def change_of(now: Decimal, before: Decimal) -> str:
    """``+12 (+4,5 %)``; without a share where nothing was before."""
    change = now - before
    sign = "+" if change > 0 else "−" if change < 0 else ""
    said = f"{sign}{number_words(abs(change))}"
    if not before:
        return said
    share = (abs(change) * 100 / abs(before)).quantize(_TENTH, ROUND_HALF_UP)
    return f"{said} ({sign}{number_words(share)} %)"


def change_words(compared: Compared) -> str:
    """The change of what can be compared; that there is none where nothing can."""
    if compared.now is None or compared.before is None:
        return gettext("not comparable")
    said = change_of(compared.now, compared.before)
    # The totals of the two periods are then not of the same offices: the change is of those that are.
    return f"{said}*" if compared.without or compared.gone else said
