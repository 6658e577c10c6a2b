"""What a feed or a sitemap lists: one entry for each article, and the document made from it."""

from __future__ import annotations

import hashlib
import html
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.newswire.records import Document, Outlet
from nhipcau.newswire.sources.addresses import is_web_address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

# None of these looks behind its own next beginning, so that many beginnings without an end cost no more than one.
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--(?:[^<]|<(?!!--))*?-->")
# What is between the tags of scripts and styles is no text.
_HIDDEN = re.compile(r"<(script|style)\b[^<>]*>(?:[^<]|<(?!/?\1\b))*</\1\s*>", re.IGNORECASE)
_BLOCK = re.compile(r"<(p|div|br|li|h[1-6]|table|blockquote|section|article|pre)\b", re.IGNORECASE)
_MAILBOX = re.compile(r"\s*<?[\w.+-]+@[\w.-]+\w>?\s*", re.ASCII)


#: A title or an author line is not longer; the bound keeps the patterns quick on hostile ones.
MAX_LINE = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that belongs to an entry: ``kind`` is its media type, ``length`` its bytes, both as the list says.

    Of a sitemap's pictures and videos no more is known than ``image`` or ``video``.
    """

    url: str
    kind: str = ""
    length: str = ""


@dataclass(slots=True, kw_only=True)  # not frozen: thousands are made of a list, and that takes four times as long
class Entry:
    """One entry of a list.

    Attributes:
        number: its place in the list, from 1.
        url: its address without tracking parameters; ``None`` where it gives none, or none of its own.
        name: made of its own identifier, or of what it says; stands for the address where that is missing, else empty.
        identifier: as the list gives it, ``guid`` or ``id``; empty where it gives none.
        summary, content: HTML with whole addresses; empty where it has none. A content alone is the summary too.
        published_at: UTC; of an update where nothing says when it was published.
        updated_at: UTC, of its last change as the list says.
        language: as the list says.
        image: absolute address of its picture.
    """

    number: int
    url: str | None = None
    name: str = ""
    title: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    byline: str | None = None
    identifier: str = ""
    summary: str = ""
    content: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    image: str | None = None
    language: str | None = None

    @property
    def body(self) -> str:
        """Its content, or else its summary."""
        return self.content or self.summary

    @property
    def mark(self) -> str:
        """A short name of what the list says of the entry now: another one, and its page has changed.

        Its time of change, its title and the words of its summary; no address in it, for those are counted and traced.
        """
        changed = self.updated_at.isoformat() if self.updated_at else ""
        return made_name(changed, plain(self.title) or "", plain(self.summary or self.content) or "")

    def address(self, base: str) -> str:
        """What the entry is known by from one visit to the next, and its document's address.

        An entry without an address of its own is a place in the page it shares with others, or in the list itself.
        """
        return self.url or (self.name if is_web_address(self.name) else f"{base}#{self.name}")


def told_apart(urls: Sequence[str | None], said: Callable[[int], tuple[str, ...]]) -> list[tuple[str | None, str]]:
    """The address and the name of each entry, so that entries that say different things are different.

    ``said`` gives what the entry at a place in the list says: identifier, date as written, title, text. An address that
    several entries give, as diaries and change logs do, is that of none of them: they become places in that page. A
    name is made of the identifier, else the date, else the title, else the text, and of as many more of them as tell
    an entry from others that say something else: it stays when a title or a text is edited.
    """
    sharing = Counter(urls)
    told = {i: (url or "", *said(i)) for i, url in enumerate(urls) if url is None or sharing[url] > 1}
    told = {i: parts[:2] if parts[0] and parts[1] else parts for i, parts in told.items()}
    meant: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for parts in told.values():
        for length in range(1, len(parts) + 1):
            meant.setdefault(parts[:length], set()).add(parts)
    found: list[tuple[str | None, str]] = [(url, "") for url in urls]
    for i, parts in told.items():
        name = _name(parts, meant)
        if not parts[0]:
            found[i] = (None, name)
        elif len(meant[parts[:1]]) > 1:
            found[i] = (None, f"{parts[0]}#{name}")
    return found


def _name(parts: tuple[str, ...], meant: dict[tuple[str, ...], set[tuple[str, ...]]]) -> str:
    least = next((n for n, part in enumerate(parts[1:], 2) if part), len(parts))
    enough = next((n for n in range(least, len(parts)) if len(meant[parts[:n]]) == 1), len(parts))
    return made_name(*parts[1:enough])


def made_name(identifier: str, *parts: str) -> str:
    """A short name of what tells an entry from the others."""
    told = [identifier, *parts]
    return hashlib.blake2b("\0".join(told).encode("utf-8", "replace"), digest_size=8).hexdigest()


def plain(text: object) -> str | None:
    """A line of text from what may hold markup: tags gone, characters resolved, one space between words."""
    if not isinstance(text, str):
        return None
    text = text[:MAX_LINE]
    if "<" not in text and "&" not in text:
        return " ".join(text.split()) or None
    without_tags = _TAG.sub(" ", _HIDDEN.sub(" ", text)) if "<" in text else text
    return " ".join(html.unescape(without_tags).split()) or None


def byline(text: object) -> str | None:
    """An author line without mail addresses: RSS asks for one, readers of a digest have no use for it."""
    line = plain(text)
    if line is None:
        return None
    named = _MAILBOX.sub(" ", line).strip() if "@" in line else line
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
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{html.escape(entry.title or "")}</title>'
        f"{_about(entry)}</head>\n"
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


def _about(entry: Entry) -> str:
    """What the list says of the entry and a document has no field for, as a page would say it."""
    changed = entry.updated_at.isoformat() if entry.updated_at else ""
    said = {"og:image": entry.image, "article:modified_time": changed}
    return "".join(f'<meta property="{name}" content="{html.escape(value)}">' for name, value in said.items() if value)


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
        image=entry.image,
    )
