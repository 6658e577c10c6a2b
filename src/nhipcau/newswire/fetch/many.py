"""Many requests: hosts side by side, one request at a time for each, results in the order of the requests.

Bounded twice: at most :data:`WINDOW` requests are under way or waiting to be handed out, and no new one starts while
more than :data:`MAX_BUFFERED` bytes of answers wait.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from nhipcau.newswire.fetch.address import parse_address
from nhipcau.newswire.fetch.errors import AddressError, FetchError
from nhipcau.newswire.fetch.messages import Request, Response

WINDOW = 512
MAX_BUFFERED = 32_000_000

AnyRequest = TypeVar("AnyRequest", bound=Request)
Send = Callable[[Request], Response]


@dataclass(slots=True)
class _Job(Generic[AnyRequest]):
    request: AnyRequest
    done: threading.Event = field(default_factory=threading.Event)
    result: Response | FetchError | None = None
    failure: BaseException | None = None


class _Lanes(Generic[AnyRequest]):
    """A queue for each host; a host is served by at most one thread at a time, its requests in their order."""

    def __init__(self, send: Send, *, workers: int) -> None:
        self._send = send
        self._workers = workers
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._lanes: dict[str, deque[_Job[AnyRequest]]] = {}
        self._ready: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.buffered = 0

    def submit(self, job: _Job[AnyRequest]) -> None:
        site = _site(job.request)
        with self._lock:
            lane = self._lanes.get(site)
            if lane is not None:
                lane.append(job)
                return
            self._lanes[site] = deque([job])
            if len(self._threads) < min(self._workers, len(self._lanes)):
                thread = threading.Thread(target=self._work, name="fetch", daemon=True)
                self._threads.append(thread)
                thread.start()
        self._ready.put(site)

    def taken(self, job: _Job[AnyRequest]) -> None:
        """The job's answer has left the buffer."""
        with self._lock:
            self.buffered -= _size(job)

    def stop(self) -> None:
        """Start nothing more. A thread in the middle of a request ends with it, within the fetcher's time cap."""
        with self._lock:
            for lane in self._lanes.values():
                lane.clear()
        for _ in self._threads:
            self._ready.put(None)

    def _work(self) -> None:
        while (site := self._ready.get()) is not None:
            with self._lock:
                lane = self._lanes[site]
                job = lane.popleft() if lane else None
            if job is not None:
                self._do(job)
            with self._lock:
                more = bool(self._lanes[site])
                if not more:
                    del self._lanes[site]
            if more:
                self._ready.put(site)

    def _do(self, job: _Job[AnyRequest]) -> None:
        try:
            job.result = self._send(job.request)
        except FetchError as error:
            job.result = error.with_traceback(None)
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that reads the results
            job.failure = error
        with self._lock:
            self.buffered += _size(job)
        job.done.set()


def in_order(
    send: Send, requests: Iterable[AnyRequest], *, workers: int
) -> Iterator[tuple[AnyRequest, Response | FetchError]]:
    """Each request with its answer, or with the error that says why there is none."""
    lanes: _Lanes[AnyRequest] = _Lanes(send, workers=workers)
    waiting: deque[_Job[AnyRequest]] = deque()
    source = iter(requests)
    exhausted = False
    try:
        while True:
            while not exhausted and len(waiting) < WINDOW and (lanes.buffered < MAX_BUFFERED or not waiting):
                request = next(source, None)
                if request is None:
                    exhausted = True
                    break
                waiting.append(_Job(request))
                lanes.submit(waiting[-1])
            if not waiting:
                return
            job = waiting.popleft()
            job.done.wait()
            lanes.taken(job)
            if job.failure is not None:
                raise job.failure
            assert job.result is not None
            yield job.request, job.result
    finally:
        lanes.stop()


def _site(request: Request) -> str:
    try:
        return parse_address(request.url).site
    except AddressError:
        return ""


def _size(job: _Job[AnyRequest]) -> int:
    return len(job.result.body) if isinstance(job.result, Response) else 0
