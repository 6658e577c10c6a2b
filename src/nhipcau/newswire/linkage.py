"""Average linkage: groups whose members are alike on average, so that no chain of neighbours can hold one together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def groups(products: NDArray[np.float64], pairs: NDArray[np.float64], threshold: float) -> list[list[int]]:
    """Join the two most alike groups until none are as alike as ``threshold``; each group ascending, by first member.

    Args:
        products: ``(n, n)``, symmetric: what each pair adds to the likeness of two groups.
        pairs: ``(n, n)``, symmetric, positive: how much each pair counts. Likeness is sum of products by sum of pairs.
        threshold: the least likeness at which two groups are one.
    """
    count = len(products)
    sums, weights = products.astype(np.float64), pairs.astype(np.float64)
    members = [[index] for index in range(count)]
    alive = np.ones(count, np.bool_)
    likeness = np.round(sums / weights, 6)
    np.fill_diagonal(likeness, -np.inf)
    while True:
        first, second = sorted(divmod(int(np.argmax(likeness)), count))
        if likeness[first, second] < threshold:
            return [sorted(members[index]) for index in np.flatnonzero(alive)]
        for table in (sums, weights):
            table[first] += table[second]
            table[:, first] += table[:, second]
        members[first] += members[second]
        alive[second] = False
        row = np.where(alive, np.round(sums[first] / weights[first], 6), -np.inf)
        row[first] = -np.inf
        likeness[first] = likeness[:, first] = row
        likeness[second] = likeness[:, second] = -np.inf
