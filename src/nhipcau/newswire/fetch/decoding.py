"""Content encodings undone piece by piece, so that a small answer which unpacks to gigabytes is stopped on the way."""

from __future__ import annotations

import itertools
import zlib
from typing import TYPE_CHECKING

import brotli

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: No step ever holds more unpacked bytes than this.
PIECE = 65_536
#: A page is packed once, rarely twice; more layers are a trap.
MAX_LAYERS = 3
_GZIP_MAGIC = b"\x1f\x8b"
_PACKED = {"gzip", "x-gzip", "deflate", "br"}
_UNSUPPORTED = {"zstd", "compress", "x-compress", "dcb", "dcz"}


class DecodingError(Exception):
    """The data do not unpack: what came before the damage has been handed out."""


class CutShortError(DecodingError):
    """The data end before the packed stream does."""


class OverLimitError(Exception):
    """More bytes than allowed."""


def limited(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """The chunks, until they are more than ``limit`` bytes together; then raises :class:`OverLimitError`."""
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit:
            raise OverLimitError
        yield chunk


def decoded(chunks: Iterable[bytes], encoding: str, *, limit: int) -> Iterator[bytes]:
    """Undo a ``Content-Encoding``; never more than ``limit`` bytes in or out.

    Words that name no encoding (servers write ``utf-8`` or ``none`` there) mean plain data, and so does data without
    gzip's mark that was declared gzip: archives often hold the header and the unpacked page.

    Raises:
        OverLimitError: the packed or the unpacked data are larger than ``limit``.
        DecodingError: unknown encoding or damaged data; :class:`CutShortError` where they end early.
    """
    names = [name.strip().lower() for name in encoding.split(",")]
    if any(name in _UNSUPPORTED for name in names):
        raise DecodingError(f"content encoding {encoding}")
    layers = [name for name in names if name in _PACKED]
    if len(layers) > MAX_LAYERS:
        raise DecodingError(f"{len(layers)} layers of content encoding")
    stream: Iterator[bytes] = limited(chunks, limit)
    for name in reversed(layers):
        stream = limited(_UNPACK[name](stream), limit)
    return stream


def inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Gzip, in one or several members; what follows the last is left out. Data without gzip's mark pass unchanged."""
    head, stream = _peek(chunks)
    if not head.startswith(_GZIP_MAGIC):
        yield from stream
        return
    member = zlib.decompressobj(31)
    for chunk in stream:
        rest = chunk
        while rest:
            yield from _step(member, rest)
            rest = member.unconsumed_tail
            if member.eof:
                rest = member.unused_data
                if not rest.startswith(_GZIP_MAGIC):
                    break
                member = zlib.decompressobj(31)
        if member.eof:
            return
    raise CutShortError("gzip")


def _deflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """``deflate`` is zlib's format by the standard (RFC 9110, 8.4.1.2) and bare deflate at many servers."""
    head, stream = _peek(chunks)
    if not head:
        return
    zlib_marked = head[0] & 0x0F == zlib.DEFLATED and int.from_bytes(head, "big") % 31 == 0
    member = zlib.decompressobj(15 if zlib_marked else -15)
    for chunk in stream:
        rest = chunk
        while rest and not member.eof:
            yield from _step(member, rest)
            rest = member.unconsumed_tail
        if member.eof:
            return
    raise CutShortError("deflate")


def _step(member: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    try:
        piece = member.decompress(data, PIECE)
    except zlib.error as error:
        raise DecodingError(str(error)) from None
    if piece:
        yield piece


def _brotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    member = brotli.Decompressor()
    try:
        for chunk in chunks:
            piece = member.process(chunk, output_buffer_limit=PIECE)
            while piece:
                yield piece
                piece = b"" if member.is_finished() else member.process(b"", output_buffer_limit=PIECE)
            if member.is_finished():
                return
    except brotli.error as error:
        raise DecodingError(str(error)) from None
    raise CutShortError("br")


def _peek(chunks: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first two bytes, and the whole stream again."""
    iterator = iter(chunks)
    head = b""
    for chunk in iterator:
        head += chunk
        if len(head) >= 2:  # noqa: PLR2004 - the length of the marks
            break
    return head[:2], itertools.chain([head] if head else [], iterator)


_UNPACK = {"gzip": inflated, "x-gzip": inflated, "deflate": _deflated, "br": _brotli}
