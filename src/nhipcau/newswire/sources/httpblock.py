"""An HTTP response as an archive keeps it: header and body in one block."""

from __future__ import annotations

import re
from email.utils import format_datetime

from nhipcau.newswire.fetch.decoding import DecodingError, OverLimitError, decoded
from nhipcau.newswire.records import Document, Rejection
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources.dates import parse_date
from nhipcau.newswire.sources.pages import MAX_BYTES, declared_html, looks_like_html

#: A header this long is no header.
MAX_HEADER = 262_144
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})")
_END = re.compile(rb"\r?\n\r?\n")
# What was undone here must not be undone again; the length is no longer true.
_UNDONE = {"content-encoding", "transfer-encoding", "content-length"}


def split_block(block: bytes) -> tuple[int | None, dict[str, str], bytes]:
    """Status, headers (names in lower case, repeated ones joined) and body; no status where it is no response."""
    status = _STATUS.match(block)
    if status is None:
        return None, {}, block
    end = _END.search(block, 0, MAX_HEADER)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block[:MAX_HEADER], b"")
    headers: dict[str, str] = {}
    for line in head.decode("latin-1").splitlines()[1:]:
        name, colon, value = line.partition(":")
        key, text = name.strip().lower(), value.strip()
        if colon and key:
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return int(status.group(1)), headers, body


def is_other_type(start: bytes) -> bool:
    """Whether the start of a block already says that it is declared as something else than HTML."""
    return _END.search(start) is not None and declared_html(split_block(start)[1].get("content-type")) is False


def response_document(
    block: bytes, *, url: str, origin: str, content_type: str | None = None, fetched: str = "", over: bool = False
) -> Document | Rejection | None:
    """The document in a response, or why it is none; ``None`` where the response is no HTML at all.

    ``content_type`` is what the archive says where the response itself says nothing; ``fetched`` when, in ISO 8601, the
    archive says that it was fetched; ``over`` that the block goes on behind the part that was read.
    """
    status, headers, packed = split_block(block)
    declared = declared_html(headers.get("content-type") or content_type)
    if declared is False:
        return None
    body, why = _unpacked(packed, headers)
    if declared is None and not looks_like_html(body):
        return None
    if status is not None and not 200 <= status < 300:  # noqa: PLR2004 - the class of success
        return Rejection(url=url, origin=origin, reason="http_status", detail=str(status))
    if over or why == "over":
        why_not = Sentence("The page is larger than {limit} bytes.", limit=MAX_BYTES)
        return Rejection(url=url, origin=origin, reason="unreadable", detail=why_not)
    if why and not body:
        why_not = Sentence("The page's content encoding could not be undone ({why}).", why=why)
        return Rejection(url=url, origin=origin, reason="unreadable", detail=why_not)
    kept = {name: value for name, value in headers.items() if name not in _UNDONE}
    if content_type and "content-type" not in kept:
        kept["content-type"] = content_type
    if "date" not in kept and (served := parse_date(fetched)) is not None:
        kept["date"] = format_datetime(served, usegmt=True)
    return Document(url=url, body=body, headers=kept, origin=origin)


def _unpacked(packed: bytes, headers: dict[str, str]) -> tuple[bytes, str]:
    """The body without chunking and content encoding, as far as it goes, and what stopped it."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        packed = unchunked(packed)
    body = bytearray()
    try:
        for piece in decoded([packed], headers.get("content-encoding", ""), limit=MAX_BYTES):
            body += piece
    except OverLimitError:
        return bytes(body), "over"
    except DecodingError as error:
        return bytes(body), str(error)
    return bytes(body), ""


def unchunked(data: bytes) -> bytes:
    """A chunked body in one piece. Data that are not chunked although the header said so come back unchanged.

    Many crawlers undo the chunking and keep the header. A body that breaks off, or breaks the form later on, gives
    what came before.
    """
    parts: list[bytes] = []
    position = 0
    while True:
        end = data.find(b"\n", position, position + 1024)
        size = _chunk_size(data[position:end]) if end >= 0 else None
        if size is None:
            return b"".join(parts) if parts else data
        if size == 0:
            return b"".join(parts)
        parts.append(data[end + 1 : end + 1 + size])
        position = end + 1 + size
        position += 2 if data.startswith(b"\r\n", position) else int(data.startswith(b"\n", position))


def _chunk_size(line: bytes) -> int | None:
    digits = line.split(b";")[0].strip()
    return int(digits, 16) if re.fullmatch(rb"[0-9A-Fa-f]{1,15}", digits) else None
