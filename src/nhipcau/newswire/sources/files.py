"""One local file of a known kind, read without the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.newswire.fetch.decoding import OverLimitError
from nhipcau.newswire.records import Article, Document, InputProblem, Rejection
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources import pages
from nhipcau.newswire.sources.addresses import file_address
from nhipcau.newswire.sources.archive import read_archive
from nhipcau.newswire.sources.entries import own_document
from nhipcau.newswire.sources.feeds import parse_feed
from nhipcau.newswire.sources.kinds import Kind, read_whole
from nhipcau.newswire.sources.table import read_json_lines, read_parquet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nhipcau.newswire.sources.revisits import Revisits

Item = Document | Article | Rejection | InputProblem
#: The largest feed, sitemap or list: what the sitemap standard allows one file (sitemaps.org).
MAX_LIST = 52_428_800


def read_file(path: Path, kind: Kind, *, name: str, inside: str, revisits: Revisits | None = None) -> Iterator[Item]:
    """The items of a file; ``inside`` is its path inside the input, ``revisits`` see :func:`.archive.read_archive`.

    Raises ``OSError``.
    """
    match kind:
        case Kind.ARCHIVE:
            yield from read_archive(path, name=name, revisits=revisits)
        case Kind.JSON_LINES:
            yield from read_json_lines(path, name=name)
        case Kind.PARQUET:
            yield from read_parquet(path, name=name)
        case Kind.FEED:
            yield from _feed(path, name=name, inside=inside)
        case Kind.PAGE:
            yield _page(path, name=name, inside=inside)
        case Kind.EMPTY if path.suffix.lower() not in {".html", ".htm", ".xhtml"}:
            yield InputProblem(source=name, message=Sentence("The file is empty."))
        case Kind.EMPTY:
            yield _page(path, name=name, inside=inside)
        case _:
            why = Sentence(
                "It is none of what can be read here: a feed, a sitemap, an OPML file, a WARC or ARC archive, a folder "
                "or a file of pages, a table in JSON Lines (one object on each line) or Parquet."
            )
            yield InputProblem(source=name, message=why)


def too_large(name: str, limit: int) -> InputProblem:
    """A file over its cap."""
    return InputProblem(source=name, message=Sentence("It is larger than {limit} bytes, unpacked.", limit=limit))


def _feed(path: Path, *, name: str, inside: str) -> Iterator[Item]:
    """The entries of a feed, each with its own content: a file is read offline."""
    try:
        raw = read_whole(path, limit=MAX_LIST)
    except OverLimitError:
        yield too_large(name, MAX_LIST)
        return
    feed = parse_feed(raw, base="")
    for entry in feed.entries:
        yield own_document(entry, url=entry.address(file_address(inside)), origin=f"{name}:{entry.number}")
    if feed.problem is not None:
        yield InputProblem(source=name, message=feed.problem)


def _page(path: Path, *, name: str, inside: str) -> Document | Rejection:
    try:
        body = read_whole(path, limit=pages.MAX_BYTES)
    except OverLimitError:
        why = Sentence("The page is larger than {limit} bytes.", limit=pages.MAX_BYTES)
        return Rejection(url=file_address(inside), origin=name, reason="unreadable", detail=why)
    return pages.page_file(body, path=inside, origin=name)
