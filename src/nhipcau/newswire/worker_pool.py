"""The caller's end of the workers: which has which tasks, what came back, and what to do when one dies.

Everything runs in the caller's thread, inside :meth:`Pool.give` and :meth:`Pool.wait`. Between those calls the workers
go on by themselves with the tasks that lie ready at them.
"""

from __future__ import annotations

import os
import pickle
import selectors
import signal
import socket
import subprocess
import sys
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any, Self

from nhipcau.newswire.sentences import Sentence

#: Tasks that lie ready at a worker, the one in work included: enough that it is not idle while the caller is busy for
#: some 50 ms, few enough that little waits behind a slow page.
DEPTH = 4
#: Tasks after which a worker gives way to a fresh one; bounds whatever a library keeps from page to page.
LIFETIME = 500
#: Seconds that the forking process, once told to end, may take to kill its workers and go.
_LAST_SECONDS = 10.0
_ENVIRONMENT = {
    # The matrices of one page are no work for several threads, and only a process without threads forks safely.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # The memory of a large page goes back to the system at once.
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "MALLOC_TRIM_THRESHOLD_": "131072",
    # Libraries that walk over sets walk the same way in every run.
    "PYTHONHASHSEED": "0",
}

TOOK_TOO_LONG = Sentence("It took longer than the time allowed.")
CRASHED = Sentence("The worker process died on it, twice.")


class WorkersUnavailableError(RuntimeError):
    """The worker processes cannot be started, or the one that forks them was killed."""


@dataclass(frozen=True, slots=True)
class WorkerFailure:
    """What stands in place of a result. ``kind`` is ``timeout``, ``crash`` or ``error``; ``str()`` is for people."""

    kind: str
    detail: str

    def __str__(self) -> str:
        return self.detail


@dataclass(slots=True, eq=False)
class Task:
    """One item on its way. ``result`` is there once it is ``done``."""

    item: Any
    done: bool = False
    result: Any = None
    crashes: int = 0

    def finish(self, result: Any) -> None:
        """Keep the result, or the failure in its place."""
        self.result = result
        self.done = True


@dataclass(slots=True, eq=False)
class _Worker:
    """One process; ``given`` counts its tasks, and one that works ``alone`` on a suspect is given no other."""

    connection: Connection
    alone: bool
    tasks: deque[Task] = field(default_factory=deque)
    given: int = 0

    def has_room(self) -> bool:
        return not self.alone and self.given < LIFETIME and len(self.tasks) < DEPTH


class Pool:
    """Up to ``jobs`` workers, forked when there is something to do, for one function (pickled)."""

    def __init__(self, function: bytes, *, jobs: int, timeout: float) -> None:
        self._function = function
        self._jobs = jobs
        self._timeout = timeout
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._news: Connection | None = None
        self._workers: dict[int, _Worker] = {}
        self._endings: dict[int, int] = {}
        self._waiting: deque[Task] = deque()
        self._suspects: deque[Task] = deque()
        self._serial = 0
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End every process, whatever it is doing: the end of the control connection is the order to kill and go."""
        self._selector.close()
        for worker in self._workers.values():
            worker.connection.close()
        self._workers.clear()
        if self._news is not None:
            self._news.close()
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            try:
                self._process.wait(_LAST_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def give(self, task: Task) -> None:
        """Queue a task, hand out what the workers have room for, and take the answers that lie ready."""
        self._waiting.append(task)
        self._hand_out()
        self._collect(timeout=0)

    def wait(self) -> None:
        """Wait until something has happened: an answer or a death."""
        self._collect(timeout=None)

    def _collect(self, *, timeout: float | None) -> None:
        for key, _ in self._selector.select(timeout):
            serial: int | None = key.data
            if serial is None:
                # A burial earlier in this round may have read it already.
                if self._news is not None and self._news.poll():
                    self._read_news()
            elif serial in self._workers:
                self._read_answer(serial)
        self._hand_out()

    def _hand_out(self) -> None:
        # Every suspect left its dead worker's place free, so there is always room for it; it goes first.
        while self._suspects:
            self._send(self._new_worker(alone=True), self._suspects.popleft())
        while self._waiting:
            worker = self._freest()
            if worker is None:
                return
            self._send(worker, self._waiting.popleft())

    def _freest(self) -> _Worker | None:
        free = min((w for w in self._workers.values() if w.has_room()), key=lambda w: len(w.tasks), default=None)
        if (free is None or free.tasks) and len(self._workers) < self._jobs:
            return self._new_worker(alone=False)
        return free

    def _send(self, worker: _Worker, task: Task) -> None:
        try:
            data = pickle.dumps(task.item, protocol=pickle.HIGHEST_PROTOCOL)
        except (pickle.PicklingError, AttributeError, TypeError, RecursionError) as error:
            task.finish(WorkerFailure("error", f"{type(error).__name__}: {error}"))
            worker.alone = False
            return
        worker.tasks.append(task)
        worker.given += 1
        try:
            worker.connection.send_bytes(data)
        except OSError:
            # It has died: its connection will be read to the end, and then what it had is dealt with.
            return

    def _new_worker(self, *, alone: bool) -> _Worker:
        control = self._control or self._start()
        self._serial += 1
        ours, theirs = socket.socketpair()
        with theirs:
            worker = _Worker(Connection(ours.detach()), alone)
            try:
                socket.send_fds(control, [self._serial.to_bytes(8, "big")], [theirs.fileno()])
            except OSError:
                worker.connection.close()
                self._read_news()
                raise
        self._workers[self._serial] = worker
        self._selector.register(worker.connection, selectors.EVENT_READ, self._serial)
        return worker

    def _start(self) -> socket.socket:
        self._control, theirs = socket.socketpair()
        self._news = Connection(os.dup(self._control.fileno()))
        path = os.pathsep.join(entry for entry in sys.path if entry)
        try:
            with theirs:
                # -P: a file of the folder we were called in must not be taken for a module of the library.
                self._process = subprocess.Popen(  # noqa: S603 - our own module, run by this very interpreter
                    [sys.executable, "-P", "-m", "nhipcau.newswire.worker_process", str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                    env={**os.environ, **_ENVIRONMENT, "PYTHONPATH": path},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            self._news.send((self._function, self._timeout))
        except OSError as error:
            raise WorkersUnavailableError(f"The worker processes cannot be started: {error}") from error
        self._selector.register(self._news, selectors.EVENT_READ, None)
        return self._control

    def _read_news(self) -> None:
        """One message of the forking process: a worker's serial number and exit status, or why nothing can be done."""
        assert self._news is not None
        try:
            news = self._news.recv()
        except (EOFError, OSError) as error:
            raise WorkersUnavailableError("The process that starts the workers was killed.") from error
        if isinstance(news, str):
            raise WorkersUnavailableError(f"The worker processes cannot be started: {news}")
        serial, status = news
        if serial in self._workers:
            self._endings[serial] = status

    def _read_answer(self, serial: int) -> None:
        worker = self._workers[serial]
        try:
            good, value = pickle.loads(worker.connection.recv_bytes())  # noqa: S301 - from our own process
        except (EOFError, OSError):
            self._bury(serial)
            return
        worker.tasks.popleft().finish(value if good else WorkerFailure("error", value))
        worker.alone = False
        if worker.given >= LIFETIME and not worker.tasks:
            self._forget(serial)

    def _forget(self, serial: int) -> deque[Task]:
        worker = self._workers.pop(serial)
        self._selector.unregister(worker.connection)
        worker.connection.close()
        self._endings.pop(serial, None)
        return worker.tasks

    def _bury(self, serial: int) -> None:
        """A worker has died. Answers come in order, so it died on the first task not answered; the others go back."""
        while serial not in self._endings:
            self._read_news()
        status = self._endings[serial]
        tasks = self._forget(serial)
        if not tasks:
            return
        blamed = tasks.popleft()
        blamed.crashes += 1
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
            blamed.finish(WorkerFailure("timeout", TOOK_TOO_LONG))
        elif blamed.crashes > 1:
            blamed.finish(WorkerFailure("crash", CRASHED))
        else:
            self._suspects.append(blamed)
        self._waiting.extendleft(reversed(tasks))
