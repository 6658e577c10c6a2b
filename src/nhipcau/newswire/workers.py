"""A function over many items in worker processes: in order, and a bad item costs only itself.

A page can crash or hang what takes it apart; so it happens in processes that may be lost. One process is started
afresh, loads the function and what it needs, and forks the workers: models and lists lie in memory once however many
workers there are, a new worker costs milliseconds, and the caller's threads and ``__main__`` have no part in it.
Each worker has a pipe of its own, so one that dies in the middle of an answer leaves no lock behind. Needs a system
that can fork.
"""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from nhipcau.newswire.worker_pool import DEPTH, Pool, Task, WorkerFailure, WorkersUnavailableError

__all__ = [
    "WorkerFailure",
    "WorkersUnavailableError",
    "default_jobs",
    "loads_before_fork",
    "ordered_map",
    "registered_loaders",
]

Item = TypeVar("Item")
Result = TypeVar("Result")
Loader = TypeVar("Loader", bound=Callable[[], object])

#: More workers than this must be asked for by number: on heavy pages each may need 100 MB of its own.
MOST_JOBS = 8

_loaders: list[Callable[[], object]] = []


def loads_before_fork(function: Loader) -> Loader:
    """Decorator: run this once in the process that workers are forked from; what it loads is shared by them all."""
    _loaders.append(function)
    return function


def registered_loaders() -> tuple[Callable[[], object], ...]:
    """Every function given to :func:`loads_before_fork` by the modules imported so far, in that order."""
    return tuple(_loaders)


def default_jobs() -> int:
    """As many workers as processors this process may use, at most :data:`MOST_JOBS`."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST_JOBS)


def ordered_map(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    jobs: int | None = None,
    timeout: float = 60.0,
    window: int | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[tuple[Item, Result | WorkerFailure]]:
    """Each item with ``function(item)``, in the order of ``items``, from ``jobs`` worker processes.

    ``items`` is read in the caller's thread, at most ``window`` items ahead. An item on which a worker dies is tried
    once more in a fresh worker of its own, so that the system's killing of a process is not blamed on a page; an item
    that takes more than ``timeout`` seconds is not tried again. Closing the generator, and the caller's death in
    whatever way, ends all its processes.

    Args:
        function: a callable that pickle finds by name (or a ``functools.partial`` of one), not from ``__main__``.
        items: what pickle can write.
        jobs: how many workers; :func:`default_jobs` where ``None``. One is still a process of its own.
        timeout: seconds for one item.
        window: items read and not yet given back; twice what the workers can hold where ``None``.
        meanwhile: called once, in the caller's thread, while the processes start at the first item.

    Raises:
        ValueError: ``jobs``, ``timeout`` or ``window`` is no positive number, or another process could not find the
            function.
        WorkersUnavailableError: the worker processes cannot be started, or the one that forks them was killed.
    """
    count = default_jobs() if jobs is None else jobs
    ahead = 2 * DEPTH * count if window is None else window
    if count < 1 or ahead < 1 or timeout <= 0:
        raise ValueError("At least one worker, a window of one item and some time for an item are needed.")
    packed = _pickled(function)
    return _mapped(iter(items), function=packed, jobs=count, timeout=timeout, window=ahead, meanwhile=meanwhile)


def _pickled(function: Callable[[Item], Result]) -> bytes:
    named = function
    while hasattr(named, "func"):
        named = named.func
    if getattr(named, "__module__", "__main__") == "__main__":
        raise ValueError("Another process cannot import this function: it must stand in a module.")
    try:
        return pickle.dumps(function)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise ValueError(f"Another process cannot import this function: {error}") from error


def _mapped(
    items: Iterator[Item],
    *,
    function: bytes,
    jobs: int,
    timeout: float,
    window: int,
    meanwhile: Callable[[], None] | None,
) -> Iterator[tuple[Item, Result | WorkerFailure]]:
    order: deque[Task] = deque()
    exhausted = False
    with Pool(function, jobs=jobs, timeout=timeout) as pool:
        while order or not exhausted:
            while order and order[0].done:
                task = order.popleft()
                yield task.item, task.result
            if exhausted or len(order) >= window:
                if order:
                    pool.wait()
                continue
            try:
                task = Task(next(items))
            except StopIteration:
                exhausted = True
                continue
            order.append(task)
            pool.give(task)
            if meanwhile is not None:
                meanwhile()
                meanwhile = None
