"""A run of the collector: ask the sources, take their pages apart in worker processes, store what is new.

Killed at any instant it loses nothing and does nothing twice: a source's state is written after everything that the
source gave, and what is stored already is not fetched again.
"""

from __future__ import annotations

import functools
from collections import deque
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from nhipcau.press import queries
from nhipcau.press.domain.collecting import (
    finish_collection,
    mark_source_collected,
    record_collected,
    start_collection,
)
from nhipcau.press.domain.pages import note_pages
from nhipcau.press.engine_records import subscription_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhipcau.access import Actor
    from nhipcau.newswire.fetch import Fetcher
    from nhipcau.newswire.prepare import Item, Prepared
    from nhipcau.newswire.records import Document
    from nhipcau.newswire.sources import Again, FeedState
    from nhipcau.press.domain.pages import Validators
    from nhipcau.press.models import Collection, Source

#: Documents stored in one transaction: a killed run fetches at most these again.
BATCH = 50


class Run:
    """One collection on its way: what came in and is not stored yet, and the sources still being read."""

    def __init__(self, *, actor: Actor, sources: Sequence[Source]) -> None:
        """Begin it."""
        self._actor = actor
        self.collection: Collection = start_collection(actor=actor, sources=sources)
        self._open = {source.url: source for source in sources}
        self._asked = timezone.now()
        self._given = self._done = 0
        self._waiting: list[Prepared] = []
        self._ended: deque[tuple[int, FeedState]] = deque()
        # Of pages that are not watched yet what a list says, and of those read in this run what their servers said.
        self._marks: dict[str, str] = {}
        self._validators: dict[str, Validators] = {}

    def _again(self, url: str, mark: str) -> Again | None:
        """Whether a page that is stored is to be read again, with what its server said last."""
        from nhipcau.newswire.sources import Again

        page = queries.watched_page(url)
        if page is None:
            self._marks[url] = mark
            return None
        if not queries.is_read_again(page, mark, timezone.now()):
            return None
        return Again(page.etag or None, page.last_modified or None)

    def _read(self, document: Document) -> None:
        self._given += 1
        headers = document.headers
        self._validators[document.url] = headers.get("etag", ""), headers.get("last-modified", "")

    def documents(self, fetcher: Fetcher) -> Iterator[Item]:
        """The pages that are new or have changed; what needs no taking apart is put aside on the way."""
        from nhipcau.newswire.records import Document
        from nhipcau.newswire.sources import FeedState, collect

        def known(url: str) -> bool:
            return queries.is_known(url, timezone.now())

        subscriptions = [subscription_record(source) for source in self._open.values()]
        for item in collect(subscriptions, fetcher=fetcher, known=known, again=self._again):
            if isinstance(item, Document):
                self._read(item)
                yield item
            elif isinstance(item, FeedState):
                # Everything of this source was given out; it ends when the last of that is stored.
                self._ended.append((self._given, item))
            else:
                self._waiting.append(item)

    def take(self, prepared: Prepared) -> None:
        """Keep what one document became; store the batch when it is full or a source is through."""
        self._done += 1
        self._waiting.append(prepared)
        if len(self._waiting) >= BATCH or (self._ended and self._ended[0][0] <= self._done):
            self.store()

    def store(self) -> None:
        """Store everything that waits, then the state of each source of which nothing is left."""
        from nhipcau.newswire.records import Article, InputProblem, Rejection

        waiting, self._waiting = self._waiting, []
        record_collected(
            actor=self._actor,
            collection=self.collection,
            articles=[item for item in waiting if isinstance(item, Article)],
            rejections=[item for item in waiting if isinstance(item, Rejection)],
            problems=[item for item in waiting if isinstance(item, InputProblem)],
            sources=list(self._open.values()),
        )
        while self._ended and self._ended[0][0] <= self._done:
            _, state = self._ended.popleft()
            mark_source_collected(
                actor=self._actor,
                source=self._open.pop(state.url),
                at=self._asked,
                status=state.status,
                etag=state.etag or "",
                last_modified=state.last_modified or "",
                error=state.error or "",
            )
            # After the state: what is not noted for want of time is noted at the next visit.
            note_pages(actor=self._actor, marks=self._marks | dict(state.marks), validators=self._validators)
            self._marks = {}
            for url in state.marks:
                self._validators.pop(url, None)

    def finish(self) -> Collection:
        """Store the rest and end the run."""
        self.store()
        return finish_collection(actor=self._actor, collection=self.collection)


def collect_from(sources: Sequence[Source], *, actor: Actor, fetcher: Fetcher | None = None) -> Collection:
    """Visit these sources once and store what they have that is new.

    Args:
        sources: as claimed.
        actor: a press analyst or the system; its access is open.
        fetcher: as the settings say where ``None``.
    """
    from nhipcau.newswire.fetch import Fetcher
    from nhipcau.newswire.period import Period
    from nhipcau.newswire.prepare import prepare
    from nhipcau.newswire.reading import in_workers

    run = Run(actor=actor, sources=sources)
    work = functools.partial(prepare, focus=queries.FOCUS, period=Period())
    with fetcher or Fetcher(allow_hosts=settings.ALLOW_HOSTS, pace=settings.PACE) as reading:
        for _document, prepared in in_workers(run.documents(reading), work, jobs=None):
            run.take(prepared)
    return run.finish()
