"""A story's articles over time: how many in each hour, day or week, as bars that a page can draw without script."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Units a bar may stand for, the finest first, each up to so many bars.
UNITS = (("hour", timedelta(hours=1), 72), ("day", timedelta(days=1), 92), ("week", timedelta(days=7), 520))
#: Width of a bar and height of the highest one, in the drawing's own units.
WIDTH, HEIGHT = 10, 60


@dataclass(frozen=True, slots=True)
class Bar:
    """Articles from ``at`` on, for one unit; where the bar stands and how high it is."""

    at: datetime
    count: int
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars without a gap, in Asia/Ho_Chi_Minh; ``unit`` is ``hour``, ``day`` or ``week``."""

    unit: str
    bars: tuple[Bar, ...]

    @property
    def width(self) -> int:
        """Of the drawing."""
        return WIDTH * len(self.bars)

    @property
    def height(self) -> int:
        """Of the drawing."""
        return HEIGHT

    @property
    def highest(self) -> Bar:
        """The bar with most articles, the earliest of several."""
        return max(self.bars, key=lambda bar: bar.count)

    @property
    def filled(self) -> list[Bar]:
        """The bars that stand for any article."""
        return [bar for bar in self.bars if bar.count]


def timeline(moments: Iterable[datetime]) -> Timeline | None:
    """Bars over some moments, aware; None where there is nothing to tell, because they fall into one hour.

    What lies further back than the bars reach is in the first one.
    """
    times = sorted(timezone.localtime(moment) for moment in moments)
    if not times:
        return None
    unit, step, most = next((one for one in UNITS if (times[-1] - times[0]) / one[1] < one[2] - 1), UNITS[-1])
    last = _start(times[-1], unit)
    first = max(_start(times[0], unit), last - step * (most - 1))
    counted = Counter(max(_start(moment, unit), first) for moment in times)
    if len(counted) == 1:
        return None
    starts = list(itertools.takewhile(lambda at: at <= last, (first + step * number for number in range(most))))
    full = max(counted.values())
    bars = []
    for place, at in enumerate(starts):
        height = -(-counted[at] * HEIGHT // full)
        bars.append(Bar(at, counted[at], place * WIDTH, HEIGHT - height, height))
    return Timeline(unit, tuple(bars))


def _start(moment: datetime, unit: str) -> datetime:
    """When the unit began in which a moment is; a week begins on Monday."""
    hour = moment.replace(minute=0, second=0, microsecond=0)
    if unit == "hour":
        return hour
    day = hour.replace(hour=0)
    return day if unit == "day" else day - timedelta(days=day.weekday())
