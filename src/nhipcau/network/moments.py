"""Days worth looking at: on which the map of bodies changed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class Moments:
    """A day among those on which something changed, in the order of time."""

    days: Sequence[date]
    day: date

    @property
    def before(self) -> date | None:
        """The last change before the day."""
        place = bisect_left(self.days, self.day)
        return self.days[place - 1] if place else None

    @property
    def after(self) -> date | None:
        """The next change after the day."""
        place = bisect_right(self.days, self.day)
        return self.days[place] if place < len(self.days) else None

    @property
    def stops(self) -> list[date]:
        """Where the slider stops: the days of change, and the day itself where it is none."""
        return sorted({*self.days, self.day})

    @property
    def place(self) -> int:
        """The number of the day among the stops."""
        return self.stops.index(self.day)

    @property
    def last(self) -> int:
        """The number of the last stop."""
        return len(self.stops) - 1
