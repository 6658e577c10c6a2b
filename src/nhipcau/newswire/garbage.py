"""How often Python looks for cycles among what a run makes: seldom, because there are hardly any."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Objects made and not yet gone between two looks at the young ones. A page makes tens of thousands, and the usual 700
#: cost an eighth of a worker's time.
BETWEEN_COLLECTIONS = 20_000


@contextmanager
def collected_seldom() -> Iterator[None]:
    """A block, or a decorated function, during which Python looks for cycles seldom; before and after as it did."""
    usual = gc.get_threshold()
    gc.set_threshold(usual[0] and max(usual[0], BETWEEN_COLLECTIONS), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
