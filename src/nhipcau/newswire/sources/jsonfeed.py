"""JSON Feed, versions 1 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nhipcau.newswire.calendars import calendar_of
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources.addresses import entry_address, is_web_address
from nhipcau.newswire.sources.dates import parse_date
from nhipcau.newswire.sources.entries import Entry, as_html, made_name, plain

if TYPE_CHECKING:
    from collections.abc import Mapping


def parse_json_feed(raw: bytes, *, base: str) -> tuple[list[Entry], Sentence | None]:
    """The entries of a feed, and what was wrong with it. An item that is no object is left out and named."""
    try:
        feed = json.loads(raw.decode("utf-8-sig"))
        items = feed["items"]
    except (ValueError, RecursionError, KeyError, TypeError):
        return [], Sentence("It is not a JSON feed, or not a complete one.")
    if not isinstance(items, list):
        return [], Sentence("It is not a JSON feed, or not a complete one.")
    language = _text(feed.get("language"))
    entries = [_entry(item, i, base, language) for i, item in enumerate(items, 1) if isinstance(item, dict)]
    left_out = len(items) - len(entries)
    return entries, Sentence("Items that are no objects were left out: {count}.", count=left_out) if left_out else None


def _entry(item: Mapping[str, Any], number: int, base: str, language: str) -> Entry:
    identifier = str(item.get("id") or "")
    link = _text(item.get("url")) or (identifier if is_web_address(identifier) else "")
    url = entry_address(link, base) or entry_address(_text(item.get("external_url")), base)
    body = _text(item.get("content_html")) or as_html(_text(item.get("content_text")) or _text(item.get("summary")))
    spoken = _text(item.get("language")) or language or None
    title, date = _text(item.get("title")), _text(item.get("date_published")) or _text(item.get("date_modified"))
    return Entry(
        number=number,
        url=url,
        name=made_name(identifier, title, date, body),
        title=plain(title),
        published_at=parse_date(date, calendar_of(spoken)),
        byline=_authors(item),
        body=body,
        language=spoken,
    )


def _authors(item: Mapping[str, Any]) -> str | None:
    """All authors in their order; version 1 had one."""
    listed = item.get("authors")
    authors = listed if isinstance(listed, list) else [item.get("author")]
    names = (plain(author.get("name")) for author in authors if isinstance(author, dict))
    return ", ".join(name for name in names if name) or None


def _text(value: object) -> str:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
