"""Average linkage: groups whose members are alike on average, so that no chain of neighbours can hold one together.

Two groups that each hold together closely are one only where they are nearly as alike as each is in itself. Reports of
two events of one kind (two earthquakes, two trials) may be as alike as loose reports of one event are; what tells them
apart is that each event's own reports are twice as alike.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

#: From so many members on a group has a likeness of its own that tells something.
LEAST_COHESIVE = 3


def groups(
    products: NDArray[np.float64],
    pairs: NDArray[np.float64],
    threshold: float,
    *,
    cohesion: float = 0.0,
    doubt: float = 0.0,
    together: Iterable[Sequence[int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> list[list[int]]:
    """Join the two most alike groups until none are as alike as ``threshold``; each group ascending, by first member.

    Args:
        products: ``(n, n)``, symmetric: what each pair adds to the likeness of two groups. The diagonal is not read.
        pairs: ``(n, n)``, symmetric, positive: how much each pair counts. Likeness is sum of products by sum of pairs.
        threshold: the least likeness at which two groups are one.
        cohesion: two groups of three or more are one only where they are as alike as this share of the geometric mean
            of what each is in itself.
        doubt: added to the threshold, divided by how many pairs two groups have: one pair may be alike by chance.
        together: members that are one group from the start, however unlike. No member stands in two of them.
        apart: pairs of members that are never in one group, however alike; none of them is ``together``.
    """
    count = len(products)
    sums, weights = products.astype(np.float64), pairs.astype(np.float64)
    np.fill_diagonal(sums, 0)
    inner, inner_weights = np.zeros(count), np.zeros(count)
    members = [[index] for index in range(count)]
    alive = np.ones(count, np.bool_)
    barred = np.eye(count, dtype=np.bool_)
    held_apart = np.array([*apart], np.int64).reshape(-1, 2)
    barred[held_apart[:, 0], held_apart[:, 1]] = barred[held_apart[:, 1], held_apart[:, 0]] = True
    sizes = np.ones(count)

    def above(first: int) -> NDArray[np.float64]:
        """By how much a group's likeness to each other one is above what is asked of them."""
        surplus = np.round(sums[first] / weights[first] - doubt / (sizes * sizes[first]), 6) - threshold
        row: NDArray[np.float64] = np.where(alive & ~barred[first], surplus, -np.inf)
        row[first] = -np.inf
        return row

    surplus = np.array([above(index) for index in range(count)]).reshape(count, count)

    def join(first: int, second: int) -> None:
        inner[first] += inner[second] + sums[first, second]
        inner_weights[first] += inner_weights[second] + weights[first, second]
        for table in (sums, weights):
            table[first] += table[second]
            table[:, first] += table[:, second]
        barred[first] |= barred[second]
        barred[:, first] |= barred[:, second]
        members[first] += members[second]
        alive[second] = False
        sizes[first] += sizes[second]
        surplus[first] = surplus[:, first] = above(first)
        surplus[second] = surplus[:, second] = -np.inf

    for bound in together:
        first, *others = sorted(bound)
        for other in others:
            join(first, other)
    while count:
        first, second = sorted(divmod(int(np.argmax(surplus)), count))
        if surplus[first, second] < 0:
            break
        if min(sizes[first], sizes[second]) >= LEAST_COHESIVE:
            own = [inner[index] / inner_weights[index] for index in (first, second)]
            if sums[first, second] / weights[first, second] < cohesion * math.sqrt(max(own[0] * own[1], 0)):
                # Until one of them has grown; then they are compared again.
                surplus[first, second] = surplus[second, first] = -np.inf
                continue
        join(first, second)
    return [sorted(members[index]) for index in np.flatnonzero(alive)]
