"""Dates as feeds, sitemaps and tables write them, to UTC.

Only what the text says counts: nothing is filled in from today, so the same feed gives the same dates on any day. (That
is why the parsers' own dates are not used: they complete "10:00" or "yesterday" with the clock.)
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from nhipcau.newswire.calendars import LAST, Calendar, common_date, spelled_date

_MONTHS = {
    m: i for i, m in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}
# Hours east of UTC. RFC 822 and 9110 name the American ones and GMT; the rest stand in feeds of Europe and Asia.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2,
    "eet": 2, "eest": 3, "msk": 3, "ist": 5.5, "ict": 7, "wib": 7, "hkt": 8, "sgt": 8, "pht": 8, "awst": 8, "jst": 9,
    "kst": 9, "acst": 9.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "brt": -3, "art": -3, "ast": -4, "adt": -3,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4})"
_NAME = r"(?P<name>[a-z]{3,9})\.?"
_WEEKDAY = r"(?:[^\d,]{1,25},\s*|[a-z]{2,9}\.?\s+)?"
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
_ZONE = r"\s*(?P<zone>[a-z]{1,5})?\s*(?P<offset>[+-]\d{1,2}(?::?\d{2})?)?(?:\s*\([^)]*\))?"
_AT = rf"(?:[\s,]+(?:at\s+)?{_TIME}{_ZONE})?"
# ISO 8601 and W3CDTF (2026-11-22T14:05:00+07:00), also with a space, slashes or no time.
_ISO = rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.]{_DAY}(?:(?:t|,?\s+){_TIME}{_ZONE})?"
# The same without separators: 20261122T140500Z.
_CLOCK = r"(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>z)?(?P<offset>[+-]\d{2}:?\d{2})?"
_COMPACT = rf"{_YEAR}(?P<month>\d{{2}})(?P<day>\d{{2}})(?:t?{_CLOCK})?"
# RFC 822 and its relatives: Sun, 22 Nov 2026 14:05:00 +0700.
_MAIL = rf"{_WEEKDAY}{_DAY}[\s-]{_NAME}[\s,-]+(?P<year>\d{{4}}|\d\d){_AT}"
# November 22, 2026 2:05 PM.
_AMERICAN = rf"{_WEEKDAY}{_NAME}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}{_AT}"
# asctime: Sun Nov 22 14:05:00 2026.
_ASCTIME = rf"[a-z]{{3}}\s+{_NAME}\s+{_DAY}\s+{_TIME}{_ZONE}\s+{_YEAR}"
# The two forms that nearly all feeds use, to the letter: read without the others' freedoms, in a tenth of their time.
_EXACT_MAIL = re.compile(
    r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [0-2]\d:[0-5]\d:[0-5]\d (?:GMT|[+-][01]\d[0-5]\d)", re.ASCII
)
_EXACT_ISO = re.compile(r"\d{4}-\d\d-\d\dT[0-2]\d:[0-5]\d:[0-5]\d(?:Z|[+-][01]\d:[0-5]\d)", re.ASCII)
_FORMS = [re.compile(form, re.IGNORECASE) for form in (_ISO, _COMPACT, _MAIL, _AMERICAN, _ASCTIME)]
#: Longer texts are no dates; the bound keeps the patterns quick on hostile ones.
MAX_CHARACTERS = 80
#: What programs write where a date is missing, and what no newspaper on the web predates.
FIRST_YEAR = 1800
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse_date(text: str | None, calendar: Calendar | None = None) -> datetime | None:
    """A written date in UTC; ``None`` where it is no full date, or one after 2099.

    A day without a time is 00:00 UTC. A time without a zone, or in a zone nobody knows, is taken as UTC
    (RFC 5322, 4.3 for unknown zones). Years of two digits are read as in RFC 5322, 4.3. ``calendar`` is that of the
    list's language, where it is not the common one.
    """
    if not text:
        return None
    if calendar is None and (moment := _exact(text.strip())) is not None:
        return moment
    if len(text := " ".join(text.split())) > MAX_CHARACTERS:
        return None
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _moment(match.groupdict(), calendar)
    day = spelled_date(text, calendar)
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC)


def _exact(text: str) -> datetime | None:
    """A date in one of the two common forms; ``None`` leaves it to the others."""
    if _EXACT_ISO.fullmatch(text):
        pass
    elif _EXACT_MAIL.fullmatch(text):
        month = _MONTHS.get(text[8:11].lower(), 0)
        zone = "Z" if text.endswith("GMT") else text[26:]
        text = f"{text[12:16]}-{month:02}-{text[5:7]}T{text[17:25]}{zone}"
    else:
        return None
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if FIRST_YEAR < moment.year < LAST and moment.year != _EPOCH.year else None


def _moment(parts: dict[str, str | None], calendar: Calendar | None) -> datetime | None:
    try:
        name = parts.get("name")
        month = _MONTHS[name[:3].lower()] if name else int(parts["month"] or 0)
        common = common_date(_year(parts["year"] or ""), month, int(parts["day"] or 0), calendar)
        day = datetime(common.year, common.month, common.day, tzinfo=_zone(parts))
        moment = (day + _time_of_day(parts)).astimezone(UTC)
    except (KeyError, ValueError, OverflowError):
        return None
    return moment if FIRST_YEAR <= moment.year <= LAST and moment != _EPOCH else None


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:  # noqa: PLR2004 - two digits or four
        return year
    return year + (2000 if year < 50 else 1900)  # noqa: PLR2004 - RFC 5322, 4.3


def _time_of_day(parts: dict[str, str | None]) -> timedelta:
    """From midnight; 24:00 is the next day's, a leap second is the second before it."""
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    second = min(int(parts["second"] or 0), 59)
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half[0].lower() == "p" else 0)
    if hour > 24 or minute > 59:  # noqa: PLR2004 - the clock
        raise ValueError(parts)
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _zone(parts: dict[str, str | None]) -> timezone:
    hours = _ZONES.get((parts.get("zone") or "").lower(), 0)
    if offset := parts.get("offset"):
        digits = offset[1:].replace(":", "")
        minutes = int(digits[-2:]) if len(digits) > 2 else 0  # noqa: PLR2004 - hours alone
        size = int(digits[:-2] if len(digits) > 2 else digits) + minutes / 60  # noqa: PLR2004
        hours = -size if offset[0] == "-" else size
    return timezone(timedelta(hours=hours))
