"""Whether a figure is far from what the office itself usually reports. No database here.

With three earlier values or more: farther from their median than three times their spread (the median absolute
deviation, scaled to a standard deviation), and than half of the median. With one or two: more than three times the
last one, or less than a third of it. Differences under five are never remarkable. The rule flags, it refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: With so many earlier values there is a spread to speak of.
ENOUGH = 3
LEAST_DIFFERENCE = Decimal(5)
_FACTOR = Decimal(3)
#: What makes a median absolute deviation comparable with a standard deviation.
_SCALE = Decimal("1.4826")


@dataclass(frozen=True, slots=True)
class Unusual:
    """A figure that is far from the usual: the value, and what the office reported before, the last first."""

    value: Decimal
    before: tuple[Decimal, ...]
    usual: Decimal

    @property
    def higher(self) -> bool:
        """Whether it is above the usual."""
        return self.value > self.usual


def unusual(value: Decimal, before: Sequence[Decimal]) -> Unusual | None:
    """Whether a value is far from earlier ones of the same figure, the last first; None where not."""
    if not before:
        return None
    usual = median(before) if len(before) >= ENOUGH else before[0]
    difference = abs(value - usual)
    if difference < LEAST_DIFFERENCE:
        return None
    if len(before) >= ENOUGH:
        spread = median([abs(each - usual) for each in before]) * _SCALE
        far = difference > _FACTOR * spread and difference > usual / 2
    else:
        far = value > usual * _FACTOR or value * _FACTOR < usual
    return Unusual(value, tuple(before), Decimal(usual)) if far else None
