"""Numbers and days as people type them into a cell: every way in which a text can be meant, no guess between two."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

_DAY = re.compile(r"(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d{4})")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]00:00(?::00)?)?")
_WHOLE = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:([., \u00a0\u202f'])\d{3})(?:\1\d{3})*)")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([., \u00a0\u202f'])\d{3})(?:\1\d{3})*([.,]\d+)?")
_MARKS = re.compile(r"[., \u00a0\u202f']")


def whole_in(text: str) -> int | None:
    """The whole number that a text says, groups of three or none; None where it says none."""
    return int(_MARKS.sub("", text)) if _WHOLE.fullmatch(text) else None


def numbers_in(text: str) -> tuple[Decimal, ...]:
    """The numbers that a text can mean: none, one, or two where its only sign may be of thousands or of decimals.

    ``1.234,5`` and ``1,234.5`` are clear; ``1.234`` is one thousand in Viet Nam and one point two elsewhere.
    """
    if found := _GROUPED.fullmatch(text):
        group, decimals = found[1], found[2] or ""
        grouped = not text.lstrip("+-").startswith("0")
        if grouped and text.count(group) == 1 and not decimals and group in ".,":
            return Decimal(text.replace(group, "")), Decimal(text.replace(",", "."))
        if grouped and not decimals.startswith(group):
            whole = text[: len(text) - len(decimals)].replace(group, "")
            return (Decimal(whole + decimals.replace(",", ".")),)
    return (Decimal(text.replace(",", ".")),) if _NUMBER.fullmatch(text) else ()


def day_in(text: str) -> date | None:
    """The day that a text says as 22/11/2026, 22-11-2026, 22.11.2026 or 2026-11-22; None where it says none."""
    found = _DAY.fullmatch(text) or _ISO.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
