"""The other end: the process that loads the function once and forks the workers, and what a worker does.

Run as ``python -m nhipcau.newswire.worker_process FD``. ``FD`` is the control connection: first the function and the
seconds for an item, then, for each worker wanted, its serial number with the connection it shall use. Its end, which
comes also when the caller is killed, is the order to kill every worker and go.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import queue
import resource
import selectors
import signal
import socket
import sys
import threading
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, NoReturn

from nhipcau.newswire.garbage import BETWEEN_COLLECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

#: Bytes that a worker may hold: a page that needs more ends in MemoryError instead of pushing the system into killing
#: something else. Real pages need no more than the libraries themselves (170 MB); the worst made ones under 600 MB.
MOST_MEMORY = 1024**3
# Seconds after which a thread that waits for its turn gets it, a tenth of what is usual.
_TURN = 0.0005


def main() -> None:
    """Load, then fork on demand and report each worker's end until the control connection ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=int(sys.argv[1]))
    news = Connection(os.dup(control.fileno()))
    try:
        packed, seconds = news.recv()
        function = _load(packed)
    except EOFError:
        return
    except BaseException as error:  # noqa: BLE001 - whatever it is, the caller is told
        news.send(f"{type(error).__name__}: {error}")
        return
    with contextlib.suppress(OSError):
        _serve(control, news, function, seconds)


def _load(packed: bytes) -> Callable[[Any], Any]:
    # Unpickling imports the function's module, and with it the modules that register loaders.
    function: Callable[[Any], Any] = pickle.loads(packed)  # noqa: S301 - from the process that started us
    from nhipcau.newswire.workers import registered_loaders

    for load in registered_loaders():
        load()
    settle()
    return function


def settle() -> None:
    """Let the collector of cycles leave alone what is loaded by now, and look for new ones seldom."""
    # What is alive now stays as it is in every worker: the collector must not touch, and so copy, those pages.
    gc.collect()
    gc.freeze()
    gc.set_threshold(BETWEEN_COLLECTIONS, *gc.get_threshold()[1:])


def _serve(control: socket.socket, news: Connection, function: Callable[[Any], Any], seconds: float) -> None:
    awake, waker = os.pipe()
    for end in (awake, waker):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waker)
    selector = selectors.DefaultSelector()
    selector.register(control, selectors.EVENT_READ)
    selector.register(awake, selectors.EVENT_READ)
    serials: dict[int, int] = {}
    try:
        while True:
            ready = {key.fd for key, _ in selector.select()}
            if awake in ready:
                os.read(awake, 4096)
                _report_endings(serials, news)
            if control.fileno() in ready:
                serial, descriptors, _, _ = socket.recv_fds(control, 8, 1)
                if not serial:
                    return
                pid = _fork(descriptors[0], function, seconds, ours=(control.fileno(), news.fileno(), awake, waker))
                serials[pid] = int.from_bytes(serial, "big")
    finally:
        for pid in serials:
            os.kill(pid, signal.SIGKILL)


def _report_endings(serials: dict[int, int], news: Connection) -> None:
    while serials:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        news.send((serials.pop(pid), status))


def _fork(descriptor: int, function: Callable[[Any], Any], seconds: float, *, ours: tuple[int, ...]) -> int:
    pid = os.fork()
    if pid:
        os.close(descriptor)
        return pid
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for unused in ours:
            os.close(unused)
        _work(Connection(descriptor), function, seconds)
    finally:
        # Never back into the loop above: it would kill this worker's siblings.
        os._exit(1)


def _work(connection: Connection, function: Callable[[Any], Any], seconds: float) -> NoReturn:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    inbox: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    # The only second thread, and all it does is to read: the caller never waits for a busy worker to take a page. It
    # takes its turn often, because a large page is read in many pieces.
    sys.setswitchinterval(_TURN)
    threading.Thread(target=_receive, args=(connection, inbox), daemon=True).start()
    while True:
        data = inbox.get()
        # Left at its default, the alarm ends the process by the system's hand, in the middle of C code too.
        signal.setitimer(signal.ITIMER_REAL, seconds)
        answer = _answer(function, data)
        signal.setitimer(signal.ITIMER_REAL, 0)
        connection.send_bytes(answer)


def _receive(connection: Connection, inbox: queue.SimpleQueue[bytes]) -> None:
    try:
        while True:
            inbox.put(connection.recv_bytes())
    except (EOFError, OSError):
        os._exit(0)


def _answer(function: Callable[[Any], Any], data: bytes) -> bytes:
    try:
        return pickle.dumps((True, function(pickle.loads(data))), protocol=pickle.HIGHEST_PROTOCOL)  # noqa: S301 - from our caller
    except BaseException as error:  # noqa: BLE001 - an exit asked for by a library is an error of its item as well
        return pickle.dumps((False, f"{type(error).__name__}: {error}"[:500]))


if __name__ == "__main__":
    main()
