"""WARC and ARC files: every HTML response becomes a document, whatever state the file is in.

Where a file is damaged, the next place that starts a record is looked for and reading goes on there; the damage is
named once, with the first place and the number of places.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
from typing import TYPE_CHECKING, BinaryIO, cast

from nhipcau.newswire.records import Document, InputProblem, Rejection
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources.addresses import without_credentials
from nhipcau.newswire.sources.blocks import Block, DamageError, arc_blocks, warc_blocks
from nhipcau.newswire.sources.httpblock import response_document
from nhipcau.newswire.sources.revisits import Revisits

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

from nhipcau.newswire.sources.recovery import (
    Unpacked,
    is_one_frame,
    is_packed_record,
    next_record,
    rescued,
    starts_record,
    unpacked_start,
)

#: A file with more damaged places is not read on: it is no archive, or one made to keep us busy.
MAX_DAMAGES = 1_000


class _Damages:
    """The damaged places of one file."""

    def __init__(self) -> None:
        self.places = 0
        self.first: tuple[int, Sentence] | None = None

    def add(self, offset: int, reason: Sentence) -> None:
        self.places += 1
        if self.first is None:
            self.first = (offset, reason)

    def problem(self, name: str) -> InputProblem | None:
        if self.first is None:
            return None
        offset, reason = self.first
        message = Sentence(
            "The archive is damaged at byte {offset}: {reason}. Damaged places: {places}. What could be read before "
            "and after was kept.",
            offset=offset,
            reason=reason,
            places=self.places,
        )
        return InputProblem(source=name, message=message, offset=offset)


def read_archive(
    path: Path, *, name: str, revisits: Revisits | None = None
) -> Iterator[Document | Rejection | InputProblem]:
    """The documents of an archive, in its order, those of revisit records last; then what could not be read.

    Pages that a revisit record repeats and that the archive lacks are left waiting in ``revisits`` where that is given
    (:func:`read_repeated`), and named where it is not. Raises ``OSError``.
    """
    waiting = Revisits()
    problems = []
    for item in read_records(path, name=name):
        if isinstance(item, InputProblem):
            problems.append(item)
        elif item.kind == "revisit":
            waiting.add(name, item)
        elif (found := _document(item, name)) is not None:
            yield found
    yield from read_repeated(path, waiting)
    yield from problems
    if revisits is None:
        yield from waiting.problems()
    else:
        revisits.take_over(waiting)


def read_repeated(path: Path, revisits: Revisits) -> Iterator[Document | Rejection]:
    """The pages of waiting revisit records whose original is in this archive. Raises ``OSError``."""
    if not revisits:
        return
    for item in read_records(path, name=path.name):
        if isinstance(item, Block) and item.kind == "response":
            for name, block in revisits.repeated(item):
                found = _document(block, name)
                if found is not None:
                    yield found
        if not revisits:
            return


def read_records(path: Path, *, name: str, every: bool = False) -> Iterator[Block | InputProblem]:
    """The records of an archive, in its order; at most one input problem, at the end. Raises ``OSError``.

    Data are read of what may be a page; with ``every`` of all records, up to :data:`.blocks.MAX_BLOCK` each.
    """
    damages = _Damages()
    records = 0
    with path.open("rb") as stream:
        for block in _blocks(stream, damages, every=every):
            records += 1
            yield block
        for block in _last_resort(stream, every=every) if not records else ():
            records += 1
            yield block
    problem = damages.problem(name)
    if problem is not None:
        yield problem
    elif records == 0:
        yield InputProblem(source=name, message=Sentence("The archive holds no record."))


def _last_resort(stream: BinaryIO, *, every: bool) -> Iterator[Block]:
    """What warcio makes of a file in which no record starts as one should: it asks less of an ARC file's first line."""
    stream.seek(0)
    with contextlib.suppress(DamageError):
        yield from itertools.islice(arc_blocks(stream, every=every), MAX_DAMAGES)


def _document(block: Block, name: str) -> Document | Rejection | None:
    if block.data is None:
        return None
    return response_document(
        block.data,
        url=without_credentials(block.url),
        origin=f"{name}:{block.offset}",
        content_type=block.content_type,
        fetched=block.fetched,
        over=block.over,
    )


@dataclasses.dataclass(slots=True)
class _Walk:
    """Where reading stands: the last record, how many came since the start or the last damage, damage not named yet."""

    stream: BinaryIO
    damages: _Damages
    every: bool = False
    last: int = 0
    count: int = 0
    pending: tuple[int, Sentence] | None = None

    def note(self, block: Block) -> None:
        """Count a block, and name the damage that it, or the place before it, shows."""
        self.last, self.count = block.offset, self.count + 1
        damage = (block.offset, block.cut) if block.cut is not None else self.pending
        self.pending = None
        if damage is not None:
            self.damages.add(*damage)

    def settle(self) -> None:
        """Name what was left unnamed."""
        if self.pending is not None:
            self.damages.add(*self.pending)


def _blocks(stream: BinaryIO, damages: _Damages, *, every: bool = False) -> Iterator[Block]:
    """Every block that can be read, from one start of a record to the next damage, and on behind it."""
    walk = _Walk(stream, damages, every)
    position: int | None = 0
    for _ in range(MAX_DAMAGES):
        sound = yield from _until_damage(walk, position or 0)
        if sound:
            break
        if not isinstance(stream, Unpacked) and is_one_frame(stream, position or 0, walk.last, walk.count):
            walk.settle()
            yield from _behind(walk, position or 0)
            return
        start, position = position or 0, next_record(stream, walk.last + 1)
        if position is None:
            if walk.count <= 1 and not isinstance(stream, Unpacked) and is_packed_record(stream, start):
                # An ARC file packed as a whole instead of record by record: warcio stops behind its first record.
                blocks = _blocks(cast("BinaryIO", Unpacked(stream, start)), damages, every=every)
                for block in itertools.islice(blocks, walk.count, None):
                    walk.pending = None  # it was no damage
                    yield block
            break
    walk.settle()


def _until_damage(walk: _Walk, position: int) -> Generator[Block, None, bool]:
    """The blocks from ``position`` to the end or to damage; whether it was the end.

    A record that the file ends in may only claim to be so long: the search goes on inside it.
    """
    walk.last, walk.count, sound = position, 0, True
    walk.stream.seek(position)
    try:
        for block in _reader(walk.stream, every=walk.every):
            walk.note(block)
            sound = block.cut is None
            yield block
    except DamageError as damage:
        walk.pending = (walk.last, damage.sentence) if sound else None
        part = rescued(walk.stream, position, damage.sentence, every=walk.every) if walk.count == 0 else None
        if part is not None:
            walk.note(part)
            yield part
        return False
    return sound


def _reader(stream: BinaryIO, *, every: bool) -> Iterator[Block]:
    """The blocks from here on, by the library for the format that starts here."""
    start = stream.tell()
    head = unpacked_start(stream, start)
    stream.seek(start)
    of_warc = head.startswith(b"WARC/") or not starts_record(head)
    return warc_blocks(stream, every=every) if of_warc else arc_blocks(stream, every=every)


def _behind(walk: _Walk, position: int) -> Iterator[Block]:
    """Go on behind damage inside a large frame: read what it unpacks to, past the records handed out."""
    inner = _Damages()
    blocks = _blocks(cast("BinaryIO", Unpacked(walk.stream, position)), inner, every=walk.every)
    yield from itertools.islice(blocks, walk.count, None)
    walk.damages.places += max(inner.places - 1, 0)  # the first is the one that led here
