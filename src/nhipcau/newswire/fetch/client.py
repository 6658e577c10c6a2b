"""The fetcher: polite to servers, safe against hostile ones.

It asks robots.txt first, leaves a pause between two requests to a host, sends no cookie and no referrer, and looks at
no proxy setting or other variable of the environment. Every redirect passes the same checks as the first address.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import random
import threading
import time
from typing import IO, TYPE_CHECKING, Self, TypeVar

import httpcore
import httpx

from nhipcau import __version__
from nhipcau.newswire.fetch.address import Address, parse_address
from nhipcau.newswire.fetch.errors import FetchError, TooLargeError, TooManyRedirectsError
from nhipcau.newswire.fetch.exchange import exchange
from nhipcau.newswire.fetch.guard import GuardedBackend, Resolver
from nhipcau.newswire.fetch.many import in_order
from nhipcau.newswire.fetch.messages import Request, Response
from nhipcau.newswire.fetch.pace import MAX_WAIT, HostPace
from nhipcau.newswire.fetch.robots import MAX_BYTES as ROBOTS_MAX_BYTES
from nhipcau.newswire.fetch.robots import Robots
from nhipcau.newswire.sentences import Sentence

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

USER_AGENT = f"NhipCau/{__version__}"
MAX_REDIRECTS = 5
#: How often one address is asked in all, where the trouble is passing.
ATTEMPTS = 3
#: The first back-off in seconds; it doubles, and is spread by half up and down so that hosts are not hit in step.
BACK_OFF = 1.0

AnyRequest = TypeVar("AnyRequest", bound=Request)


class Fetcher:
    """Reads pages over HTTP; a context manager, safe on many threads.

    Args:
        allow_hosts: hosts (``name`` or ``name:port``) that may be read although their address is private or local.
        pace: seconds from the start of one request to a host to the start of the next.
        timeout: seconds of network time for one answer, its redirects included; waits for a host's turn do not count.
        max_bytes: the largest answer, unpacked.
        user_agent: its first word, up to a slash, is the name looked for in robots.txt.
        resolver: ``(host, port)`` to numeric addresses; the system's where ``None``.
        clock, sleep: seconds; replaced in tests.
        rng: spreads the back-off.
        ssl_context: the certificates trusted; the usual public ones where ``None``.
    """

    def __init__(
        self,
        *,
        allow_hosts: frozenset[str] = frozenset(),
        pace: float = 1.0,
        timeout: float = 20.0,
        max_bytes: int = 10_000_000,
        user_agent: str = USER_AGENT,
        resolver: Resolver | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
        rng: random.Random | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._timeout = timeout
        self._max_bytes = max_bytes
        self._user_agent = user_agent
        self._clock = clock
        self._closed = threading.Event()
        self._sleep = sleep or self._closed.wait  # a wait ends at once when the fetcher is closed
        self._rng = rng or random.Random(0)  # noqa: S311 - spreads requests, guards nothing
        self._backend = GuardedBackend(allow_hosts=allow_hosts, resolver=resolver, clock=clock)
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context or httpx.create_ssl_context(trust_env=False),
            max_connections=64,
            max_keepalive_connections=16,
            keepalive_expiry=15.0,
            network_backend=self._backend,
        )
        self._pace = HostPace(pace=pace, clock=clock, sleep=self._sleep)
        self._robots = Robots(self._robots_text, agent=user_agent.split("/", maxsplit=1)[0], clock=clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection; a fetcher that was closed reads nothing more."""
        self._closed.set()
        self._pool.close()

    def get(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, max_bytes: int | None = None
    ) -> Response:
        """Read one page; raises :class:`FetchError`."""
        return self.send(Request(url, etag, last_modified, max_bytes))

    def send(self, request: Request) -> Response:
        """Read the page a request asks for; raises :class:`FetchError`."""
        body = io.BytesIO()
        answer = self._delivered(request, body, timeout=self._timeout)
        return Response(
            url=answer.url,
            status=answer.status,
            headers=answer.headers,
            body=body.getvalue(),
            not_modified=answer.not_modified,
        )

    def download(self, url: str, into: IO[bytes], *, max_bytes: int, timeout: float) -> Response:
        """Read a large file straight into ``into``, from its start; the response's body is empty.

        Raises :class:`FetchError`; what ``into`` then holds is of no use.
        """
        return self._delivered(Request(url, max_bytes=max_bytes), into, timeout=timeout)

    def get_many(
        self, requests: Iterable[AnyRequest], *, workers: int = 8
    ) -> Iterator[tuple[AnyRequest, Response | FetchError]]:
        """Read many pages, several hosts at once and one request at a time for each, in the order given.

        ``requests`` is read as the work proceeds, in the caller's thread. Memory is bounded, see :mod:`.many`.
        """
        return in_order(self.send, requests, workers=workers)

    def _delivered(self, request: Request, into: IO[bytes], *, timeout: float, obey: bool = True) -> Response:
        """Follow the request to its end, again where the trouble is passing and the wait bearable."""
        for attempt in itertools.count(1):
            into.seek(0)
            into.truncate()
            try:
                return self._followed(request, into, timeout=timeout, obey=obey)
            except FetchError as error:
                wait = error.retry_after
                if wait is None:
                    wait = BACK_OFF * 2 ** (attempt - 1) * (0.5 + self._rng.random())
                if not error.retried or attempt == ATTEMPTS or wait > MAX_WAIT:
                    raise
            self._sleep(wait)
        raise AssertionError("the loop ends by returning or raising")

    def _followed(self, request: Request, into: IO[bytes], *, timeout: float, obey: bool) -> Response:
        """The answer at the end of the redirects; robots.txt is asked about each address where ``obey``."""
        address = parse_address(request.url)
        for _ in range(MAX_REDIRECTS + 1):
            delay = self._robots.delay(address) if obey else 0.0
            with self._pace.turn(address.site, delay=delay):
                started = self._clock()
                answer = self._asked(address, request, into, timeout=timeout)
                timeout -= self._clock() - started
            if isinstance(answer, Response):
                return answer
            address = answer
        raise TooManyRedirectsError(
            Sentence("{url} leads on through more than {limit} redirects.", url=request.url, limit=MAX_REDIRECTS)
        )

    def _asked(self, address: Address, request: Request, into: IO[bytes], *, timeout: float) -> Response | Address:
        """One request and its answer, or the address it redirects to."""
        if self._closed.is_set():
            raise FetchError(Sentence("The work was stopped before {url} was read.", url=address.url))
        try:
            with self._backend.until(self._clock() + timeout):
                return exchange(
                    self._pool,
                    address,
                    request,
                    into,
                    user_agent=self._user_agent,
                    max_bytes=request.max_bytes or self._max_bytes,
                )
        except FetchError as error:
            if error.retry_after is not None:
                self._pace.rest(address.site, error.retry_after)
            raise

    def _robots_text(self, address: Address) -> str:
        """The text of a robots.txt; what is behind the part that must be read is left out."""
        into = io.BytesIO()
        request = Request(address.url, max_bytes=ROBOTS_MAX_BYTES)
        with contextlib.suppress(TooLargeError):
            self._delivered(request, into, timeout=self._timeout, obey=False)
        return into.getvalue().decode("utf-8-sig", errors="replace")
