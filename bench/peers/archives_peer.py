"""The records that one library reads from one archive, asked by ``bench/archives.py`` in a process of its own.

    python archives_peer.py fastwarc|warcio FILE

A line out for each record: offset, type, address, bytes and SHA-1 of its block as it lies in the archive. What the
library raises ends it, and is the last line by its name; what it has read by then counts.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Found = tuple[int, str, str, bytes]


def _all(read: Callable[[int], bytes]) -> bytes:
    """A block as far as it goes."""
    data = bytearray()
    with contextlib.suppress(Exception):
        while piece := read(65_536):
            data += piece
    return bytes(data)


def of_fastwarc(stream: BinaryIO) -> Iterator[Found]:
    """By fastwarc, HTTP left alone."""
    from fastwarc.warc import ArchiveIterator

    for record in ArchiveIterator(stream, parse_http=False):
        address = record.headers.get("WARC-Target-URI") or ""
        yield record.stream_pos, record.headers.get("WARC-Type") or "", address, _all(record.reader.read)


def of_warcio(stream: BinaryIO) -> Iterator[Found]:
    """By warcio, HTTP left alone."""
    from warcio.archiveiterator import ArchiveIterator

    archive = ArchiveIterator(stream, no_record_parse=True)
    for record in archive:
        headers = record.rec_headers
        address = headers.get_header("WARC-Target-URI") or headers.get_header("uri") or ""
        yield archive.get_record_offset(), record.rec_type or "", address, _all(record.raw_stream.read)


def main() -> None:
    """Print what is found until the library gives up."""
    reader = {"fastwarc": of_fastwarc, "warcio": of_warcio}[sys.argv[1]]
    with Path(sys.argv[2]).open("rb") as stream:
        try:
            for offset, kind, address, data in reader(stream):
                digest = hashlib.sha1(data).hexdigest()  # noqa: S324 - as archives write digests
                print(json.dumps([offset, kind, address, len(data), digest]), flush=True)
        except Exception as error:  # noqa: BLE001 - a library of hostile bytes may raise anything
            print(json.dumps({"raised": type(error).__name__}))


main()
