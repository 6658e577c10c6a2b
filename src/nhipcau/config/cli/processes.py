"""Several processes that do the same work, kept running by the one that started them."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

#: Seconds before a process that ended is followed by another: one that cannot begin must not take all of a core.
PAUSE = 1.0


def keep_running(work: Callable[[], None], number: int) -> None:
    """Do the work in so many processes, in another where one ends, until this one is told to stop; they end with it.

    Whatever only one process can hold, a connection to a database, is closed by the caller beforehand.
    """
    running: set[int] = set()
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        for _place in range(number):
            _start(work, running)
        while True:
            ended, _status = os.wait()
            running.discard(ended)
            time.sleep(PAUSE)
            _start(work, running)
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
        for process in running:
            os.kill(process, signal.SIGTERM)
        for process in running:
            os.waitpid(process, 0)


def _start(work: Callable[[], None], running: set[int]) -> None:
    # To be told to stop between the start of a process and the note of it would leave it behind.
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    process = os.fork()
    if process:
        running.add(process)
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
        return
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, held)
    try:
        work()
    except KeyboardInterrupt:
        pass
    finally:
        # Without what the first process would do at its end: that is the first one's.
        sys.stdout.flush()
        os._exit(0)


def _stop(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(0)
