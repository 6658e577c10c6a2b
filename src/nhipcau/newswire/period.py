"""The period a digest is asked for, in the calendar of Viet Nam."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from nhipcau.newswire.errors import RunError
from nhipcau.newswire.sentences import Sentence

if TYPE_CHECKING:
    from nhipcau.newswire.records import Article

#: Asia/Ho_Chi_Minh has stood at UTC+7 without daylight saving since 13 June 1975.
VIETNAM = timezone(timedelta(hours=7))
ONE_DAY = timedelta(days=1)


@dataclasses.dataclass(frozen=True, slots=True)
class Period:
    """From ``since`` to ``until``, both inclusive and in UTC; ``None`` leaves that side open."""

    since: datetime | None = None
    until: datetime | None = None

    def holds(self, article: Article) -> bool | None:
        """Whether the article was published inside; ``None`` where it is undated and that was asked.

        An article dated only by its day is inside where any part of that day, in Viet Nam, is.
        """
        if self.since is None and self.until is None:
            return True
        first = article.published_at
        if first is None:
            return None
        last = first
        if article.published_precision == "day":
            first = datetime.combine(first.astimezone(UTC).date(), time.min, VIETNAM)
            last = first + ONE_DAY - timedelta(microseconds=1)
        return (self.since is None or last >= self.since) and (self.until is None or first <= self.until)


def _instant(value: str | date | datetime, *, end: bool) -> datetime:
    """A moment in UTC; a date means its first, or with ``end`` its last, moment. Without a zone it is Viet Nam's."""
    given = value
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value) if len(value) <= len("2026-11-22") else datetime.fromisoformat(value)
        except ValueError as error:
            raise RunError(_not_a_date(given)) from error
    if not isinstance(value, datetime):
        value = datetime.combine(value, time.max if end else time.min, VIETNAM)
    try:
        return (value if value.tzinfo else value.replace(tzinfo=VIETNAM)).astimezone(UTC)
    except OverflowError as error:
        raise RunError(_not_a_date(given)) from error


def _not_a_date(value: object) -> Sentence:
    return Sentence("“{value}” is no date: write 2026-11-22, or 2026-11-22T08:00.", value=value)


def asked_period(since: str | date | datetime | None, until: str | date | datetime | None) -> Period:
    """The period between two dates (``2026-11-22``, in Viet Nam, inclusive) or ISO 8601 times.

    Raises:
        RunError: a value cannot be read, or the period ends before it begins.
    """
    first = None if since is None else _instant(since, end=False)
    last = None if until is None else _instant(until, end=True)
    if first is not None and last is not None and last < first:
        raise RunError(Sentence("The period ends ({until}) before it begins ({since}).", since=since, until=until))
    return Period(first, last)
