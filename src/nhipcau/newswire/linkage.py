"""Average linkage: groups whose members are alike on average, so that no chain of neighbours can hold one together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray


def groups(
    products: NDArray[np.float64],
    pairs: NDArray[np.float64],
    threshold: float,
    *,
    together: Iterable[Sequence[int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> list[list[int]]:
    """Join the two most alike groups until none are as alike as ``threshold``; each group ascending, by first member.

    Args:
        products: ``(n, n)``, symmetric: what each pair adds to the likeness of two groups.
        pairs: ``(n, n)``, symmetric, positive: how much each pair counts. Likeness is sum of products by sum of pairs.
        threshold: the least likeness at which two groups are one.
        together: members that are one group from the start, however unlike. No member stands in two of them.
        apart: pairs of members that are never in one group, however alike; none of them is ``together``.
    """
    count = len(products)
    sums, weights = products.astype(np.float64), pairs.astype(np.float64)
    members = [[index] for index in range(count)]
    alive = np.ones(count, np.bool_)
    barred = np.eye(count, dtype=np.bool_)
    for one, other in apart:
        barred[one, other] = barred[other, one] = True
    likeness = np.where(barred, -np.inf, np.round(sums / weights, 6))

    def join(first: int, second: int) -> None:
        for table in (sums, weights):
            table[first] += table[second]
            table[:, first] += table[:, second]
        barred[first] |= barred[second]
        barred[:, first] |= barred[:, second]
        members[first] += members[second]
        alive[second] = False
        row = np.where(alive & ~barred[first], np.round(sums[first] / weights[first], 6), -np.inf)
        row[first] = -np.inf
        likeness[first] = likeness[:, first] = row
        likeness[second] = likeness[:, second] = -np.inf

    for bound in together:
        first, *others = sorted(bound)
        for other in others:
            join(first, other)
    while True:
        first, second = sorted(divmod(int(np.argmax(likeness)), count))
        if likeness[first, second] < threshold:
            return [sorted(members[index]) for index in np.flatnonzero(alive)]
        join(first, second)
