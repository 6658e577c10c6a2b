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
    def place(self) -> int:
        """The number of the last change up to the day; 0 for days before the first."""
        return max(bisect_right(self.days, self.day) - 1, 0)

    @property
    def last(self) -> int:
        """The number of the last change."""
        return max(len(self.days) - 1, 0)
