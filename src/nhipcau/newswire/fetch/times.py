"""``Retry-After``: seconds, or a date."""

from __future__ import annotations

from email.utils import parsedate_to_datetime


def retry_after(value: str | None, date: str | None) -> float | None:
    """Seconds to wait by a ``Retry-After`` header (RFC 9110, 10.2.3), ``None`` where it says nothing readable.

    A date is counted from the server's own ``Date`` header, so neither side's wrong clock matters.
    """
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    try:
        then, now = parsedate_to_datetime(value), parsedate_to_datetime(date or "")
        return max((then - now).total_seconds(), 0.0)
    except (TypeError, ValueError, OverflowError):
        return None
