"""When a worker last showed itself, kept where every process and machine sees it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.core.cache import cache

_KEY = "nhipcau-worker"


class Heartbeat(NamedTuple):
    """A sign of life.

    Attributes:
        at: aware moment.
        lag: seconds between the minute for which it was asked and the moment it was done.
        waiting: jobs in the queue at that moment.
    """

    at: datetime
    lag: float
    waiting: int


def beat(at: datetime, waiting: int) -> None:
    """Show a sign of life at an aware moment; the job is asked for at the full minute."""
    lag = at.second + at.microsecond / 1e6
    cache.set(_KEY, (at.isoformat(), lag, waiting), timeout=None)


def last_heartbeat() -> Heartbeat | None:
    """The last one; None where there never was one."""
    kept = cache.get(_KEY)
    return Heartbeat(datetime.fromisoformat(kept[0]), kept[1], kept[2]) if kept else None
