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

from nhipcau.newswire.calendars import calendar_of
from nhipcau.newswire.extract.moments import on_clocks_of, read_moment, spelled, to_day
from nhipcau.newswire.extract.printed_day import days_in_scripts, days_on
from nhipcau.newswire.extract.surroundings import is_elsewhere
from nhipcau.newswire.extract.tree import attribute, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode as Node

    from nhipcau.newswire.calendars import Calendar
    from nhipcau.newswire.extract.metadata import Page
    from nhipcau.newswire.extract.moments import Moment

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
_PUBLISHED_CLASS: Final = re.compile("publish|entry-date|posted", re.IGNORECASE)
# After a day without signs between, Korean papers put the hour and a number: ``/A2026012914320005196``.
_IN_ADDRESS: Final = re.compile(
    r"(?:^|[/_-]|/[a-z]{1,3})((?:19|20)\d\d)(?:([/_-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01]))"
    r"(?=[/_.-]|[a-z]|$|(?:[01]\d|2[0-3])[0-5]\d{5,}(?:$|/))",
    re.IGNORECASE,
)
# Longer texts in an element for a time tell a story.
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Dating:
    """When published and changed, in UTC, and what said so (``json-ld``, ``meta``, ``time``, ``url``, ``text``).

    ``precision`` is ``minute`` or ``day``. ``zone`` is ``country`` where the time was written without its zone and the
    outlet's country has but one.
    """

    at: datetime | None = None
    source: str | None = None
    precision: str | None = None
    modified: datetime | None = None
    modified_source: str | None = None
    zone: str | None = None


def date_page(
    page: Page,
    *,
    address: str,
    served: str | None,
    visible: bool,
    country: str | None = None,
    title: str = "",
    language: str | None = None,
) -> Dating:
    """Both times of a page.

    Args:
        page: the page.
        address: its address, for a date in it.
        served: the response's ``Date`` header; a page is not from after it.
        visible: whether a date in the visible text may be the page's own; in a bare text it is one told of.
        country: where the outlet publishes from, as far as that is certain.
        title: its title, to know the headline by.
        language: what its text is written in; what it declares comes first.
    """
    latest = latest_for(served)
    calendar = calendar_of(page.declared_language())
    found_in_page = _candidates(page, address, calendar)
    candidates = [(m, said) for m, said in found_in_page if m and EARLIEST <= m.utc <= latest]
    if not candidates and visible:
        printed = _printed(page, latest, title=title, language=language)
        candidates = [(printed, "text")] if printed else []
    if not candidates:
        return Dating(**_modified(page, latest, EARLIEST, calendar))
    moment, said = _sharpest(candidates)
    placed = on_clocks_of(moment, country)
    zone = "country" if placed else None
    moment = placed or moment
    modified = _modified(page, latest, moment.utc, calendar)
    return Dating(moment.utc, said, moment.precision, zone=zone, **modified)


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
    for element in _time_elements(page, bare=calendar is not None):
        words = text_of(element)[:_LONGEST]
        yield read_moment(attribute(element, "datetime") or attribute(element, "content") or words, calendar), "time"
        # A machine's form of it may be wrong where the words beside it are right.
        yield spelled(words, calendar), "time"
    yield _from_address(address), "url"


def _time_elements(page: Page, *, bare: bool) -> Iterator[Node]:
    """The elements that hold the article's own time, the surest first; comments' and other stories' left out.

    ``bare``: those without a machine's form of it too, which pages in other calendars leave out.
    """
    own = page.elements("time")
    dated = [one for one in own if attribute(one, "datetime")]
    behind = {one.mem_id for one in page.behind_headline("time")} if own else set()
    yield from page.properties.get("datePublished", [])[:1]
    for chosen in (
        (one for one in own if "pubdate" in one.attributes),
        (one for one in own if _PUBLISHED_CLASS.search(attribute(one, "class"))),
        (one for one in dated if one.mem_id in behind),
        dated,
        own if bare else (),
    ):
        yield from itertools.islice((one for one in chosen if not is_elsewhere(one)), 1)


def _from_address(address: str) -> Moment | None:
    found = _IN_ADDRESS.search(address.partition("?")[0])
    return read_moment("-".join(found.group(1, 3, 4))) if found else None


def _printed(page: Page, latest: datetime, *, title: str, language: str | None) -> Moment | None:
    """The likeliest day that the page prints beside its article, or else one in the data of its scripts."""
    days = days_on(page, title=title, languages=dict.fromkeys((page.declared_language(), language)))
    moments = map(to_day, itertools.chain(days, days_in_scripts(page)))
    return next((moment for moment in moments if EARLIEST <= moment.utc <= latest), None)


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


def _modified(page: Page, latest: datetime, since: datetime, calendar: Calendar | None) -> dict[str, Any]:
    """When it was last changed, to the minute, and what said so, as fields of :class:`Dating`."""
    written: list[tuple[Any, str]] = [(page.article.get("dateModified"), "json-ld")]
    written += [(page.meta[name][0], "meta") for name in _MODIFIED_NAMES if name in page.meta]
    written += [
        (attribute(one, "datetime") or attribute(one, "content"), "time")
        for one in page.properties.get("dateModified", [])[:1]
    ]
    for one, said in written:
        moment = read_moment(one, calendar)
        if moment and moment.precision == "minute" and since <= moment.utc <= latest:
            return {"modified": moment.utc, "modified_source": said}
    return {}
