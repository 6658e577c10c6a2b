"""One request at a time to a host, and a pause between two."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nhipcau.newswire.fetch.errors import HostRestingError
from nhipcau.newswire.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: The longest wait for one host, in seconds: of a ``Crawl-delay`` and of a ``Retry-After``.
MAX_WAIT = 60.0


class HostPace:
    """When each host may be asked again. Times are seconds on the clock given."""

    def __init__(self, *, pace: float, clock: Callable[[], float], sleep: Callable[[float], object]) -> None:
        self._pace = pace
        self._clock = clock
        self._sleep = sleep
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._ready_at: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str, *, delay: float = 0.0) -> Iterator[None]:
        """Wait for the host's turn and hold it: ``delay`` or the usual pace from one start to the next.

        Raises :class:`HostRestingError` where the host asked for a longer pause than :data:`MAX_WAIT`.
        """
        with self._guard:
            lock = self._locks.setdefault(host, threading.Lock())
        with lock:
            wait = self._ready_at.get(host, float("-inf")) - self._clock()
            if wait > MAX_WAIT:
                raise HostRestingError(Sentence("{host} asked for a pause; it is read again later.", host=host))
            if wait > 0:
                self._sleep(wait)
            self._ready_at[host] = self._clock() + max(self._pace, min(delay, MAX_WAIT))
            yield

    def rest(self, host: str, seconds: float) -> None:
        """Leave the host alone for at least so long."""
        with self._guard:
            self._ready_at[host] = max(self._ready_at.get(host, float("-inf")), self._clock() + seconds)
