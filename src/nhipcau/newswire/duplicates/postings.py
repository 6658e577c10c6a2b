"""Which entries of an index have a number in common: numbers of 32 bits to entries, in memory, eight bytes for each.

Two sorted arrays of numbers with the entries beside them, one large and one small, and a dictionary for the newest;
each is poured into the next when it has grown. A million articles of 26 numbers each take 210 MB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.uint32]
    Pairs = NDArray[np.uint64]

# How many numbers the dictionary may hold, and what part of the large array the small one may come to.
_NEWEST = 200_000
_PART = 8
# Of a number that very many entries have (a frame that an outlet puts around every text) the latest ones.
_MOST = 64
_HALF = np.uint64(32)


class _Sorted:
    """Numbers in ascending order, and the entry that each belongs to."""

    def __init__(self, pairs: Pairs) -> None:
        """From :func:`pairs_of`; sorts in place."""
        pairs.sort()
        self.numbers, self.entries = (pairs >> _HALF).astype(np.uint32), pairs.astype(np.uint32)

    def __len__(self) -> int:
        return len(self.numbers)

    def with_more(self, other: _Sorted) -> _Sorted:
        """Both together; those of ``other`` come after equal ones of this."""
        places = np.searchsorted(self.numbers, other.numbers, side="right")
        joined = object.__new__(_Sorted)
        joined.numbers = np.insert(self.numbers, places, other.numbers)
        joined.entries = np.insert(self.entries, places, other.entries)
        return joined

    def found(self, asked: Numbers) -> list[tuple[int, list[int]]]:
        """For each place in ``asked`` whose number is here: the place, and the entries that have it."""
        if not len(self):
            return []
        places = np.searchsorted(self.numbers, asked)
        here = np.flatnonzero(self.numbers[np.minimum(places, len(self) - 1)] == asked)
        ends = np.searchsorted(self.numbers, asked[here], side="right")
        return [
            (place, self.entries[max(start, end - _MOST) : end].tolist())
            for place, start, end in zip(here.tolist(), places[here].tolist(), ends.tolist(), strict=True)
        ]


def _empty() -> _Sorted:
    return _Sorted(np.empty(0, np.uint64))


def pairs_of(numbers: Numbers, entries: Numbers) -> Pairs:
    """Numbers in the upper half of 64 bits, the entries that have them in the lower."""
    pairs = numbers.astype(np.uint64)
    pairs <<= _HALF
    pairs |= entries
    return pairs


class Postings:
    """Numbers to the entries that have them."""

    def __init__(self) -> None:
        self._large, self._small = _empty(), _empty()
        # The first entry that has a number, and the others where there are any.
        self._newest: dict[int, int] = {}
        self._more: dict[int, list[int]] = {}

    def fill(self, pairs: Pairs) -> None:
        """Replace everything by these (:func:`pairs_of`), which are sorted in place."""
        self._large, self._small = _Sorted(pairs), _empty()
        self._newest, self._more = {}, {}

    def add(self, entry: int, numbers: Sequence[int]) -> None:
        """Remember what numbers an entry has; found at once by :meth:`newest`, by :meth:`settled` some time later."""
        known = self._newest.keys() & numbers
        for number in known:
            self._more.setdefault(number, []).append(entry)
        self._newest.update(dict.fromkeys(numbers if not known else set(numbers) - known, entry))

    def pour(self) -> bool:
        """Make room for newer ones where it is time to. Not between :meth:`settled` and the use of what it found."""
        if len(self._newest) < _NEWEST:
            return False
        more = [(number, entry) for number, entries in self._more.items() for entry in entries]
        numbers = np.array([*self._newest, *(number for number, _ in more)], np.uint32)
        entries = np.array([*self._newest.values(), *(entry for _, entry in more)], np.uint32)
        self._newest, self._more = {}, {}
        self._small = self._small.with_more(_Sorted(pairs_of(numbers, entries)))
        if len(self._small) * _PART > len(self._large):
            self._large, self._small = self._large.with_more(self._small), _empty()
        return True

    def settled(self, asked: Sequence[Numbers]) -> list[list[tuple[int, list[int]]]]:
        """For each of several articles at once: places in its numbers, with the entries that have them too."""
        together = np.concatenate(asked)
        owners = np.repeat(np.arange(len(asked)), [len(numbers) for numbers in asked]).tolist()
        starts = np.cumsum([0, *(len(numbers) for numbers in asked)]).tolist()
        # In order the search goes through memory once, not once for each number.
        order = np.argsort(together)
        found: list[list[tuple[int, list[int]]]] = [[] for _ in asked]
        for part in (self._large, self._small):
            for place, entries in part.found(together[order]):
                original = int(order[place])
                owner = owners[original]
                found[owner].append((original - starts[owner], entries))
        return found

    def newest(self, numbers: Sequence[int]) -> list[tuple[int, list[int]]]:
        """The same for one article among what was added last."""
        known = self._newest.keys() & numbers
        if not known:
            return []
        return [
            (place, [self._newest[number], *self._more.get(number, ())[-_MOST:]])
            for place, number in enumerate(numbers)
            if number in known
        ]
