"""RSS, Atom, RDF and JSON Feed.

fastfeedparser reads first; where it fails, or finds fewer entries than the text has opening tags for, feedparser reads
too, and what only one of them found is kept. Both are given bytes, never an address or a name of a file.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import fastfeedparser
import feedparser

from nhipcau.newswire.calendars import calendar_of
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources.addresses import entry_address, is_web_address
from nhipcau.newswire.sources.dates import parse_date
from nhipcau.newswire.sources.entries import Entry, as_html, byline, made_name, plain, told_apart
from nhipcau.newswire.sources.jsonfeed import parse_json_feed
from nhipcau.newswire.sources.xmltext import XmlText, clean_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
#: feedparser takes about a second for a megabyte; a broken feed larger than this is left to the quick reader alone.
SECOND_READER_MAX_BYTES = 4_000_000
# What matters for dates: an entry's opening tag, a date with its text, and what hides tags.
_TOKEN = re.compile(
    r"(?P<hidden><!\[CDATA\[|<!--)|<(?:[\w.-]+:)?(?:(?P<entry>item|entry)(?=[\s>/])"
    r"|(?P<name>pubdate|published|issued|date|created|updated|modified)(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[)?"
    r"(?P<date>[^<>\]]{4,80}))",
    re.IGNORECASE,
)
# What a feed says of its language: RSS in an element, Atom in an attribute of its root.
_LANGUAGE = re.compile(
    r"<(?:dc:)?language>\s*(?:<!\[CDATA\[)?\s*(?P<element>[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,3})\s*[<\]]"
    r"""|^<\?[^>]*>\s*<[^<>]*\sxml:lang=["'](?P<attribute>[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3})["']""",
    re.IGNORECASE,
)
_FEED_HEAD = 20_000
#: Which date of an entry counts, best first.
_DATES = ("pubdate", "published", "issued", "date", "created", "updated", "modified")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as read: ``problem`` says what was wrong with it; entries may be there all the same."""

    entries: tuple[Entry, ...] = ()
    problem: Sentence | None = None


def parse_feed(raw: bytes, *, base: str, charset: str | None = None) -> Feed:
    """Read a feed. Never raises: what cannot be read is missing, and ``problem`` says so.

    ``base`` is the feed's address, for links without a host; ``charset`` is what its HTTP header said.
    """
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        entries, problem = parse_json_feed(raw, base=base)
        return Feed(entries=tuple(told_apart(entries)), problem=problem)
    cleaned = clean_xml(raw, charset=charset)
    if cleaned.root == "html":
        return Feed(problem=Sentence("It is a web page, not a feed."))
    if cleaned.root not in ROOTS:
        return Feed(problem=Sentence("It is not a feed."))
    return _parse_xml(cleaned, base=base)


def _parse_xml(cleaned: XmlText, *, base: str) -> Feed:
    text = cleaned.data.decode()
    dates = _written_dates(text)
    found = _read(_quickly, cleaned.data)
    if (found is None or len(found) < len(dates)) and len(cleaned.data) <= SECOND_READER_MAX_BYTES:
        found = _union(found or [], _read(_thoroughly, cleaned.data) or [])
    if found is None:
        return Feed(problem=cleaned.problem or Sentence("It could not be read as a feed."))
    if len(dates) != len(found):
        dates = [None] * len(found)
    told = _LANGUAGE.search(text, 0, _FEED_HEAD)
    language = (told["element"] or told["attribute"]) if told else None
    pairs = zip(found, dates, strict=True)
    entries = [_entry(item, i, date, base=base, language=language) for i, (item, date) in enumerate(pairs, 1)]
    return Feed(entries=tuple(told_apart(entries)), problem=cleaned.problem)


@dataclass(frozen=True, slots=True)
class _Item:
    """What a parser says about one entry, as it says it."""

    identifier: str
    link: str
    title: str
    author: str
    body: str
    home: str
    date: str = ""


def _read(reader: Callable[[bytes], list[_Item]], data: bytes) -> list[_Item] | None:
    try:
        return reader(data)
    except Exception:  # noqa: BLE001 - the parsers meet hostile text, and either may fail on it in any way
        return None


def _quickly(data: bytes) -> list[_Item]:
    feed = fastfeedparser.parse(data, include_tags=False, include_media=False, include_enclosures=False)
    home = _home(feed.feed)
    return [
        _Item(
            identifier=_text(item.get("id")),
            link=_text(item.get("link")),
            title=_text(item.get("title")),
            author=_text(item.get("author")),
            body=_content(item) or _text(item.get("description")),
            home=home,
        )
        for item in feed.entries
    ]


def _thoroughly(data: bytes) -> list[_Item]:
    # A stream: given bytes, feedparser tries them as the name of a file first.
    feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
    home = _home(feed.feed)
    return [
        _Item(
            identifier=_text(item.get("id")),
            link=_text(item.get("link")),
            title=_text(item.get("title")),
            author=_text(item.get("author")),
            body=_content(item) or _text(item.get("summary")),
            home=home,
            date=next((_text(item.get(name)) for name in ("published", "created", "updated") if item.get(name)), ""),
        )
        for item in feed.entries
    ]


def _home(feed: Mapping[str, Any]) -> str:
    """An absolute address of the feed or its site, as the feed itself gives it."""
    given = [_text(feed.get("link")), *(_text(link.get("href")) for link in feed.get("links") or ())]
    return next((address for address in given if is_web_address(address)), "")


def _content(item: Mapping[str, Any]) -> str:
    """The longest content of an entry, as HTML."""
    parts = [part for part in item.get("content") or () if isinstance(part.get("value"), str)]
    best = max(parts, key=lambda part: len(part["value"]), default=None)
    if best is None:
        return ""
    return as_html(best["value"]) if best.get("type") in {"text", "text/plain"} else best["value"]


def _union(first: list[_Item], second: list[_Item]) -> list[_Item]:
    """The fuller reading, and from the other what shares neither identifier, link nor title with it."""
    fuller, other = (first, second) if len(first) >= len(second) else (second, first)
    told = {(name, value) for item in fuller for name, value in _marks(item)}
    return fuller + [item for item in other if not any(mark in told for mark in _marks(item))]


def _marks(item: _Item) -> Iterable[tuple[str, str]]:
    marks = (("id", item.identifier), ("link", item.link), ("title", item.title))
    return [mark for mark in marks if mark[1]] or [("body", item.body)]


def _written_dates(text: str) -> list[str | None]:
    """For each entry the text opens, its date as written.

    The quick parser gives dates already completed with today's clock, so they are taken from the text itself.
    """
    dates: list[dict[str, str]] = []
    position = 0
    while token := _TOKEN.search(text, position):
        position = token.end()
        if token["hidden"]:
            position = text.find("]]>" if token["hidden"] != "<!--" else "-->", position)
            if position < 0:
                break
        elif token["entry"]:
            dates.append({})
        elif dates:
            dates[-1].setdefault(token["name"].lower(), token["date"])
    return [next((date[name] for name in _DATES if name in date), None) for date in dates]


def _entry(item: _Item, number: int, written: str | None, *, base: str, language: str | None) -> Entry:
    link = item.link or (item.identifier if is_web_address(item.identifier) else "")
    url = entry_address(link, base if is_web_address(base) else item.home)
    calendar = calendar_of(language)
    return Entry(
        number=number,
        url=url,
        name=made_name(item.identifier, item.title, written or item.date, item.body),
        title=plain(item.title),
        published_at=parse_date(written, calendar) or parse_date(item.date, calendar),
        byline=byline(item.author),
        body=item.body,
        language=language,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
