"""Which stories some articles are near to, while these are put into stories one after the other."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nhipcau.newswire.stories.index import Index

# What is less like an article is not near it.
_LEAST = 0.02


class Asked:
    """What the index says of some articles: who shares terms with them, and so which homes they are like.

    Args:
        index: says what home each slot has.
        asking: the slots of the articles, if they have any.
        slots, shares: who shares a term with one of them, once for each term, and what that adds to the product.
        bounds: what is of the ``i``-th article stands from the ``i``-th bound to the next.
    """

    def __init__(
        self,
        index: Index,
        asking: Sequence[int],
        slots: NDArray[np.int32],
        shares: NDArray[np.float32],
        bounds: Sequence[int],
    ) -> None:
        count = len(asking)
        self._index, self._asking = index, asking
        self._slots, self._shares = slots, shares
        self._owner = np.repeat(np.arange(count), np.diff(bounds))
        self._dropped = index.dropped
        # Each of them may found a story.
        width = len(index.named) + count
        summed = np.bincount(index.homes[slots] + self._owner * width, shares, count * width)
        self._products = summed.reshape(count, width)
        self._products[:, 0] = 0

    def __len__(self) -> int:
        return len(self._asking)

    def near(self, place: int, count: int, *, part: float = 0.0) -> list[tuple[int, float]]:
        """The ``count`` homes most like an article now, as far as its heaviest terms tell, most like first.

        Each comes with its likeness, that is a little less than the true one; those less than this ``part`` as like as
        the first one are left out.
        """
        width = len(self._index.named)
        likeness = self._products[place, :width] * self._index.shares[:width]
        homes = np.flatnonzero(likeness >= max(_LEAST, part * float(likeness.max())))
        alike = likeness[homes]
        order = np.lexsort((homes, -alike))[:count]
        return [
            (self._index.named[home], about)
            for home, about in zip(homes[order].tolist(), alike[order].tolist(), strict=True)
        ]

    def mates(self, place: int, least: float) -> list[int]:
        """The slots of those asked for before this one that are at least so like it."""
        found = np.flatnonzero(self._between[place, :place] >= least)
        return [self._asking[other] for other in found.tolist()]

    def settled(self, place: int, home: int) -> None:
        """Take in that one of them, and nobody else, now has a home."""
        number = self._index.numbers[home]
        if self._index.dropped == self._dropped:
            self._products[:, number] += self._between[:, place]
            return
        self._dropped = self._index.dropped
        its = np.flatnonzero(self._index.homes[self._slots] == number)
        self._products[:, number] = np.bincount(self._owner[its], self._shares[its], len(self))

    @cached_property
    def _between(self) -> NDArray[np.float64]:
        """How like each of them they all are; they have neighbouring slots."""
        count, first = len(self), self._asking[0]
        among = np.flatnonzero((self._slots >= first) & (self._slots < first + count))
        key = self._owner[among] * count + self._slots[among] - first
        return np.bincount(key, self._shares[among], count * count).reshape(count, count)
