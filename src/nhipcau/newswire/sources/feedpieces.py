"""A broken feed in pieces: where its entries start, and each of them as a document of its own."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from nhipcau.newswire.sources.xmltext import outside_cdata

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENED = re.compile(r"<(?:[\w.-]{1,40}:)?(?P<name>item|entry)(?![A-Za-z0-9_.:-])", re.IGNORECASE)
_TAG = re.compile(r"<[\w.:-]{1,80}(?:\s[^<>]*)?>")
_SWALLOWED = re.compile(
    r"<(?:item|entry)(?:\s[^<>]{0,400})?>\s{0,200}<(?:title|link|guid|id|pubDate|description|author|updated|published)[\s>]",
    re.IGNORECASE,
)
_ROOT = re.compile(r"<[\w.:-]{1,80}(?:\s[^<>]{0,8000})?>")


def opened_at(text: str, *, most: int) -> list[int]:
    """Where the first entries start, outside CDATA sections and comments.

    A section in which an entry and its first element start lacks its end: HTML inside would have them escaped.
    """
    starts: list[int] = []
    spans = outside_cdata(text)
    for (start, hidden), (shown, _) in zip(spans, [*spans[1:], (len(text), 0)], strict=True):
        starts += [found.start() for found in islice(_OPENED.finditer(text, start, hidden), most - len(starts))]
        starts += [found.start() for found in islice(_SWALLOWED.finditer(text, hidden, shown), most - len(starts))]
    return starts


def pieces(text: str, starts: list[int]) -> Iterator[str]:
    """Each entry inside the tag of the document's root, which declares its namespaces.

    An entry ends at its last end tag before the next one starts; where it has none, at that start.
    """
    root = _ROOT.search(text)
    opening = root.group() if root and not root.group().endswith("/>") else "<rss>"
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        found = _OPENED.match(text, start)
        name = found.group()[1:] if found else "item"
        closed = text.rfind(f"</{name}", start, end)
        after = text.find(">", closed, end) + 1 if closed >= 0 else 0
        piece = text[start : after or end]
        tag = _TAG.match(piece)
        inside = piece[tag.end() :] if tag else piece[1:][piece[1:].find("<") :]
        yield f"{opening}{tag.group() if tag else f'<{name}>'}{_closed(inside)}"


def _closed(piece: str) -> str:
    """A piece whose last CDATA section ends, at the next end tag where it has no end of its own."""
    section = piece.rfind("<![CDATA[")
    if section < 0 or piece.find("]]>", section) >= 0 or (end := piece.find("</", section)) < 0:
        return piece
    return f"{piece[:end]}]]>{piece[end:]}"
