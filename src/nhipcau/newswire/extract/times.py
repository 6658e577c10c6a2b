"""When an article was published and last changed, and what said so.

No clock is read. A time without a zone is an outlet's local time: its day is kept and its minute is not, unless another
place on the page gives the same time with a zone. Thai and Persian pages count other years
(:mod:`nhipcau.newswire.calendars`).
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

from nhipcau.newswire.calendars import Calendar, calendar_of, common_date, spelled_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from nhipcau.newswire.extract.metadata import Page

#: Before this no page was on the web.
EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
#: How far a page's time may lie after the moment it was served: local times of zones ahead, clocks that are off.
AHEAD: Final = timedelta(days=2)
_LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)
_PUBLISHED_NAMES: Final = (
    "article:published_time", "article:published", "og:published_time", "og:article:published_time", "datepublished",
    "date_published", "publishdate", "publish-date", "published_time", "published-date", "publication_date",
    "publicationdate", "pubdate", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created",
    "dcterms.date", "dc.date", "citation_publication_date", "citation_date", "article_date_original",
    "originalpublicationdate", "rnews:datepublished", "date", "article:created", "created", "datecreated",
    "ptime", "pdate",
)  # fmt: skip
_MODIFIED_NAMES: Final = (
    "article:modified_time", "og:updated_time", "article:modified", "datemodified", "dcterms.modified",
    "dc.date.modified", "lastmod", "last-modified", "revision_date",
)  # fmt: skip
_TIME_ELEMENTS: Final = (
    ".//*[@itemprop='datePublished']",
    ".//time[@pubdate]",
    ".//time[contains(@class, 'publish') or contains(@class, 'entry-date') or contains(@class, 'posted')]",
    "(.//h1)[1]/following::time[@datetime]",
    ".//article//time[@datetime]",
    ".//time[@datetime]",
)
# Pages in other calendars leave out the machine's form.
_BARE_TIME: Final = ".//time"
_IN_ADDRESS: Final = re.compile(
    r"(?:^|[/_-])((?:19|20)\d\d)(?:([/_-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01]))(?=[/_.-]|[a-z]|$)", re.IGNORECASE
)
# Year first or day first, then perhaps an hour, then perhaps a zone. Month first is not read: it cannot be told apart.
_WRITTEN: Final = re.compile(
    r"\s*(?:(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})|(?P<y2>\d{4})(?P<m2>\d\d)(?P<d2>\d\d)(?!\d)"
    r"|(?P<d3>\d{1,2})\.\s?(?P<m3>\d{1,2})\.\s?(?P<y3>\d{4}))"
    r"(?:[T\s,-]{1,3}(?P<H>\d{1,2})[:.h]?(?P<M>\d\d)(?:[:.]?(?P<S>\d\d)(?:[.,:]\d{1,9})?)?)?"
    r"\s*(?P<zone>Z\b|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d\d)?\b|[A-Z]{3,5}\b)?",
    re.IGNORECASE,
)
# How far into the visible text a day in words is looked for, in pieces of text and in characters.
_PARTS, _LONGEST = 60, 2_000
_STAMP: Final = re.compile(r"1?\d{9}(?:\d{3})?")
_MILLISECONDS = 12  # digits from which such a number counts thousandths of seconds
# Zone names that mean one thing only.
_ZONES: Final = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "CET": 1, "WEST": 1, "CEST": 2, "EET": 2, "SAST": 2, "EEST": 3, "MSK": 3,
    "ICT": 7, "WIB": 7, "HKT": 8, "SGT": 8, "WITA": 8, "JST": 9, "KST": 9, "WIT": 9, "AEST": 10, "AEDT": 11,
    "NZST": 12, "NZDT": 13, "EDT": -4, "EST": -5, "PDT": -7, "PST": -8,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as it was written.

    ``wall`` is the time on the writer's clock (held as if in UTC), ``offset`` that clock's distance from UTC where it
    was given: without it only the day is known. ``to_the_day`` where no hour was given.
    """

    wall: datetime
    offset: timedelta | None
    to_the_day: bool

    @property
    def precision(self) -> str:
        """``minute``, or ``day``."""
        return "day" if self.to_the_day or self.offset is None else "minute"

    @property
    def utc(self) -> datetime:
        """The moment in UTC; a day as its 00:00."""
        if self.precision == "day":
            return self.wall.replace(hour=0, minute=0, second=0, microsecond=0)
        return self.wall - (self.offset or timedelta())


@dataclass(frozen=True, slots=True)
class Dating:
    """When published, in UTC; what said so (``json-ld``, ``meta``, ``time``, ``url``, ``text``); how exactly."""

    at: datetime | None = None
    source: str | None = None
    precision: str | None = None
    modified: datetime | None = None


def date_page(page: Page, *, address: str, served: str | None, visible: bool) -> Dating:
    """Both times of a page.

    Args:
        page: the page.
        address: its address, for a date in it.
        served: the response's ``Date`` header; a page is not from after it.
        visible: whether a date in the visible text may be the page's own; in a bare text it is one told of.
    """
    latest = latest_for(served)
    calendar = calendar_of(page.declared_language())
    found_in_page = _candidates(page, address, calendar)
    candidates = [(m, source) for m, source in found_in_page if m and EARLIEST <= m.utc <= latest]
    if not candidates:
        found = _from_text(page.tree, latest) if visible else None
        if found is None:
            return Dating(modified=_modified(page, latest, EARLIEST, calendar))
        candidates = [(found, "text")]
    moment, source = _sharpest(candidates)
    return Dating(moment.utc, source, moment.precision, _modified(page, latest, moment.utc, calendar))


def read_moment(value: Any, calendar: Calendar | None = None) -> Moment | None:
    """A time as pages and feeds write it: ISO 8601 and its relatives, e-mail form, or seconds since 1970.

    Args:
        value: as written.
        calendar: the calendar of the page's language, where it is not the common one.
    """
    text = str(value).strip()[:60] if isinstance(value, str | int) else ""
    found = _WRITTEN.match(text)
    try:
        if found:
            return _written(found, calendar)
        if _STAMP.fullmatch(text):
            return _exact(datetime.fromtimestamp(int(text[:-3] if len(text) >= _MILLISECONDS else text), UTC))
        moment = _exact(parsedate_to_datetime(text))
        day = common_date(moment.wall.year, moment.wall.month, moment.wall.day, calendar)
        wall = moment.wall.replace(year=day.year, month=day.month, day=day.day)
        return Moment(wall, moment.offset, moment.to_the_day)
    except (ValueError, TypeError, OverflowError, IndexError, OSError):
        return _spelled(text, calendar)


def _spelled(text: str, calendar: Calendar | None) -> Moment | None:
    """A day as Thai and Persian pages write it in words."""
    day = spelled_date(text, calendar)
    return None if day is None else Moment(datetime(day.year, day.month, day.day, tzinfo=UTC), None, to_the_day=True)


def _written(found: re.Match[str], calendar: Calendar | None) -> Moment:
    year, month, day = (int(found[name] or found[name + "2"] or found[name + "3"]) for name in ("y", "m", "d"))
    in_common = common_date(year, month, day, calendar)
    year, month, day = in_common.year, in_common.month, in_common.day
    if found["H"] is None:
        return Moment(datetime(year, month, day, tzinfo=UTC), None, to_the_day=True)
    wall = datetime(year, month, day, int(found["H"]), int(found["M"]), int(found["S"] or 0), tzinfo=UTC)
    return Moment(wall, _offset(found["zone"]), to_the_day=_is_midnight(wall))


def _exact(moment: datetime) -> Moment:
    wall = moment.replace(tzinfo=UTC, microsecond=0)
    return Moment(wall, moment.utcoffset(), to_the_day=_is_midnight(wall))


def _is_midnight(wall: datetime) -> bool:
    # Midnight to the second is a date that went through a field for times.
    return (wall.hour, wall.minute, wall.second) == (0, 0, 0)


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    zone = zone.upper()
    if zone in _ZONES:
        return timedelta(hours=_ZONES[zone])
    digits = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?", zone)
    if digits is None:
        return None
    distance = timedelta(hours=int(digits[2]), minutes=int(digits[3] or 0))
    if distance > timedelta(hours=14):
        return None
    return -distance if digits[1] == "-" else distance


def latest_for(served: str | None) -> datetime:
    """The last moment that something served then, by the ``Date`` header, may be from."""
    try:
        moment = parsedate_to_datetime(served or "")
        return min(moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC) + AHEAD, _LATEST)
    except (ValueError, TypeError, OverflowError):
        return _LATEST


def _candidates(page: Page, address: str, calendar: Calendar | None) -> Iterator[tuple[Moment | None, str]]:
    article = page.article
    for key in ("datePublished", "dateCreated", "uploadDate"):
        yield read_moment(article.get(key), calendar), "json-ld"
    if not article:
        for node in page.nodes:
            yield read_moment(node.get("datePublished"), calendar), "json-ld"
    for name in _PUBLISHED_NAMES:
        for content in page.meta.get(name, [])[:2]:
            yield read_moment(content, calendar), "meta"
    for path in (*_TIME_ELEMENTS, *([] if calendar is None else [_BARE_TIME])):
        for element in page.tree.xpath(path)[:1]:
            written = element.get("datetime") or element.get("content") or "".join(element.itertext())
            yield read_moment(written, calendar), "time"
            # A machine's form of it may be wrong where the words beside it are right.
            yield _spelled("".join(element.itertext())[:_LONGEST], calendar), "time"
    yield _from_address(address), "url"


def _from_address(address: str) -> Moment | None:
    found = _IN_ADDRESS.search(address.partition("?")[0])
    return read_moment("-".join(found.group(1, 3, 4))) if found else None


def _from_text(tree: HtmlElement, latest: datetime) -> Moment | None:
    """The day that htmldate reads off the visible page; the last resort, for it also finds days told of.

    It knows no Thai and no Persian months: those are looked for from the headline on.
    """
    headline = next(iter(tree.xpath("(.//h1)[1]")), None)
    parts = tree.itertext() if headline is None else headline.xpath("following::text()")
    named = _spelled(" ".join(itertools.islice(map(str, parts), _PARTS))[:_LONGEST], None)
    if named is not None and EARLIEST <= named.utc <= latest:
        return named
    from htmldate import find_date

    found = find_date(
        tree,
        extensive_search=False,
        original_date=True,
        min_date=EARLIEST.date().isoformat(),
        max_date=latest.date().isoformat(),
    )
    moment = read_moment(found)
    return moment if moment and EARLIEST <= moment.utc <= latest else None


def _sharpest(candidates: list[tuple[Moment, str]]) -> tuple[Moment, str]:
    """The first candidate; or one after it that says the same more exactly."""
    first, source = candidates[0]
    if first.precision == "minute":
        return first, source
    for other, from_where in candidates[1:]:
        if other.precision == "minute" and _says_the_same(first, other):
            return other, from_where
    return first, source


def _says_the_same(rough: Moment, exact: Moment) -> bool:
    if rough.to_the_day:
        return rough.wall.date() in {exact.wall.date(), exact.utc.date()}
    # A local time without its zone, and the same with it or in UTC; some places leave out the seconds.
    return any(abs(rough.wall - wall) < timedelta(minutes=1) for wall in (exact.wall, exact.utc))


def _modified(page: Page, latest: datetime, since: datetime, calendar: Calendar | None) -> datetime | None:
    written: list[Any] = [page.article.get("dateModified")]
    written += [page.meta[name][0] for name in _MODIFIED_NAMES if name in page.meta]
    moments = (read_moment(one, calendar) for one in written)
    return next((m.utc for m in moments if m and m.precision == "minute" and since <= m.utc <= latest), None)
