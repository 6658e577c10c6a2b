"""Which stories some articles are near to, while these are put into stories one after the other."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from nhipcau.newswire.stories.ranking import summed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nhipcau.newswire.stories.index import Index

    # Homes with how like they are, most like first.
    Near = list[tuple[int, float]]

# What is less like an article is not near it.
_LEAST = 0.02
# So many are near however little the index sees of a likeness.
_ANYHOW = 2


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
        self._slots, self._shares = np.ascontiguousarray(slots), shares
        self._owner = np.repeat(np.arange(count), np.diff(bounds))
        self._dropped = index.dropped
        # Each of them may found a story, which then has a column of its own.
        width = len(index.named) + count
        self._products = summed(index.homes[self._slots] + self._owner * width, shares, count * width).reshape(
            count, width
        )
        self._products[:, 0] = 0
        self._multiplied = np.ones(width)
        self._multiplied[: len(index.named)] = index.shares[: len(index.named)]

    def __len__(self) -> int:
        return len(self._asking)

    def near(self, count: int, *, part: float = 0.0, seen: float = 0.0) -> list[Near]:
        """For each article the ``count`` homes most like it, as far as its heaviest terms tell, most like first.

        Each comes with its likeness, that is a little less than the true one; those less than this ``part`` as like as
        the first one are left out, and but for the first two those less like than ``seen``.
        """
        self._count, self._part, self._seen = count, part, seen
        likeness = self._products * self._multiplied
        least = np.maximum(_LEAST, part * likeness.max(axis=1))
        places, homes = np.divmod(np.flatnonzero(likeness >= least[:, None]), likeness.shape[1])
        bounds = np.searchsorted(places, np.arange(len(self) + 1)).tolist()
        alike = likeness[places, homes]
        self._stale = np.zeros(len(self), np.bool_)
        self._matters = least
        self._near = [self._ranked(homes[first:behind], alike[first:behind]) for first, behind in pairwise(bounds)]
        for place, near in enumerate(self._near):
            self._note(place, near)
        return self._near

    def near_now(self, place: int) -> Near:
        """The same of one article, as it is now."""
        if self._stale[place]:
            likeness = self._products[place] * self._multiplied
            self._matters[place] = max(_LEAST, self._part * float(likeness.max()))
            homes = np.flatnonzero(likeness >= self._matters[place])
            self._near[place] = self._ranked(homes, likeness[homes])
        return self._near[place]

    def mates(self, place: int, least: float) -> list[int]:
        """The slots of those asked for before this one that are at least so like it."""
        found = np.flatnonzero(self._between[place, :place] >= least)
        return [self._asking[other] for other in found.tolist()]

    def settled(self, place: int, home: int) -> None:
        """Take in that one of them, and nobody else, now has a home."""
        number = self._index.numbers[home]
        self._stale |= self._products[:, number] * self._multiplied[number] >= self._matters
        if self._index.dropped == self._dropped:
            self._products[:, number] += self._between[:, place]
        else:
            self._dropped = self._index.dropped
            its = np.flatnonzero(self._index.homes[self._slots] == number)
            self._products[:, number] = summed(self._owner[its], self._shares[its], len(self))
        self._multiplied[number] = self._index.shares[number]
        self._stale |= self._products[:, number] * self._multiplied[number] >= self._matters

    @cached_property
    def _between(self) -> NDArray[np.float64]:
        """How like each of them they all are; they have neighbouring slots."""
        count, first = len(self), self._asking[0]
        among = np.flatnonzero(self._slots >= first)
        among = among[self._slots[among] < first + count]
        key = self._owner[among] * count + self._slots[among] - first
        return summed(key, self._shares[among], count * count).reshape(count, count)

    def _ranked(self, homes: NDArray[np.int64], alike: NDArray[np.float64]) -> Near:
        ranked = sorted(zip((-alike).tolist(), homes.tolist(), strict=True))[: self._count]
        return [
            (self._index.named[home], -about)
            for place, (about, home) in enumerate(ranked)
            if place < _ANYHOW or -about >= self._seen
        ]

    def _note(self, place: int, near: Near) -> None:
        """From what likeness on a home that changes may be another one of those near."""
        if len(near) >= _ANYHOW:
            self._matters[place] = max(self._matters[place], min(near[_ANYHOW - 1][1], self._seen))
