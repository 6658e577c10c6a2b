"""First stage: every input is read, prepared in worker processes and kept in the working file, in input order."""

from __future__ import annotations

import functools
import itertools
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nhipcau.newswire import prepare, workers
from nhipcau.newswire.prepare import Item, Prepared
from nhipcau.newswire.records import Article, Document, InputProblem, Rejection
from nhipcau.newswire.sources import open_input

if TYPE_CHECKING:
    from nhipcau.newswire.fetch import Fetcher
    from nhipcau.newswire.period import Period
    from nhipcau.newswire.workdb import WorkDB

logger = logging.getLogger(__name__)

#: One input: an address, a file or a folder, or records already at hand.
Input = str | Path | Iterable[Item]
#: Seconds that one page may take; the slowest of 5,764 real pages took about four.
PAGE_SECONDS = 60.0


class Read(NamedTuple):
    """One item on its way: its place among all items, the number of its input, and what identifies it."""

    ordinal: int
    input_number: int
    key: bytes
    item: Item


def read_items(inputs: Iterable[Input], *, fetcher: Fetcher | None) -> Iterator[tuple[int, Item]]:
    """Every item of every input with the number of its input. An input that fails midway ends as an input problem."""
    for number, source in enumerate(inputs):
        items = open_input(source, fetcher=fetcher) if isinstance(source, str | Path) else iter(source)
        while True:
            try:
                item = next(items, None)
            except (OSError, ValueError, EOFError, MemoryError) as error:
                item = None
                yield number, InputProblem(source=str(source), message=f"{type(error).__name__}: {error}")
            if item is None:
                break
            yield number, item


def _not_kept(items: Iterable[tuple[int, Item]], db: WorkDB, skipped: Callable[[int], None]) -> Iterator[Read]:
    """Items that an interrupted run did not keep. From the first difference on, what it kept is thrown away."""
    resuming, total = True, 0
    for ordinal, (number, item) in enumerate(items):
        total = ordinal + 1
        key = number.to_bytes(4, "big") + prepare.item_key(item)
        if resuming and db.key(ordinal) == key:
            skipped(total)
            continue
        if resuming:
            db.forget_from(ordinal)
            resuming = False
        yield Read(ordinal, number, key, item)
    if resuming:
        db.forget_from(total)


def in_workers(
    items: Iterator[Item],
    work: Callable[[Item], Prepared],
    *,
    jobs: int | None,
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[tuple[Item, Prepared]]:
    """Each item as prepared, in order.

    Processes are started at the first item that needs one, and ``meanwhile`` is called while they start: a desk that
    gives complete articles starts none.
    """
    for item in items:
        if prepare.needs_worker(item):
            break
        yield item, _at_hand(item, work)
    else:
        return
    rest = itertools.chain([item], items)
    for one, result in workers.ordered_map(work, rest, jobs=jobs, timeout=PAGE_SECONDS, meanwhile=meanwhile):
        yield one, _failed(one, result.detail) if isinstance(result, workers.WorkerFailure) else result


def _at_hand(item: Item, work: Callable[[Item], Prepared]) -> Prepared:
    try:
        return work(item)
    except Exception as error:  # noqa: BLE001 - whatever one text does to a library, the run goes on
        return _failed(item, f"{type(error).__name__}: {error}")


def _failed(item: Item, why: str) -> Prepared:
    """What is kept of an item that could not be prepared: an article given ready stays, unscored."""
    if isinstance(item, Document):
        return Rejection(url=item.url, origin=item.origin, reason="extractor_failed", detail=why)
    logger.warning("%s could not be judged: %s", item.origin if isinstance(item, Article) else item, why)
    return prepare.printable(item)


def read_inputs(
    inputs: Iterable[Input],
    db: WorkDB,
    *,
    focus: str,
    period: Period,
    jobs: int | None,
    fetcher: Fetcher | None,
    progress: Callable[[int], None],
    meanwhile: Callable[[], None] | None = None,
) -> None:
    """Fill the working file. ``progress`` is told how many items are in it, those of an interrupted run included.

    ``meanwhile`` is called while worker processes start.
    """
    work = functools.partial(prepare.prepare, focus=focus, period=period)
    places: deque[Read] = deque()

    def items() -> Iterator[Item]:
        for read in _not_kept(read_items(inputs, fetcher=fetcher), db, progress):
            places.append(read)
            yield read.item

    try:
        for _item, result in in_workers(items(), work, jobs=jobs, meanwhile=meanwhile):
            place = places.popleft()
            db.add(place.ordinal, place.input_number, place.key, result)
            progress(place.ordinal + 1)
    finally:
        db.commit()
