"""What an input is, by its content; its name only decides where the content says nothing."""

from __future__ import annotations

import enum
import io
import json
import re
from typing import TYPE_CHECKING, BinaryIO

from nhipcau.newswire.fetch.decoding import DecodingError, OverLimitError, inflated, limited
from nhipcau.newswire.sources import feeds, sitemaps
from nhipcau.newswire.sources.pages import looks_like_html
from nhipcau.newswire.sources.xmltext import decode, find_root

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 65_536
_GZIP = b"\x1f\x8b"
# lz4 and zstd frames, and the skippable frame that carries a zstd dictionary, hold nothing but archives here.
_ARCHIVE_FRAMES = (b"\x04\x22\x4d\x18", b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")
# Text in 16 or 32 bits: with a byte order mark, or XML without one.
_WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff", b"<\0?\0", b"\0<\0?")
_BINARY_SEEN = 1_024
_ARCHIVE_START = re.compile(rb"WARC/[01]\.\d|filedesc://|\w+://\S+ [\d.]+ \d{14} \S+ \d+\n")
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
_BY_SUFFIX = re.compile(
    r"\.(?P<name>warc|arc|html?|xhtml|jsonl|ndjson|rss|atom|opml)(\.(gz|lz4|zst|bad))?$", re.IGNORECASE
)


class Kind(enum.Enum):
    """The kinds of input."""

    FEED = "feed"
    SITEMAP = "sitemap"
    OPML = "opml"
    ARCHIVE = "archive"
    JSON_LINES = "json lines"
    PARQUET = "parquet"
    PAGE = "page"
    EMPTY = "empty"
    UNKNOWN = "unknown"


_SUFFIX_KINDS = {
    "warc": Kind.ARCHIVE,
    "arc": Kind.ARCHIVE,
    "html": Kind.PAGE,
    "htm": Kind.PAGE,
    "xhtml": Kind.PAGE,
    "jsonl": Kind.JSON_LINES,
    "ndjson": Kind.JSON_LINES,
    "rss": Kind.FEED,
    "atom": Kind.FEED,
    "opml": Kind.OPML,
}


def kind_of(path: Path, name: str) -> Kind:
    """What a file is; ``name`` is what its name would say. Raises ``OSError``."""
    with path.open("rb") as file:
        return sniff(file, name)


def sniff(file: BinaryIO, name: str) -> Kind:
    """What a file is, from its first bytes, unpacked where it is gzip."""
    raw = file.read(HEAD)
    if not raw:
        return Kind.EMPTY
    if raw.startswith(b"PAR1"):
        return Kind.PARQUET
    head = _unpacked(raw) if raw.startswith(_GZIP) else raw
    if raw.startswith(_ARCHIVE_FRAMES) or _ARCHIVE_START.match(head):
        return Kind.ARCHIVE
    if b"\0" in head[:_BINARY_SEEN] and not head.startswith(_WIDE_TEXT):
        return _suffix_kind(name)
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if stripped.startswith(b"{"):
        return _json_kind(stripped)
    return _markup_kind(head) or _suffix_kind(name)


def _suffix_kind(name: str) -> Kind:
    found = _BY_SUFFIX.search(name)
    return _SUFFIX_KINDS[found["name"].lower()] if found else Kind.UNKNOWN


def _unpacked(raw: bytes) -> bytes:
    """The start of what a gzip file holds."""
    head = bytearray()
    try:
        for piece in limited(inflated([raw]), HEAD):
            head += piece
    except (DecodingError, OverLimitError):
        pass  # the head is cut on purpose
    return bytes(head)


def _json_kind(head: bytes) -> Kind:
    """A feed names its version, a table has one object on each line; JSON over several lines is neither."""
    if _JSON_FEED.search(head):
        return Kind.FEED
    first, newline, _ = head.partition(b"\n")
    try:
        row = json.loads(first)
    except (ValueError, RecursionError):
        # A line longer than the head, or one that is broken; an object over several lines starts with a short one.
        return Kind.UNKNOWN if newline and len(first.strip()) <= 1 else Kind.JSON_LINES
    return Kind.FEED if isinstance(row.get("items"), list) and "text" not in row else Kind.JSON_LINES


def _markup_kind(head: bytes) -> Kind | None:
    root, _ = find_root(decode(head)[0])
    if root in feeds.ROOTS:
        return Kind.FEED
    if root in sitemaps.ROOTS:
        return Kind.SITEMAP
    if root == "opml":
        return Kind.OPML
    return Kind.PAGE if root == "html" or looks_like_html(head) else None


def read_whole(path: Path, *, limit: int) -> bytes:
    """A file's content, unpacked where it is gzip; what can be had where it is damaged.

    Raises :class:`OverLimitError` over ``limit`` bytes, ``OSError`` where it cannot be read.
    """
    content = bytearray()
    with path.open("rb") as file:
        try:
            for piece in limited(inflated(iter(lambda: file.read(io.DEFAULT_BUFFER_SIZE * 8), b"")), limit):
                content += piece
        except DecodingError:
            pass
    return bytes(content)
