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
#: How closely a group holds together is not told by near-copies: two members more alike than this count as this alike.
COPIES = 0.4
# Likenesses are compared to so many, so that sums made in another order come out the same.
_DIGITS = 6


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
    # Sums of products, of what pairs count, and of products as far as they tell how closely a group holds together.
    table = np.empty((3, count, count))
    sums, weights, capped = table
    sums[:], weights[:] = products, pairs
    np.fill_diagonal(sums, 0)
    np.minimum(sums, COPIES * weights, out=capped)
    inner, inner_weights = [0.0] * count, [0.0] * count
    members = [[index] for index in range(count)]
    sizes = np.ones(count)
    # Who is never asked about whom: oneself, those held apart, and what was taken up by another group.
    np.fill_diagonal(sums, -np.inf)
    for one, other in apart:
        sums[one, other] = sums[other, one] = -np.inf
    # By how much the likeness of two groups is above what is asked of them.
    surplus = np.round(sums / weights - doubt, _DIGITS) - threshold

    def join(first: int, second: int) -> None:
        inner[first] += inner[second] + float(capped[first, second])
        inner_weights[first] += inner_weights[second] + float(weights[first, second])
        table[:, first] += table[:, second]
        table[:, :, first] = table[:, first]
        sums[second] = sums[:, second] = -np.inf
        members[first] += members[second]
        members[second] = []
        sizes[first] += sizes[second]
        row = np.round(sums[first] / weights[first] - doubt / (sizes * sizes[first]), _DIGITS) - threshold
        surplus[first] = surplus[:, first] = row
        surplus[second] = surplus[:, second] = -np.inf

    for bound in together:
        first, *others = sorted(bound)
        for other in others:
            join(first, other)
    while count:
        first, second = divmod(int(surplus.argmax()), count)
        if surplus[first, second] < 0:
            break
        if len(members[first]) >= LEAST_COHESIVE <= len(members[second]):
            own = inner[first] / inner_weights[first] * inner[second] / inner_weights[second]
            if sums[first, second] / weights[first, second] < cohesion * math.sqrt(max(own, 0)):
                # Until one of them has grown; then they are compared again.
                surplus[first, second] = surplus[second, first] = -np.inf
                continue
        join(first, second)
    return [sorted(group) for group in members if group]
