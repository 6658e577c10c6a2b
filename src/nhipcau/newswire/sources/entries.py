"""What a feed or a sitemap lists: one entry for each article, and the document made from it."""

from __future__ import annotations

import dataclasses
import hashlib
import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.newswire.records import Document, Outlet
from nhipcau.newswire.sources.addresses import is_web_address

if TYPE_CHECKING:
    from datetime import datetime

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
_BLOCK = re.compile(r"<(p|div|br|li|h[1-6]|table|blockquote|section|article|pre)\b", re.IGNORECASE)
_MAILBOX = re.compile(r"\s*<?[\w.+-]+@[\w.-]+\w>?\s*", re.ASCII)


#: A title or an author line is not longer; the bound keeps the patterns quick on hostile ones.
MAX_LINE = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a list.

    Attributes:
        number: its place in the list, from 1.
        url: its address without tracking parameters; ``None`` where it gives none, or none of its own.
        name: made of its own identifier, or of what it says; stands for the address where that is missing.
        body: its content or summary as HTML; empty where it has none.
        published_at: UTC; of an update where nothing says when it was published.
        language: as the list says.
    """

    number: int
    url: str | None = None
    name: str = ""
    title: str | None = None
    published_at: datetime | None = None
    byline: str | None = None
    body: str = ""
    language: str | None = None

    def address(self, base: str) -> str:
        """What the entry is known by from one visit to the next, and its document's address.

        An entry without an address of its own is a place in the page it shares with others, or in the list itself.
        """
        return self.url or (self.name if is_web_address(self.name) else f"{base}#{self.name}")


def told_apart(entries: list[Entry]) -> list[Entry]:
    """Different entries that give one address, as diaries and change logs do, become places in that page."""
    sharing: dict[str, set[str]] = {}
    for entry in entries:
        if entry.url:
            sharing.setdefault(entry.url, set()).add(entry.name)
    return [
        dataclasses.replace(entry, url=None, name=f"{entry.url}#{entry.name}")
        if entry.url and len(sharing[entry.url]) > 1
        else entry
        for entry in entries
    ]


def made_name(identifier: str, *parts: str) -> str:
    """A short name for an entry: of its identifier, or where it has none of what it says."""
    told = [identifier] if identifier else ["", *parts]
    return hashlib.blake2b("\0".join(told).encode("utf-8", "replace"), digest_size=8).hexdigest()


def plain(text: object) -> str | None:
    """A line of text from what may hold markup: tags gone, characters resolved, one space between words."""
    if not isinstance(text, str):
        return None
    text = text[:MAX_LINE]
    without_tags = _TAG.sub(" ", text) if "<" in text else text
    return " ".join(html.unescape(without_tags).split()) or None


def byline(text: object) -> str | None:
    """An author line without mail addresses: RSS asks for one, readers of a digest have no use for it."""
    line = plain(text)
    if line is None:
        return None
    named = _MAILBOX.sub(" ", line).strip()
    if named.startswith("(") and named.endswith(")"):
        named = named[1:-1]
    return " ".join(named.split()) or None


def as_html(text: str) -> str:
    """Plain text as paragraphs."""
    return "".join(f"<p>{html.escape(part, quote=False)}</p>\n" for part in re.split(r"\n\s*\n", text) if part.strip())


def own_document(
    entry: Entry, *, url: str, origin: str, outlet: Outlet | None = None, served: str | None = None
) -> Document:
    """The entry's own content as a page; what the list says about it goes along.

    ``served`` is the ``Date`` header that the list came with: nothing in it is from after that.
    """
    body = entry.body if _BLOCK.search(entry.body) or not entry.body.strip() else f"<p>{entry.body}</p>"
    page = (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{html.escape(entry.title or "")}</title></head>\n'
        f"<body><article>\n{body}\n</article></body></html>\n"
    )
    headers = {"content-type": "text/html; charset=utf-8"}
    if entry.language:
        headers["content-language"] = entry.language
    if served:
        headers["date"] = served
    return entry_document(
        entry, url=url, origin=origin, outlet=outlet, body=page.encode("utf-8", "replace"), headers=headers
    )


def entry_document(
    entry: Entry, *, url: str, origin: str, outlet: Outlet | None, body: bytes, headers: dict[str, str]
) -> Document:
    """A page, with what the list that led to it says."""
    return Document(
        url=url,
        body=body,
        headers=headers,
        origin=origin,
        title=entry.title,
        published_at=entry.published_at,
        byline=entry.byline,
        outlet=outlet,
    )
