"""How often Python looks for cycles among what a run makes: seldom, because there are hardly any."""

from __future__ import annotations

import gc
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Objects made and not yet gone between two looks at the young ones. A page makes tens of thousands, and the usual 700
#: cost an eighth of a worker's time.
BETWEEN_COLLECTIONS = 20_000


class _Usual:
    """How often Python looks outside such blocks, and how many of them are open, in all threads together."""

    def __init__(self) -> None:
        self.lock, self.open, self.threshold = threading.Lock(), 0, gc.get_threshold()


_USUAL = _Usual()


@contextmanager
def collected_seldom() -> Iterator[None]:
    """A block, or a decorated function, during which Python looks for cycles seldom; before and after as it did.

    Blocks may be open in several threads at once: the last one to end leaves all as the first one found it.
    """
    with _USUAL.lock:
        if not _USUAL.open:
            _USUAL.threshold = usual = gc.get_threshold()
            gc.set_threshold(usual[0] and max(usual[0], BETWEEN_COLLECTIONS), *usual[1:])
        _USUAL.open += 1
    try:
        yield
    finally:
        with _USUAL.lock:
            _USUAL.open -= 1
            if not _USUAL.open:
                gc.set_threshold(*_USUAL.threshold)
