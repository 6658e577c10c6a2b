"""What is due as an iCalendar file (RFC 5545): a day and a title for each, and nothing of its content."""

from __future__ import annotations

import hashlib
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from nhipcau.workspace.due import DueItem

#: Octets of a line, its end not counted; the next line goes on after a blank.
_LONGEST = 75


def calendar_of(items: Iterable[DueItem], *, now: datetime) -> bytes:
    """The items that have a day, each as an event of a whole day; ``now`` is aware."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Nhip Cau//vi",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(_('Due on Nhịp Cầu'))}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    for item in items:
        day = day_of(item)
        if day is not None:
            lines += _event(item, day, now)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def day_of(item: DueItem) -> date | None:
    """The day of an item, by the clock in which its time is given."""
    moment = item.by
    return None if moment is None else moment.date()


def _event(item: DueItem, day: date, now: datetime) -> list[str]:
    said = f"{item.title} ({item.doing})" if item.doing else str(item.title)
    # Known again by what it is and where it is done, so that a changed day moves it and does not double it.
    key = hashlib.sha256(f"{item.url}|{item.doing}".encode()).hexdigest()[:32]
    return [
        "BEGIN:VEVENT",
        f"UID:{key}@nhip-cau",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(said)}",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


def _text(words: str) -> str:
    """Words as a value: what ends a value or a line is escaped."""
    one = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(one.splitlines())


def _folded(line: str) -> bytes:
    """A line of at most 75 octets, gone on below; no letter is cut in two."""
    return b"\r\n ".join(_pieces(line)) + b"\r\n"


def _pieces(line: str) -> Iterator[bytes]:
    piece, room = b"", _LONGEST
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > room:
            yield piece
            piece, room = b"", _LONGEST - 1
        piece += octets
    yield piece
