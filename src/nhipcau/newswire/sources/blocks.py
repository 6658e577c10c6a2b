"""Blocks of an archive: fastwarc reads WARC, warcio ARC. Either stops at damage by raising :class:`DamageError`."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources.httpblock import MAX_HEADER, is_other_type
from nhipcau.newswire.sources.pages import MAX_BYTES, declared_html
from nhipcau.newswire.sources.panics import failed_inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: What is read of one record at most: a page and its header.
MAX_BLOCK = MAX_BYTES + MAX_HEADER
#: By so much the declared type is seen, and the rest of what is no page is passed over.
_START = 16_384
_OF_PAGES = (WarcRecordType.response, WarcRecordType.revisit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One record of an archive.

    Attributes:
        offset: where it starts, in bytes of the file (or of what the file unpacks to, see :mod:`.archive`).
        kind: of the record, as WARC calls it; an ARC file has responses and ``arc_header``.
        url: what was asked for.
        data: HTTP header and body; ``None`` where the record is no response, or one of something else than HTML.
            A ``resource`` that is HTML has no HTTP header, a ``revisit`` nothing else.
        content_type: what an ARC file says the response is, and a WARC file a resource.
        fetched: when a WARC file says that it was fetched (ISO 8601); empty where it does not.
        over: the response goes on behind :data:`MAX_BLOCK`.
        cut: the file ends, or is damaged, inside the record.
        id, digest: of the record and of its payload, as a WARC file says; empty where it does not.
        refers_to, refers_url, refers_date: what a revisit says of the record that it repeats: identifier, address and
            when that was fetched.
    """

    offset: int
    kind: str = ""
    url: str = ""
    data: bytes | None = None
    content_type: str | None = None
    fetched: str = ""
    over: bool = False
    cut: Sentence | None = None
    id: str = ""
    digest: str = ""
    refers_to: str = ""
    refers_url: str = ""
    refers_date: str = ""


class DamageError(Exception):
    """No record can be read where one should be."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def warc_blocks(stream: BinaryIO, *, every: bool = False) -> Iterator[Block]:
    """The records of a WARC file from where ``stream`` stands; raises :class:`DamageError`.

    With ``every`` the data of all of them are read, whatever they are.
    """
    iterator = iter(ArchiveIterator(stream, parse_http=False))
    while True:
        try:
            record = next(iterator, None)
        except BaseException as error:  # compiled code reading hostile bytes; whatever it raises is damage
            if not failed_inside(error):
                raise
            raise DamageError(_reason(error)) from None
        if record is None:
            return
        yield _warc_block(record, every=every)


def _warc_block(record: Any, *, every: bool) -> Block:
    """Read one record as far as needed. An error while reading it costs its rest."""
    content_type = record.headers.get("Content-Type") or ""
    resource = record.record_type == WarcRecordType.resource and declared_html(content_type)
    wanted = every or resource or record.record_type in _OF_PAGES
    page = _read_page(record.reader.read, every=every) if wanted else _NOTHING
    cut, taken = page.error, page.taken
    if cut is None and not page.over:
        try:
            taken += record.reader.consume()
        except BaseException as error:  # as above
            if not failed_inside(error):
                raise
            cut = _reason(error)
        else:
            # Every record says how long it is (ISO 28500, 5.4): of one that does not, even the head is cut off.
            headless = record.headers.get("Content-Length") is None
            cut = Sentence("the file ends inside a record") if headless or taken < record.content_length else None
    return Block(
        offset=record.stream_pos,
        kind=(record.headers.get("WARC-Type") or "").strip().lower(),
        url=_address(record.headers.get("WARC-Target-URI")),
        data=page.data,
        content_type=content_type if resource else None,
        fetched=record.headers.get("WARC-Date") or "",
        over=page.over,
        cut=cut,
        **_identity(record.headers.get),
    )


def arc_blocks(stream: BinaryIO, *, every: bool = False) -> Iterator[Block]:
    """The records of an ARC file from where ``stream`` stands, and of WARC files that fastwarc does not read."""
    with _quiet():
        iterator = WarcioIterator(stream, no_record_parse=True)
    while True:
        offset = iterator.offset
        try:
            with _quiet():
                record = next(iterator, None)
        except Exception as error:  # noqa: BLE001 - a parser of hostile bytes; whatever it raises is damage
            raise DamageError(_reason(error)) from None
        if record is None:
            return
        yield _arc_block(record, max(iterator.offset, offset), every=every)


def _arc_block(record: Any, offset: int, *, every: bool) -> Block:
    page = _NOTHING
    if every or record.rec_type in {"response", "revisit"}:
        with _quiet():
            page = _read_page(record.raw_stream.read, every=every)
    short = page.data is not None and not page.over and record.length is not None and page.taken < record.length
    cut = page.error or (Sentence("the file ends inside a record") if short else None)
    headers = record.rec_headers
    url = headers.get_header("WARC-Target-URI") or headers.get_header("uri") or ""
    return Block(
        offset=offset,
        kind=record.rec_type or "",
        url=url.replace(" ", "%20"),
        data=page.data,
        content_type=headers.get_header("content-type") if record.format == "arc" else None,
        fetched=headers.get_header("WARC-Date") or "",
        over=page.over,
        cut=cut,
        **_identity(headers.get_header),
    )


def _identity(said: Callable[[str], str | None]) -> dict[str, str]:
    """What a record is known by, and what it repeats."""
    return {
        "id": (said("WARC-Record-ID") or "").strip(),
        "digest": (said("WARC-Payload-Digest") or "").strip(),
        "refers_to": (said("WARC-Refers-To") or "").strip(),
        "refers_url": _address(said("WARC-Refers-To-Target-URI")),
        "refers_date": (said("WARC-Refers-To-Date") or "").strip(),
    }


def _address(said: str | None) -> str:
    """An address as a record gives it: some writers put it in angle brackets, or leave blanks in it."""
    return (said or "").strip().removeprefix("<").removesuffix(">").replace(" ", "%20")


@dataclass(frozen=True, slots=True)
class _Page:
    """A response as far as wanted: its bytes, how many were taken, whether it goes on, and what ended it early."""

    data: bytes | None
    taken: int
    over: bool = False
    error: Sentence | None = None


_NOTHING = _Page(None, 0)


def _read_page(read: Callable[[int], bytes], *, every: bool) -> _Page:
    parts = bytearray()
    try:
        while len(parts) < MAX_BLOCK:
            piece = read(min(_START, MAX_BLOCK - len(parts)))
            if not piece:
                return _Page(bytes(parts), len(parts))
            first = not parts
            parts += piece
            if first and not every and is_other_type(piece):
                return _Page(None, len(parts))
        return _Page(bytes(parts), len(parts), over=bool(read(1)))
    except BaseException as error:  # as above; what was read before it is kept
        if not failed_inside(error):
            raise
        return _Page(bytes(parts), len(parts), error=_reason(error))


def _reason(error: BaseException) -> Sentence:
    """What a library said, in its words where there is nothing better."""
    text = str(error)
    if "header" in text.lower() or "first line" in text.lower():
        return Sentence("no record starts where one should")
    if "compress" in text.lower() or isinstance(error, EOFError) or "buffer" in text.lower():
        return Sentence("the packed data cannot be unpacked")
    return Sentence("it cannot be read on ({why})", why=text or type(error).__name__)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep warcio silent: it writes its remarks to the error stream; what matters is said in our own words."""
    with contextlib.redirect_stderr(io.StringIO()):
        yield
