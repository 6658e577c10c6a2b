"""Revisit records: an archive notes that a page was the same as one that it holds already, and keeps it once only.

What such a record repeats is looked for by the identifier that it names (``WARC-Refers-To``), by the digest of the
payload, or by address and time (``WARC-Refers-To-Target-URI``, ``WARC-Refers-To-Date``): WARC 1.1, 6.7. The original
may come later, or stand in another archive of the same folder, so the records wait until everything was read once.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from nhipcau.newswire.records import InputProblem
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources.addresses import without_credentials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.newswire.sources.blocks import Block

#: Records that wait at most, some kilobyte each; what comes after them is counted as not found.
MAX_WAITING = 50_000

_Key = tuple[str, ...]


class Revisits:
    """Revisit records that wait for what they repeat."""

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self._left: dict[int, tuple[str, Block]] = {}
        # By what the original is known by; one that was found under another name is no longer among those left.
        self._waiting: defaultdict[_Key, list[int]] = defaultdict(list)
        # By archive: how many found no room to wait, and the address of the first of them.
        self._lost: Counter[str] = Counter()
        self._first_lost: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._left)

    def add(self, name: str, block: Block) -> None:
        """Let a record of the archive ``name`` wait, unless it says of itself that it is no page."""
        if block.data is None:
            return
        if len(self._left) >= MAX_WAITING:
            self._lose(name, block.url, 1)
            return
        number = next(self._numbers)
        self._left[number] = name, dataclasses.replace(block, data=b"")
        for key in _names_of_original(block):
            self._waiting[key].append(number)

    def take_over(self, others: Revisits) -> None:
        """Let the records that wait elsewhere wait here."""
        for name, block in others._left.values():
            self.add(name, block)
        for name, count in others._lost.items():
            self._lose(name, others._first_lost[name], count)

    def _lose(self, name: str, url: str, count: int) -> None:
        self._lost[name] += count
        self._first_lost.setdefault(name, url)

    def repeated(self, original: Block) -> Iterator[tuple[str, Block]]:
        """The records that repeat a response, each with its archive: as responses of their own."""
        for key in _names_of(original):
            for number in self._waiting.get(key, ()):
                name, block = self._left.get(number, ("", None))
                if block is None or (block.digest and original.digest and block.digest != original.digest):
                    continue
                del self._left[number]
                yield name, dataclasses.replace(original, url=block.url, offset=block.offset, fetched=block.fetched)

    def problems(self) -> Iterator[InputProblem]:
        """What nothing was found for, by archive."""
        counts: Counter[str] = Counter()
        first: dict[str, str] = {}
        for name, block in self._left.values():
            counts[name] += 1
            first.setdefault(name, block.url)
        for name, count in (counts + self._lost).items():
            why = Sentence(
                "Pages that the archive says are the same as earlier ones, which were not found: {count}. The first: "
                "{url}",
                count=count,
                url=without_credentials(first.get(name) or self._first_lost[name]),
            )
            yield InputProblem(source=name, message=why)


def _names_of_original(revisit: Block) -> Iterator[_Key]:
    """What the record says its original is known by."""
    if revisit.refers_to:
        yield "id", revisit.refers_to
    if revisit.digest:
        yield "digest", revisit.digest
    if revisit.refers_date:
        yield "at", revisit.refers_url or revisit.url, revisit.refers_date


def _names_of(response: Block) -> Iterator[_Key]:
    if response.id:
        yield "id", response.id
    if response.digest:
        yield "digest", response.digest
    if response.fetched:
        yield "at", response.url, response.fetched
