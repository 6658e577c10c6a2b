"""Arrays that grow, stretches of them, sums, and many small lists sorted at once.

They are packed so that numpy's quick sort of whole numbers does it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BITS = 64
_OF_WEIGHT = 32


def sorted_places(keys: NDArray[np.integer], most: int) -> NDArray[np.int64]:
    """Places in the order of keys from 0 to ``most``, equal ones in theirs: a stable argsort, some times as quick."""
    places = len(keys).bit_length()
    if int(most).bit_length() + places > _BITS:
        return np.argsort(keys, kind="stable")
    packed = (keys.astype(np.uint64) << np.uint64(places)) | np.arange(len(keys), dtype=np.uint64)
    packed.sort()
    return (packed & np.uint64((1 << places) - 1)).astype(np.int64)


def ranks(groups: NDArray[np.int64], weights: NDArray[np.floating]) -> NDArray[np.int64]:
    """The rank of each in its group, heaviest first, from 0; of equal ones the earlier comes first.

    Args:
        groups: from 0, in any order.
        weights: never negative; they are compared as numbers of 32 bits.
    """
    count = len(groups)
    if not count:
        return np.empty(0, np.int64)
    # The bits of numbers that are not negative are in the order of the numbers.
    lightness = ~(weights.astype(np.float32) + np.float32(0)).view(np.uint32)
    keys = (groups.astype(np.uint64) << np.uint64(_OF_WEIGHT)) | lightness
    order = sorted_places(keys, ((int(groups.max()) + 1) << _OF_WEIGHT) - 1)
    ordered = groups[order]
    first = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    found = np.empty(count, np.int64)
    found[order] = np.arange(count) - np.repeat(first, np.diff(np.append(first, count)))
    return found


def stretches(begins: NDArray[np.integer], lengths: NDArray[np.integer]) -> NDArray[np.int64]:
    """The places of several stretches, of each all from where it begins, one stretch after the other."""
    ends = np.cumsum(lengths, dtype=np.int64)
    return np.repeat(begins - ends + lengths, lengths) + np.arange(int(ends[-1]) if len(ends) else 0)


def put(array: NDArray[Any], start: int, added: NDArray[Any]) -> NDArray[Any]:
    """Write something behind the part that is used; the array, or a larger one in its place."""
    end = start + len(added)
    if end > len(array):
        grown = np.zeros(end + end // 2, array.dtype)
        grown[:start] = array[:start]
        array = grown
    array[start:end] = added
    return array


def summed(places: NDArray[np.integer], weights: NDArray[Any], count: int) -> NDArray[np.float64]:
    """The sum of the weights at each place from 0 up to ``count``."""
    found: NDArray[np.float64] = np.bincount(places, weights, count).astype(np.float64, copy=False)
    return found
