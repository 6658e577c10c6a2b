"""One request and its answer on one connection."""

from __future__ import annotations

import ssl
from typing import IO, TYPE_CHECKING

import httpcore

from nhipcau.newswire.fetch.decoding import CutShortError, DecodingError, OverLimitError, decoded
from nhipcau.newswire.fetch.errors import (
    CertificateError,
    ConnectionFailedError,
    EncodingError,
    StatusError,
    TooLargeError,
    TooSlowError,
)
from nhipcau.newswire.fetch.messages import Request, Response
from nhipcau.newswire.fetch.times import retry_after
from nhipcau.newswire.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhipcau.newswire.fetch.address import Address

ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"
_REDIRECTS = {301, 302, 303, 307, 308}
_NOT_MODIFIED = 304


def exchange(
    pool: httpcore.ConnectionPool,
    address: Address,
    request: Request,
    into: IO[bytes],
    *,
    user_agent: str,
    max_bytes: int,
) -> Response | Address:
    """Ask for one address and write the unpacked body to ``into``; where it redirects, the address it leads to.

    Raises :class:`FetchError`: also for any status that is neither 2xx, a redirect nor a 304 that was asked for.
    """
    target = httpcore.URL(
        scheme=address.scheme.encode(), host=address.host.encode(), port=address.port, target=address.target.encode()
    )
    try:
        with pool.stream("GET", target, headers=_headers(address, request, user_agent)) as answer:
            headers = _header_map(answer.headers)
            if answer.status in _REDIRECTS and "location" in headers:
                return address.joined(headers["location"])
            if answer.status == _NOT_MODIFIED and request.conditional:
                return Response(url=address.url, status=_NOT_MODIFIED, headers=headers, not_modified=True)
            if not 200 <= answer.status < 300:  # noqa: PLR2004 - the class of success
                raise _status_error(address, answer.status, headers)
            _write_body(answer.iter_stream(), headers, into, address=address, max_bytes=max_bytes)
            return Response(url=address.url, status=answer.status, headers=headers)
    except httpcore.TimeoutException:
        raise TooSlowError(
            Sentence("{url} was not read: its answer was not complete in time.", url=address.url)
        ) from None
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise _connection_error(address, error) from None


def _headers(address: Address, request: Request, user_agent: str) -> list[tuple[str, str]]:
    headers = [
        ("Host", address.origin.partition("://")[2]),
        ("User-Agent", user_agent),
        ("Accept", ACCEPT),
        ("Accept-Encoding", "gzip, deflate, br"),
    ]
    for name, value in (("If-None-Match", request.etag), ("If-Modified-Since", request.last_modified)):
        # Validators are a server's words sent back; one with a line break in it would forge a header.
        if value and value.isascii() and value.isprintable():
            headers.append((name, value))
    return headers


def _header_map(raw: Iterable[tuple[bytes, bytes]]) -> Mapping[str, str]:
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), _text(value)
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _text(value: bytes) -> str:
    """Headers are Latin-1 by the standard and UTF-8 at many servers."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _write_body(
    chunks: Iterable[bytes], headers: Mapping[str, str], into: IO[bytes], *, address: Address, max_bytes: int
) -> None:
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length[:18]) > max_bytes:
        raise _too_large(address, max_bytes)
    try:
        for piece in decoded(chunks, headers.get("content-encoding", ""), limit=max_bytes):
            into.write(piece)
    except OverLimitError:
        raise _too_large(address, max_bytes) from None
    except CutShortError:
        raise ConnectionFailedError(
            Sentence("{url} was not read: its answer was cut short.", url=address.url)
        ) from None
    except DecodingError as error:
        raise EncodingError(
            Sentence(
                "{url} was not read: its content encoding could not be undone ({why}).", url=address.url, why=error
            )
        ) from None


def _too_large(address: Address, max_bytes: int) -> TooLargeError:
    return TooLargeError(
        Sentence("{url} was not read: it is larger than {limit} bytes.", url=address.url, limit=max_bytes)
    )


def _status_error(address: Address, status: int, headers: Mapping[str, str]) -> StatusError:
    return StatusError(
        Sentence("{url} was not read: the server answered {status}.", url=address.url, status=status),
        status=status,
        retry_after=retry_after(headers.get("retry-after"), headers.get("date")),
    )


def _connection_error(address: Address, error: Exception) -> ConnectionFailedError | CertificateError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return CertificateError(
                Sentence("{host} could not prove its identity: {why}", host=address.site, why=cause.verify_message)
            )
        cause = cause.__cause__ or cause.__context__
    return ConnectionFailedError(
        Sentence("{url} was not read: no working connection ({why}).", url=address.url, why=error)
    )
