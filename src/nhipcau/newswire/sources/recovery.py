"""Finding the way through a damaged archive: where the next record starts, and what a broken frame still gives."""

from __future__ import annotations

import dataclasses
import io
import re
import zlib
from typing import TYPE_CHECKING, BinaryIO

from fastwarc.stream_io import GzipReader, Lz4Reader, ZstdReader

from nhipcau.newswire.fetch.decoding import DecodingError, OverLimitError, inflated, limited
from nhipcau.newswire.sources.blocks import MAX_BLOCK, Block, DamageError, warc_blocks
from nhipcau.newswire.sources.panics import failed_inside

if TYPE_CHECKING:
    from nhipcau.newswire.sentences import Sentence

#: Places that look like the start of a record and are none, before the search is given up.
MAX_CANDIDATES = 20_000
_WINDOW = 1 << 20
_OVERLAP = 8_192
# A window and the one before it: as far as the search for a record steps back.
_HISTORY = 2 * _WINDOW
_FRAMES = {b"\x1f\x8b\x08": GzipReader, b"\x04\x22\x4d\x18": Lz4Reader, b"\x28\xb5\x2f\xfd": ZstdReader}
_ARC_LINE = rb"[a-z]{2,10}://\S{1,4000} [\d.]{1,40} \d{14,20} \S{1,200} -?\w{1,15}\r?\n"
_RECORD = re.compile(rb"WARC/[01]\.\d\r?\n|" + _ARC_LINE)
_CANDIDATE = re.compile(
    rb"\x1f\x8b\x08|\x04\x22\x4d\x18|\x28\xb5\x2f\xfd|(?<=\n)(?:WARC/[01]\.\d\r?\n|" + _ARC_LINE + rb")"
)
# What no candidate is without: a line break before it, or the first bytes of a frame.
_SIGNS = (b"\n", *_FRAMES)


def starts_record(head: bytes) -> bool:
    """Whether a WARC or ARC record starts here."""
    return _RECORD.match(head) is not None


def next_record(stream: BinaryIO, start: int) -> int | None:
    """The offset of the next place at or after ``start`` where a record begins; ``None`` where there is none."""
    candidates, position = 0, max(start - 1, 0)  # one byte earlier, so that the line break before is seen
    while True:
        stream.seek(position)
        window = stream.read(_WINDOW)
        # Gigabytes of one byte are quickly looked through for what every candidate has, slowly for the whole of it.
        for found in _CANDIDATE.finditer(window) if any(sign in window for sign in _SIGNS) else ():
            offset = position + found.start()
            if offset < start or (found.start() > _WINDOW - _OVERLAP and len(window) == _WINDOW):
                continue
            candidates += 1
            if starts_record(unpacked_start(stream, offset)):
                return offset
            if candidates >= MAX_CANDIDATES:
                return None
        if len(window) < _WINDOW:
            return None
        position += _WINDOW - _OVERLAP


def unpacked_start(stream: BinaryIO, offset: int) -> bytes:
    """The first bytes from ``offset`` on, unpacked where a frame starts there."""
    stream.seek(offset)
    head = stream.read(_OVERLAP)
    frame = next((frame for magic, frame in _FRAMES.items() if head.startswith(magic)), None)
    if frame is None:
        return head
    try:
        if frame is GzipReader:
            return zlib.decompressobj(31).decompress(head, _OVERLAP)
        return bytes(frame(io.BytesIO(head)).read(64))
    except BaseException as error:  # compiled code reading hostile bytes: no frame then
        if not failed_inside(error):
            raise
        return b""


def rescued(stream: BinaryIO, position: int, damage: Sentence, *, every: bool = False) -> Block | None:
    """The record of a damaged gzip member, as far as it unpacks; fastwarc gives up such a member as a whole."""
    stream.seek(position)
    if not stream.read(3).startswith(b"\x1f\x8b\x08"):
        return None
    stream.seek(position)
    member = bytearray()
    try:
        for piece in limited(inflated(iter(lambda: stream.read(512), b"")), MAX_BLOCK):
            member += piece
    except (DecodingError, OverLimitError):
        pass  # expected: the part before the damage is what is wanted
    try:
        block = next(warc_blocks(io.BytesIO(bytes(member)), every=every), None)
    except DamageError:
        return None
    return block and dataclasses.replace(block, offset=position, cut=damage)


def is_one_frame(stream: BinaryIO, position: int, last: int, count: int) -> bool:
    """Whether the damage lies inside one large frame that holds many records: then offsets of records say nothing."""
    stream.seek(position)
    magic = stream.read(4)
    stream.seek(last)
    return count > 1 and magic.startswith(tuple(_FRAMES)) and not stream.read(4).startswith(tuple(_FRAMES))


def is_packed_record(stream: BinaryIO, position: int) -> bool:
    """Whether a frame starts here that unpacks to the start of a record."""
    stream.seek(position)
    return stream.read(4).startswith(tuple(_FRAMES)) and starts_record(unpacked_start(stream, position))


class Unpacked:
    """What a packed file unpacks to from ``start`` on, up to the first byte that does not unpack.

    The last megabytes are kept, so that a search may step back; going back farther unpacks from the start again.
    """

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self._stream = stream
        self._start = start
        self._open()

    def _open(self) -> None:
        self._stream.seek(self._start)
        magic = self._stream.read(4)
        self._stream.seek(self._start)
        self._reader = next(frame for mark, frame in _FRAMES.items() if magic.startswith(mark))(self._stream)
        self._position = self._reached = 0
        self._kept = bytearray()

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes; none at the end and behind damage."""
        wanted = size if size >= 0 else _WINDOW
        back = self._reached - self._position
        again = bytes(self._kept[len(self._kept) - back :][:wanted]) if back else b""
        data = again + self._fresh(wanted - len(again))
        self._position += len(data)
        return data

    def _fresh(self, size: int) -> bytes:
        if size <= 0:
            return b""
        try:
            data = bytes(self._reader.read(size))
        except BaseException as error:  # compiled code reading hostile bytes: the readable part ends here
            if not failed_inside(error):
                raise
            return b""
        self._reached += len(data)
        self._kept += data
        del self._kept[:-_HISTORY]
        return data

    def tell(self) -> int:
        """Where reading stands, in bytes from the start."""
        return self._position

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to an offset from the start, or as far as there is something."""
        assert whence == io.SEEK_SET
        if offset < self._reached - len(self._kept):
            self._open()
        self._position = min(offset, self._reached)
        while self._position < offset and self.read(min(_WINDOW, offset - self._position)):
            pass
        return self._position
