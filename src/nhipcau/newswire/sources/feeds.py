"""RSS, Atom, RDF and JSON Feed.

A well-formed feed is read off its tree, and nothing of it can be lost. Of a broken one the tree holds what the parser
could mend; where that is fewer entries than the text has opening tags for, every entry is parsed by itself, and where
that too gives fewer, feedparser reads as well and what only one of them found is kept. All are given bytes, never an
address or a name of a file.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import feedparser

from nhipcau.newswire.calendars import calendar_of
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources.addresses import entry_address, is_web_address
from nhipcau.newswire.sources.dates import parse_date
from nhipcau.newswire.sources.entries import Enclosure, Entry, byline, plain, told_apart
from nhipcau.newswire.sources.feednames import element_name
from nhipcau.newswire.sources.feedpieces import opened_at, pieces
from nhipcau.newswire.sources.feedtext import joined
from nhipcau.newswire.sources.feedtree import FeedTree, Said
from nhipcau.newswire.sources.jsonfeed import parse_json_feed
from nhipcau.newswire.sources.xmltext import XmlText, clean_xml, malformed
from nhipcau.newswire.sources.xmltree import bounded, mended_tree, sound_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from lxml import etree

    from nhipcau.newswire.calendars import Calendar

ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
#: feedparser takes a second for a megabyte, and time that grows with the square of tags that nobody closes.
MAX_THOROUGH_BYTES, MAX_THOROUGH_TAGS = 2_000_000, 20_000
#: A feed with more is none that a reader subscribes to; each entry takes memory.
MAX_ENTRIES = 50_000


def _ranked(*names: str) -> dict[str, int]:
    return {name: rank for rank, name in enumerate(names)}


#: Which date of an entry counts, best first.
_PUBLISHED = _ranked(
    "pubdate", "published", "issued", "dcterms:issued", "dc:date", "date", "dcterms:created", "created"
)
_UPDATED = _ranked("updated", "modified", "dcterms:modified", "lastbuilddate", "lastmod", "dc:date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as read: ``problem`` says what was wrong with it; entries may be there all the same.

    ``about`` is the feed itself as an entry with the number 0; ``None`` where nothing could be read.
    """

    entries: tuple[Entry, ...] = ()
    problem: Sentence | None = None
    about: Entry | None = None


def parse_feed(raw: bytes, *, base: str, charset: str | None = None) -> Feed:
    """Read a feed. Never raises: what cannot be read is missing, and ``problem`` says so.

    ``base`` is the feed's address, for links without a host; ``charset`` is what its HTTP header said.
    """
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        entries, problem = parse_json_feed(raw, base=base)
        return Feed(entries=tuple(entries), problem=problem)
    raw, problem = bounded(raw)
    root = sound_tree(raw, charset=charset)
    if root is not None and element_name(root.tag, root.tag) in ROOTS:
        return _sound(root, raw, problem, base=base)
    return _mended(raw, problem, base=base, charset=charset)


def _sound(root: etree._Element, data: bytes, problem: Sentence | None, *, base: str) -> Feed:
    """A well-formed feed."""
    tree = FeedTree(root, base=base, sound=True, based=b"xml:base" in data)
    return _feed(tree.about, list(islice(tree.entries(), MAX_ENTRIES + 1)), problem, base=tree.base)


def _mended(raw: bytes, cut: Sentence | None, *, base: str, charset: str | None) -> Feed:
    """A feed that is not well-formed, or not written in UTF-8."""
    cleaned = clean_xml(raw, charset=charset, check=False)
    if cleaned.root == "html":
        return Feed(problem=Sentence("It is a web page, not a feed."))
    if cleaned.root not in ROOTS:
        return Feed(problem=Sentence("It is not a feed."))
    root, sound = mended_tree(cleaned.data)
    if root is not None and sound:
        return _sound(root, cleaned.data, cut or cleaned.problem, base=base)
    return _rescued(cleaned, root, cut or cleaned.problem or malformed(cleaned), base=base)


def _rescued(cleaned: XmlText, root: etree._Element | None, problem: Sentence | None, *, base: str) -> Feed:
    """A feed that cleaning did not mend: what the parser makes of the whole, or else of each entry by itself."""
    about, found, text = Said(), [], cleaned.data.decode()
    if root is not None:
        tree = FeedTree(root, base=base, sound=False, based=True)
        about, found, base = tree.about, list(islice(tree.entries(), MAX_ENTRIES + 1)), tree.base
    starts = opened_at(text, most=MAX_ENTRIES + 1)
    if len(found) < len(starts):
        found = max(found, list(_one_by_one(text, starts, base=base)), key=len)
    if len(found) < len(starts) and len(text) <= MAX_THOROUGH_BYTES and text.count("<") <= MAX_THOROUGH_TAGS:
        found = _union(found, _thoroughly(cleaned.data))
    if not found and root is None:
        return Feed(problem=problem or Sentence("It could not be read as a feed."))
    return _feed(about, found, problem, base=base)


def _one_by_one(text: str, starts: list[int], *, base: str) -> Iterator[Said]:
    """Each entry parsed by itself, inside the root's own tag: damage of one costs no other."""
    for piece in pieces(text, starts):
        root, _ = mended_tree(piece.encode())
        if root is not None:
            yield from FeedTree(root, base=base, sound=False, based=True).entries()


def _thoroughly(data: bytes) -> list[Said]:
    """What feedparser finds."""
    try:
        # A stream: given bytes, feedparser tries them as the name of a file first.
        feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
        return [_said(item) for item in feed.entries]
    except Exception:  # noqa: BLE001 - it meets hostile text, and may fail on it in any way
        return []


def _said(item: Mapping[str, Any]) -> Said:
    contents = [part["value"] for part in item.get("content") or () if isinstance(part.get("value"), str)]
    author = _text(item.get("author"))
    return Said(
        identifier=_text(item.get("id")),
        link=_text(item.get("link")),
        title=plain(_text(item.get("title"))),
        summary=_text(item.get("summary")),
        content=max(contents, key=len, default=""),
        dates={name: _text(item.get(name)) for name in ("published", "created", "updated") if name in item},
        authors={"author": [author]} if author else {},
        enclosures=[
            Enclosure(url=_text(one.get("href")), kind=_text(one.get("type")), length=_text(one.get("length")))
            for one in item.get("enclosures") or ()
            if one.get("href")
        ],
    )


def _union(first: list[Said], second: list[Said]) -> list[Said]:
    """The fuller reading, and from the other what shares neither identifier, link nor title with it."""
    fuller, other = (first, second) if len(first) >= len(second) else (second, first)
    told = {mark for said in fuller for mark in _marks(said)}
    return fuller + [said for said in other if not any(mark in told for mark in _marks(said))]


def _marks(said: Said) -> Iterable[tuple[str, str]]:
    marks = (("id", said.identifier), ("link", said.link), ("title", said.title or ""))
    return [mark for mark in marks if mark[1]] or [("body", said.content or said.summary)]


def _feed(about: Said, found: list[Said], problem: Sentence | None, *, base: str) -> Feed:
    if len(found) > MAX_ENTRIES:
        problem = Sentence("It has more than {limit} entries: the first were read.", limit=MAX_ENTRIES)
        found = found[:MAX_ENTRIES]
    placed = told_apart([_url(said, base) for said in found], lambda i: _telling(found[i], base))
    calendar = calendar_of(about.language)
    entries = [
        _entry(said, i, where, base=base, language=about.language, calendar=calendar)
        for i, (said, where) in enumerate(zip(found, placed, strict=True), 1)
    ]
    itself = _entry(about, 0, (_url(about, base), ""), base=base, language=None, calendar=calendar)
    return Feed(entries=tuple(entries), problem=problem, about=itself)


def _url(said: Said, base: str) -> str | None:
    link = said.original or said.link
    if not link and said.permalink and is_web_address(said.identifier):
        link = said.identifier
    return entry_address(link, base)


def _identifier(said: Said, base: str) -> str:
    return joined(base, said.identifier) if said.identifier.startswith("/") else said.identifier


def _telling(said: Said, base: str) -> tuple[str, str, str, str]:
    """What tells an entry from others."""
    date = next((said.dates[name] for name in (*_PUBLISHED, *_UPDATED) if said.dates.get(name)), "")
    return _identifier(said, base), date, said.title or "", said.content or said.summary


def _entry(
    said: Said,
    number: int,
    where: tuple[str | None, str],
    *,
    base: str,
    language: str | None,
    calendar: Calendar | None,
) -> Entry:
    """An entry; ``where`` are its address and name, ``language`` and ``calendar`` those of the feed."""
    if said.language:
        language, calendar = said.language, calendar_of(said.language)
    published, updated = _moment(said.dates, _PUBLISHED, calendar), _moment(said.dates, _UPDATED, calendar)
    return Entry(
        number=number,
        url=where[0],
        name=where[1],
        identifier=_identifier(said, base),
        title=said.title,
        published_at=published or updated,
        updated_at=updated,
        byline=byline(said.author) if said.authors else None,
        summary=said.summary,
        content=said.content,
        enclosures=tuple(said.enclosures),
        image=joined(base, said.image) or None,
        language=language,
    )


def _moment(dates: Mapping[str, str], names: Mapping[str, int], calendar: Calendar | None) -> datetime | None:
    """The first of these dates that is one."""
    given = [name for name in dates if name in names]
    for name in given if len(given) < 2 else sorted(given, key=names.__getitem__):  # noqa: PLR2004 - nearly all have one
        moment = parse_date(dates[name], calendar)
        if moment is not None:
            return moment
    return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
