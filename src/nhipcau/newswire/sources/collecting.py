"""From subscriptions to documents: feeds and sitemaps are fetched, then the page of every entry not known yet.

Everything happens in a fixed order: subscriptions in batches, in a batch the entries of all of them in turn, so that
many hosts are asked at once and none is asked for more than one page at a time. Feeds are parsed on the caller's thread
only (lxml is not safe on several).
"""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nhipcau.newswire.fetch import Fetcher, FetchError, Request, Response, StatusError
from nhipcau.newswire.fetch.decoding import DecodingError, OverLimitError, inflated, limited
from nhipcau.newswire.records import Document, InputProblem, Outlet, Rejection
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources.entries import Entry, entry_document, own_document
from nhipcau.newswire.sources.feeds import parse_feed
from nhipcau.newswire.sources.files import MAX_LIST
from nhipcau.newswire.sources.kinds import Kind, sniff
from nhipcau.newswire.sources.pages import is_html
from nhipcau.newswire.sources.sitemaps import parse_sitemap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from nhipcau.newswire.sources.opml import Subscription

#: Subscriptions worked on together.
BATCH = 16
#: What one subscription may list: an index may lead to whole archives, this is not the way to read them.
MAX_SITEMAPS = 50
MAX_ENTRIES = 20_000
#: A sitemap index may hold indexes, once more.
MAX_DEPTH = 2
# What was undone while the page was read, and what the server says about the address without knowing it.
_NOT_KEPT = {"content-encoding", "transfer-encoding", "content-length", "content-location"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What became of one subscription.

    Attributes:
        url: as subscribed.
        status: of the last answer; ``None`` where there was none.
        etag, last_modified: to be given with the next visit. Empty where a page could not be had for now, so that the
            next visit sees the entry again.
        entries: how many it listed; ``new``: how many of them were not known and were handed out.
        error: why it could not be read; ``None`` where it could, if only in part.
        marks: by address, what the list says (``Entry.mark``) of each entry that was handed out, or that was asked for
            again and has not changed.
    """

    url: str
    status: int | None
    etag: str | None
    last_modified: str | None
    entries: int
    new: int
    error: Sentence | None
    marks: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Again:
    """An entry that is known and is to be read again; ``etag``, ``last_modified``: what its page's server said."""

    etag: str | None = None
    last_modified: str | None = None


Collected = Document | Rejection | InputProblem


@dataclass(slots=True)
class Listing:
    """A subscription while it is worked on."""

    subscription: Subscription
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    served: str | None = None
    error: Sentence | None = None
    entries: list[tuple[Entry, str]] = field(default_factory=list)
    problems: list[InputProblem] = field(default_factory=list)
    sitemaps: int = 0
    new: int = 0
    missed: bool = False
    queue: list[tuple[Entry, str, Again | None]] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)

    @property
    def outlet(self) -> Outlet | None:
        """The outlet as registered."""
        return self.subscription.outlet

    def state(self) -> FeedState:
        """How it ended. What was said last time holds where nothing newer was said."""
        kept = not self.missed
        return FeedState(
            url=self.subscription.url,
            status=self.status,
            etag=self.etag if kept else None,
            last_modified=self.last_modified if kept else None,
            entries=len(self.entries),
            new=self.new,
            error=self.error,
            marks=self.marks,
        )

    def fail(self, url: str, why: Sentence, *, whole: bool) -> None:
        """Note a problem; ``whole`` where nothing of the subscription could be read."""
        self.problems.append(InputProblem(source=url, message=why))
        if whole:
            self.error = why

    def read(self, raw: bytes, *, url: str, charset: str | None = None, depth: int = 0) -> list[str]:
        """Take the entries of a feed or sitemap; the addresses of further sitemaps where it is an index."""
        try:
            raw = b"".join(limited(inflated([raw]), MAX_LIST)) if raw.startswith(b"\x1f\x8b") else raw
        except (DecodingError, OverLimitError):
            self.fail(url, Sentence("It cannot be unpacked, or is too large."), whole=depth == 0)
            return []
        children: tuple[str, ...] = ()
        if sniff(io.BytesIO(raw), "") is Kind.SITEMAP:
            sitemap = parse_sitemap(raw, base=url, charset=charset)
            found, problem, children = sitemap.entries, sitemap.problem, sitemap.children
        else:
            feed = parse_feed(raw, base=url, charset=charset)
            found, problem = feed.entries, feed.problem
        if problem is not None:
            self.fail(url, problem, whole=depth == 0 and not found and not children)
        room = MAX_ENTRIES - len(self.entries)
        self.entries += [(entry, url) for entry in found[:room]]
        return self._followed(children, url=url, depth=depth, cut=len(found) > room)

    def _followed(self, children: tuple[str, ...], *, url: str, depth: int, cut: bool) -> list[str]:
        room = MAX_SITEMAPS - self.sitemaps if depth < MAX_DEPTH else 0
        self.sitemaps += min(len(children), room)
        if cut or len(children) > room:
            why = Sentence(
                "Of what it lists, no more than {entries} addresses and {sitemaps} sitemaps are read.",
                entries=MAX_ENTRIES,
                sitemaps=MAX_SITEMAPS,
            )
            self.fail(url, why, whole=False)
        return list(children[:room])


@dataclass(frozen=True, slots=True)
class _ListRequest(Request):
    listing: Listing = field(kw_only=True)
    depth: int = field(default=0, kw_only=True)


@dataclass(frozen=True, slots=True)
class _PageRequest(Request):
    listing: Listing = field(kw_only=True)
    entry: Entry = field(kw_only=True)
    listed_in: str = field(kw_only=True)
    again: bool = field(default=False, kw_only=True)


def collect(
    subscriptions: Iterable[Subscription],
    *,
    fetcher: Fetcher,
    known: Callable[[str], bool],
    again: Callable[[str, str], Again | None] = lambda _address, _mark: None,
) -> Iterator[Collected | FeedState]:
    """Visit each subscription and read what is new, and what is known and has changed.

    ``known`` is asked, on the caller's thread, about the address of every entry listed: that is the ``url`` of the
    document or rejection that comes of it. ``again`` is asked about those that are known, with what the list says of
    them now (``Entry.mark``): what it gives is read once more, but for a page that its server says is the same.
    An address listed twice is read once. A subscription's :class:`FeedState` comes after everything else of it, so that
    whoever keeps it last loses nothing when interrupted.
    """
    seen: set[str] = set()
    source = iter(subscriptions)
    while batch := list(itertools.islice(source, BATCH)):
        listings = [Listing(subscription=s, etag=s.etag, last_modified=s.last_modified) for s in batch]
        wanted = [
            _ListRequest(s.url, s.etag, s.last_modified, MAX_LIST, listing=o)
            for s, o in zip(batch, listings, strict=True)
        ]
        read_lists(wanted, fetcher)
        yield from read_entries(listings, fetcher=fetcher, known=known, again=again, seen=seen)


def follow(listing: Listing, children: list[str], *, fetcher: Fetcher) -> Iterator[Collected]:
    """The documents of a list already at hand, ``children`` being the sitemaps it leads to."""
    read_lists([_ListRequest(url, max_bytes=MAX_LIST, listing=listing, depth=1) for url in children], fetcher)
    everything = read_entries(
        [listing], fetcher=fetcher, known=lambda _: False, again=lambda _address, _mark: None, seen=set()
    )
    for item in everything:
        if not isinstance(item, FeedState):
            yield item


def read_lists(wanted: list[_ListRequest], fetcher: Fetcher) -> None:
    """Fetch lists, and the sitemaps they lead to, level by level."""
    while wanted:
        following: list[_ListRequest] = []
        for request, answer in fetcher.get_many(wanted):
            listing, depth = request.listing, request.depth + 1
            following += [
                _ListRequest(child, max_bytes=MAX_LIST, listing=listing, depth=depth)
                for child in _take_list(request, answer)
            ]
        wanted = following


def _take_list(request: _ListRequest, answer: Response | FetchError) -> list[str]:
    listing, top = request.listing, request.depth == 0
    if isinstance(answer, FetchError):
        if top and isinstance(answer, StatusError):
            listing.status = answer.status
        listing.missed |= answer.temporary and not top
        listing.fail(request.url, answer.sentence, whole=top)
        return []
    if top:
        listing.status, listing.served = answer.status, answer.headers.get("date")
        if not answer.not_modified:
            listing.etag, listing.last_modified = answer.headers.get("etag"), answer.headers.get("last-modified")
    if answer.not_modified:
        return []
    return listing.read(answer.body, url=answer.url, charset=charset_of(answer), depth=request.depth)


def charset_of(answer: Response) -> str | None:
    """What the ``Content-Type`` says about the encoding."""
    _, _, given = answer.headers.get("content-type", "").lower().partition("charset=")
    return given.split(";")[0].strip(" \"'") or None


def read_entries(
    listings: list[Listing],
    *,
    fetcher: Fetcher,
    known: Callable[[str], bool],
    again: Callable[[str, str], Again | None],
    seen: set[str],
) -> Iterator[Collected | FeedState]:
    """What the lists' entries lead to: first the entries without a page of their own, then the pages.

    A list's problems and its state come as soon as nothing of it is left.
    """
    for listing in listings:
        yield from _sort_out(listing, known, again, seen)
    left = {id(listing): len(listing.queue) for listing in listings}
    for listing in listings:
        if not listing.queue:
            yield from _closing(listing)
    turns = itertools.chain.from_iterable(itertools.zip_longest(*(_page_requests(listing) for listing in listings)))
    for request, answer in fetcher.get_many(request for request in turns if request is not None):
        found = _page(request, answer)
        if found is not None:
            yield found
        left[id(request.listing)] -= 1
        if not left[id(request.listing)]:
            yield from _closing(request.listing)


def _sort_out(
    listing: Listing, known: Callable[[str], bool], again: Callable[[str, str], Again | None], seen: set[str]
) -> Iterator[Document]:
    """Queue the entries whose page is to be fetched; those without a page of their own are documents at once."""
    for entry, listed_in in listing.entries:
        address = entry.address(listed_in)
        if address in seen:
            continue
        once_more = None
        if known(address):
            once_more = again(address, entry.mark)
            if once_more is None:
                continue
        seen.add(address)
        listing.new += once_more is None
        if entry.url is None:
            listing.marks[address] = entry.mark
            yield own_document(
                entry, url=address, origin=f"{listed_in}:{entry.number}", outlet=listing.outlet, served=listing.served
            )
        else:
            listing.queue.append((entry, listed_in, once_more))


def _page_requests(listing: Listing) -> Iterator[_PageRequest]:
    for entry, listed_in, again in listing.queue:
        told = again or Again()
        yield _PageRequest(
            entry.url or "",
            told.etag,
            told.last_modified,
            listing=listing,
            entry=entry,
            listed_in=listed_in,
            again=again is not None,
        )


def _closing(listing: Listing) -> Iterator[InputProblem | FeedState]:
    yield from listing.problems
    yield listing.state()


def _page(request: _PageRequest, answer: Response | FetchError) -> Document | Rejection | None:
    """The entry's page; where there is none, its own content; where it has none, why.

    ``None`` of a page that is known, and is still the same or cannot be had for now.
    """
    entry, outlet, origin = request.entry, request.listing.outlet, f"{request.listed_in}:{request.entry.number}"
    missed = isinstance(answer, FetchError) and answer.temporary
    request.listing.missed |= missed
    if not missed:
        request.listing.marks[request.url] = entry.mark
    if request.again and (missed or (isinstance(answer, Response) and answer.not_modified)):
        return None
    if isinstance(answer, FetchError):
        reason, detail = "fetch_failed", answer.sentence
    elif is_html(answer.headers, answer.body):
        headers = {name: value for name, value in answer.headers.items() if name not in _NOT_KEPT}
        if answer.url != request.url:
            headers["content-location"] = answer.url
        return entry_document(entry, url=request.url, origin=origin, outlet=outlet, body=answer.body, headers=headers)
    else:
        reason, detail = "not_html", Sentence("The address leads to something else than a web page.")
    if entry.body.strip():
        return own_document(entry, url=request.url, origin=origin, outlet=outlet, served=request.listing.served)
    return Rejection(url=request.url, origin=origin, reason=reason, detail=detail)
