"""When an article was published and last changed, and what said so.

No clock is read. A time without a zone is an outlet's local time: its day is kept and its minute is not, unless another
place on the page gives the same time with a zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

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
    latest = _latest(served)
    candidates = [(m, source) for m, source in _candidates(page, address) if m and EARLIEST <= m.utc <= latest]
    if not candidates:
        found = _from_text(page.tree, latest) if visible else None
        if found is None:
            return Dating(modified=_modified(page, latest, since=EARLIEST))
        candidates = [(found, "text")]
    moment, source = _sharpest(candidates)
    return Dating(moment.utc, source, moment.precision, _modified(page, latest, since=moment.utc))


def read_moment(value: Any) -> Moment | None:
    """A time as pages and feeds write it: ISO 8601 and its relatives, e-mail form, or seconds since 1970."""
    text = str(value).strip()[:60] if isinstance(value, str | int) else ""
    found = _WRITTEN.match(text)
    try:
        if found:
            return _written(found)
        if _STAMP.fullmatch(text):
            return _exact(datetime.fromtimestamp(int(text[:-3] if len(text) >= _MILLISECONDS else text), UTC))
        return _exact(parsedate_to_datetime(text))
    except (ValueError, TypeError, OverflowError, IndexError, OSError):
        return None


def _written(found: re.Match[str]) -> Moment:
    year, month, day = (int(found[name] or found[name + "2"] or found[name + "3"]) for name in ("y", "m", "d"))
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


def _latest(served: str | None) -> datetime:
    try:
        moment = parsedate_to_datetime(served or "")
        return min(moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC) + AHEAD, _LATEST)
    except (ValueError, TypeError, OverflowError):
        return _LATEST


def _candidates(page: Page, address: str) -> Iterator[tuple[Moment | None, str]]:
    article = page.article
    for key in ("datePublished", "dateCreated", "uploadDate"):
        yield read_moment(article.get(key)), "json-ld"
    if not article:
        for node in page.nodes:
            yield read_moment(node.get("datePublished")), "json-ld"
    for name in _PUBLISHED_NAMES:
        for content in page.meta.get(name, [])[:2]:
            yield read_moment(content), "meta"
    for path in _TIME_ELEMENTS:
        for element in page.tree.xpath(path)[:1]:
            written = element.get("datetime") or element.get("content") or "".join(element.itertext())
            yield read_moment(written), "time"
    yield _from_address(address), "url"


def _from_address(address: str) -> Moment | None:
    found = _IN_ADDRESS.search(address.partition("?")[0])
    return read_moment("-".join(found.group(1, 3, 4))) if found else None


def _from_text(tree: HtmlElement, latest: datetime) -> Moment | None:
    """The day that htmldate reads off the visible page; the last resort, for it also finds days told of."""
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


def _modified(page: Page, latest: datetime, *, since: datetime) -> datetime | None:
    written: list[Any] = [page.article.get("dateModified")]
    written += [page.meta[name][0] for name in _MODIFIED_NAMES if name in page.meta]
    moments = (read_moment(one) for one in written)
    return next((m.utc for m in moments if m and m.precision == "minute" and since <= m.utc <= latest), None)
