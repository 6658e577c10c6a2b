"""Any input, whatever it is, as a stream of records."""

from __future__ import annotations

import contextlib
import dataclasses
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from nhipcau.newswire.fetch import Fetcher, FetchError, Response
from nhipcau.newswire.fetch.decoding import OverLimitError
from nhipcau.newswire.records import Document, InputProblem
from nhipcau.newswire.sentences import Sentence, system_reason
from nhipcau.newswire.sources.addresses import is_web_address, without_credentials
from nhipcau.newswire.sources.collecting import FeedState, Listing, charset_of, collect, follow
from nhipcau.newswire.sources.files import MAX_LIST, Item, read_file, too_large
from nhipcau.newswire.sources.folder import read_folder
from nhipcau.newswire.sources.kinds import Kind, kind_of, read_whole
from nhipcau.newswire.sources.opml import Subscription, parse_opml

if TYPE_CHECKING:
    from collections.abc import Iterator

#: An archive or a table given by its address: as much as is fetched of it, in bytes and in seconds.
MAX_DOWNLOAD = 2_000_000_000
DOWNLOAD_SECONDS = 900.0


def open_input(source: str | Path, *, fetcher: Fetcher | None = None) -> Iterator[Item]:
    """The documents, articles and rejections of one input, in a fixed order, and what could not be read of it.

    ``source`` is a file, a folder, or an http(s) address of a file; what it is, is seen from its content. A local feed
    is read offline. An OPML file, a sitemap, and a feed given by its address are lists of addresses: every entry's
    page is fetched, with ``fetcher`` or else with one made for the purpose. Nothing raises for what is in a file; a
    problem is named and the rest goes on.
    """
    if isinstance(source, str) and is_web_address(source):
        with _at_hand(fetcher) as reader:
            yield from _from_address(source, reader)
        return
    path = Path(source)
    name = path.name or path.resolve().name
    try:
        if path.is_dir():
            yield from read_folder(path, name=name)
        elif path.is_file():
            yield from _from_file(path, name=name, fetcher=fetcher)
        elif path.exists():
            yield InputProblem(source=str(source), message=Sentence("It is neither a file nor a folder."))
        else:
            yield InputProblem(source=str(source), message=Sentence("There is no such file or folder."))
    except OSError as error:
        why = Sentence("It cannot be read: {why}", why=system_reason(error))
        yield InputProblem(source=str(source), message=why)
    except ValueError:  # a name that no file system takes
        yield InputProblem(source=str(source), message=Sentence("There is no such file or folder."))


@contextlib.contextmanager
def _at_hand(fetcher: Fetcher | None) -> Iterator[Fetcher]:
    if fetcher is not None:
        yield fetcher
        return
    with Fetcher() as made:
        yield made


def _from_file(path: Path, *, name: str, fetcher: Fetcher | None) -> Iterator[Item]:
    kind = kind_of(path, name)
    if kind not in {Kind.OPML, Kind.SITEMAP}:
        yield from read_file(path, kind, name=name, inside=name)
        return
    try:
        raw = read_whole(path, limit=MAX_LIST)
    except OverLimitError:
        yield too_large(name, MAX_LIST)
        return
    with _at_hand(fetcher) as reader:
        yield from _from_list(raw, kind, url=name, fetcher=reader)


def _from_list(
    raw: bytes, kind: Kind, *, url: str, fetcher: Fetcher, charset: str | None = None, served: str | None = None
) -> Iterator[Item]:
    """What a feed, a sitemap or an OPML file leads to; ``served`` is the ``Date`` header that it came with."""
    if kind is not Kind.OPML:
        listing = Listing(subscription=Subscription(url), served=served)
        yield from follow(listing, listing.read(raw, url=url, charset=charset), fetcher=fetcher)
        return
    outlines = parse_opml(raw)
    for problem in outlines.problems:
        yield InputProblem(source=url, message=problem)
    for item in collect(outlines.subscriptions, fetcher=fetcher, known=lambda _: False):
        if not isinstance(item, FeedState):
            yield item


def _from_address(url: str, fetcher: Fetcher) -> Iterator[Item]:
    """Fetch the file at an address and read it as what it turns out to be."""
    with tempfile.TemporaryDirectory(prefix="nhipcau-") as folder:
        path = Path(folder, "download")
        try:
            with path.open("w+b") as into:
                answer = fetcher.download(url, into, max_bytes=MAX_DOWNLOAD, timeout=DOWNLOAD_SECONDS)
        except FetchError as error:
            yield InputProblem(source=without_credentials(url), message=error.sentence)
            return
        yield from _downloaded(path, url, answer, fetcher)


def _downloaded(path: Path, url: str, answer: Response, fetcher: Fetcher) -> Iterator[Item]:
    kind = kind_of(path, answer.url.partition("?")[0])
    if kind in {Kind.FEED, Kind.SITEMAP, Kind.OPML}:
        try:
            raw = read_whole(path, limit=MAX_LIST)
        except OverLimitError:
            yield too_large(url, MAX_LIST)
            return
        given = {"charset": charset_of(answer), "served": answer.headers.get("date")}
        yield from _from_list(raw, kind, url=answer.url, fetcher=fetcher, **given)
        return
    for item in read_file(path, kind, name=url, inside=url):
        if kind is Kind.PAGE and isinstance(item, Document):
            kept = {name: value for name, value in answer.headers.items() if not name.startswith("content-")}
            content_type = answer.headers.get("content-type", "")
            headers = kept | ({"content-type": content_type} if content_type else {})
            yield dataclasses.replace(item, url=answer.url, headers=headers)
        else:
            yield item
