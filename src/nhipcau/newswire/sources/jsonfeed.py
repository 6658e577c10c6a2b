"""JSON Feed, versions 1 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from nhipcau.newswire.calendars import calendar_of
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources.addresses import entry_address, is_web_address
from nhipcau.newswire.sources.dates import parse_date
from nhipcau.newswire.sources.entries import Enclosure, Entry, as_html, plain, told_apart
from nhipcau.newswire.sources.feedtext import absolute, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


#: Objects and lists of a feed at most: each takes some 60 bytes without what is in it.
MAX_NODES = 1_000_000


def parse_json_feed(raw: bytes, *, base: str) -> tuple[list[Entry], Sentence | None]:
    """The entries of a feed, and what was wrong with it. An item that is no object is left out and named."""
    if raw.count(b"{") + raw.count(b"[") > MAX_NODES:
        return [], Sentence("It holds more objects than a feed of its kind: it was not read.")
    try:
        feed = json.loads(raw.decode("utf-8-sig"))
        items = feed["items"]
    except (ValueError, RecursionError, KeyError, TypeError):
        return [], Sentence("It is not a JSON feed, or not a complete one.")
    if not isinstance(items, list):
        return [], Sentence("It is not a JSON feed, or not a complete one.")
    language = _text(feed.get("language"))
    objects = [item for item in items if isinstance(item, dict)]
    entries = [_entry(item, i, base, language) for i, item in enumerate(items, 1) if isinstance(item, dict)]
    left_out = len(items) - len(entries)
    problem = Sentence("Items that are no objects were left out: {count}.", count=left_out) if left_out else None
    placed = told_apart(
        [entry.url for entry in entries],
        lambda i: (entries[i].identifier, _date(objects[i]), entries[i].title or "", entries[i].body),
    )
    pairs = zip(entries, placed, strict=True)
    return [dataclasses.replace(entry, url=url, name=name) for entry, (url, name) in pairs], problem


def _entry(item: Mapping[str, Any], number: int, base: str, language: str) -> Entry:
    identifier = _identifier(item)
    link = _text(item.get("url")) or (identifier if is_web_address(identifier) else "")
    spoken = _text(item.get("language")) or language or None
    calendar = calendar_of(spoken)
    content = absolute(_text(item.get("content_html")), base) or as_html(_text(item.get("content_text")))
    return Entry(
        number=number,
        url=entry_address(link, base) or entry_address(_text(item.get("external_url")), base),
        identifier=identifier,
        title=plain(_text(item.get("title"))),
        published_at=parse_date(_date(item), calendar),
        updated_at=parse_date(_text(item.get("date_modified")), calendar),
        byline=_authors(item),
        summary=as_html(_text(item.get("summary"))) or content,
        content=content,
        enclosures=tuple(_attachments(item, base)),
        image=joined(base, _text(item.get("image")) or _text(item.get("banner_image"))) or None,
        language=spoken,
    )


def _identifier(item: Mapping[str, Any]) -> str:
    """Version 1 allowed numbers."""
    given = item.get("id")
    return _text(given) or (str(given) if isinstance(given, int | float) else "")


def _date(item: Mapping[str, Any]) -> str:
    return _text(item.get("date_published")) or _text(item.get("date_modified"))


def _attachments(item: Mapping[str, Any], base: str) -> Iterator[Enclosure]:
    listed = item.get("attachments")
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict) and (address := joined(base, _text(one.get("url")).strip())):
            size = one.get("size_in_bytes")
            yield Enclosure(
                url=address, kind=_text(one.get("mime_type")), length=str(size) if isinstance(size, int) else ""
            )


def _authors(item: Mapping[str, Any]) -> str | None:
    """All authors in their order; version 1 had one."""
    listed = item.get("authors")
    authors = listed if isinstance(listed, list) else [item.get("author")]
    names = (plain(author.get("name")) for author in authors if isinstance(author, dict))
    return ", ".join(name for name in names if name) or None


def _text(value: object) -> str:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
