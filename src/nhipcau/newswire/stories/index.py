"""Finds the articles that share telling terms with a new one, without looking at the others: an inverted index.

Every article is known by its heaviest terms. Of each term there is a list of who has it. All lists lie in one column,
each with room to grow; one that has none left moves to the column's end with more of it, and the column is closed up
before it is mostly gaps.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from nhipcau.newswire.stories.features import WORD
from nhipcau.newswire.stories.lexicon import BITS
from nhipcau.newswire.stories.ranking import put, ranks, sorted_places, stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from nhipcau.newswire.stories.features import Terms
    from nhipcau.newswire.stories.likeness import Voice

# An article is known by so many of its heaviest words, and of its other terms, and asked for by the same; of those
# asked for, the rarer ones as long as not more than so many articles have to be counted. With 64 of all terms together,
# parallel-news lost 0.04 of its BCubed F1: across languages only names are shared, and most of them are needed.
_WORDS, _OTHERS, _COUNTED = 48, 80, 4_000
#: So many articles are asked for at once.
AT_ONCE = 32
# A list that moves gets room for half as many more; more of the column than this part is never left empty.
_SPARE, _MOST_EMPTY = 2, 1 / 3
# What changes is asked for again from this part of the least likeness on. A home of which less than this is true
# cannot reach it, even where each of those asked for at once joins it in the place of another that spoke for it.
_DOUBTFUL = 0.5
# What is less like an article is not near it.
_LEAST = 0.02


# Who has a term, and how heavy it is there.
_HOLDER = np.dtype([("slot", np.int32), ("weight", np.float32)])
# Of each term where its list begins, how long it is, and for how many there is room.
_BEGIN, _SIZE, _ROOM = range(3)
_BITS_OF_SIZE = 31


class Index:
    """Articles by their terms. Each has a slot, counted up from nought, and may have a home, which is a story's number."""

    def __init__(self) -> None:
        self._lists = np.zeros((1 << BITS, 3), np.int32)
        self._holders = np.zeros(0, _HOLDER)
        # How much of the column is used, and how much of that is left by lists that moved.
        self._end, self._empty = 0, 0
        self._used = 0
        # Homes are counted up as they come, so that sums over all of them are short: 0 is none. Of each slot its home;
        # of each home, by how much the sum over its articles is multiplied.
        self._homes = np.zeros(0, np.int32)
        self._counted: dict[int, int] = {}
        self._named = [-1]
        self._shares_of = np.zeros(1, np.float32)

    @property
    def used(self) -> int:
        """How many slots there are."""
        return self._used

    def add(self, voices: Sequence[Voice]) -> range:
        """Add articles; their slots."""
        slots = range(self._used, self._used + len(voices))
        self._used = slots.stop
        self._homes = put(self._homes, slots.start, np.zeros(len(voices), np.int32))
        asked = _Telling(voices)
        self._push(asked.terms, asked.owner.astype(np.int32) + np.int32(slots.start), asked.weights)
        return slots

    def settle(self, slots: Sequence[int], home: int, speaking: int) -> None:
        """Let articles be of a home, for which so many speak in all."""
        number = self._counted.get(home)
        if number is None:
            number = self._counted[home] = len(self._named)
            self._named.append(home)
            self._shares_of = put(self._shares_of, number, np.ones(1, np.float32))
        self._homes[slots] = number
        self._shares_of[number] = 1 / max(speaking, 1)

    def drop(self, slots: Sequence[int]) -> None:
        """Let articles speak for nothing any more."""
        self._homes[slots] = 0

    def near(self, voices: Sequence[Voice], count: int, *, part: float = 0.0) -> Iterator[list[tuple[int, float]]]:
        """For each article the ``count`` homes most like it, as far as its heaviest terms tell, most like first.

        Each comes with its likeness, that is a little less than the true one; those less than this ``part`` as like as
        the first one are left out.
        """
        for start in range(0, len(voices), AT_ONCE):
            yield from self.ask(voices[start : start + AT_ONCE]).near(count, part=part)

    def ask(self, voices: Sequence[Voice]) -> Asked:
        """Who shares terms with some articles, at most :data:`AT_ONCE`."""
        return Asked(self, [voice.slot for voice in voices], *self._sharing(voices))

    def named(self, home: int) -> int:
        """The story whose number among homes this is."""
        return self._named[home]

    def number_of(self, home: int) -> int:
        """The number among homes of a story; 0 for one that is none."""
        return self._counted.get(home, 0)

    def likeness(
        self, slots: NDArray[np.int32], shares: NDArray[np.float32], owner: NDArray[np.int64], count: int
    ) -> NDArray[np.float64]:
        """Of ``count`` articles the likeness to every home as it is now, from who shares terms with which of them."""
        homes, width = self._homes[slots], len(self._named)
        each = shares * self._shares_of[homes]
        found = np.bincount(homes + owner * width, each, count * width).reshape(count, width)
        found[:, 0] = 0
        return found

    def _push(self, terms: Terms, slots: NDArray[np.int32], weights: NDArray[np.float32]) -> None:
        """Add articles to the lists of their terms."""
        order = sorted_places(terms, (1 << BITS) - 1)
        holders = np.empty(len(terms), _HOLDER)
        holders["slot"], holders["weight"], terms = slots[order], weights[order], terms[order]
        first = np.flatnonzero(np.append(True, terms[1:] != terms[:-1])[: len(terms)])
        terms, added = terms[first], np.diff(np.append(first, len(terms)))
        lists = self._lists[terms]
        full = lists[:, _SIZE] + added > lists[:, _ROOM]
        if full.any():
            lists[full] = self._moved(lists[full], added[full])
        self._holders[stretches(lists[:, _BEGIN] + lists[:, _SIZE], added)] = holders
        lists[:, _SIZE] += added.astype(np.int32)
        self._lists[terms] = lists
        if self._empty > _MOST_EMPTY * self._end:
            self._close_up()

    def _moved(self, lists: NDArray[np.int32], added: NDArray[np.int64]) -> NDArray[np.int32]:
        """Move lists to the end of the column, so that each has room for so many more."""
        sizes = lists[:, _SIZE]
        moved = np.empty_like(lists)
        rooms = sizes + added
        rooms += rooms // _SPARE
        moved[:, _BEGIN], moved[:, _SIZE], moved[:, _ROOM] = self._end + np.cumsum(rooms) - rooms, sizes, rooms
        self._holders = put(self._holders, self._end, np.zeros(int(rooms.sum()), _HOLDER))
        self._holders[stretches(moved[:, _BEGIN], sizes)] = self._holders[stretches(lists[:, _BEGIN], sizes)]
        self._end += int(rooms.sum())
        self._empty += int(lists[:, _ROOM].sum())
        return moved

    def _close_up(self) -> None:
        """Leave no gaps between the lists; each keeps its room."""
        terms = np.flatnonzero(self._lists[:, _ROOM])
        lists = self._lists[terms]
        held = self._holders[stretches(lists[:, _BEGIN], lists[:, _SIZE])]
        ends = np.cumsum(lists[:, _ROOM], dtype=np.int64)
        lists[:, _BEGIN] = ends - lists[:, _ROOM]
        self._end, self._empty = int(ends[-1]), 0
        self._holders = np.zeros(self._end + self._end // _SPARE, _HOLDER)
        self._holders[stretches(lists[:, _BEGIN], lists[:, _SIZE])] = held
        self._lists[terms] = lists

    def _sharing(self, voices: Sequence[Voice]) -> tuple[NDArray[np.int32], NDArray[np.float32], list[int]]:
        """Who shares terms with each of some articles, once for each term, and what that adds to the product.

        What is of the ``i``-th article stands from the ``i``-th bound to the next.
        """
        asked = _Telling(voices)
        begins, sizes = self._lists[asked.terms, :_ROOM].T.astype(np.int64)
        order = sorted_places((asked.owner << _BITS_OF_SIZE) | sizes, (len(voices) << _BITS_OF_SIZE) - 1)
        behind = np.cumsum(sizes[order])
        before = np.searchsorted(asked.owner, np.arange(len(voices)))
        already = np.concatenate(([0], behind))[before]
        order = order[behind - already[asked.owner[order]] <= _COUNTED]
        sizes = sizes[order]
        holders = self._holders[stretches(begins[order], sizes)]
        bounds = np.searchsorted(asked.owner[order], np.arange(len(voices) + 1))
        bounded = np.concatenate(([0], np.cumsum(sizes)))[bounds]
        return holders["slot"], holders["weight"] * np.repeat(asked.weights[order], sizes), bounded.tolist()

class Asked:
    """Who shares terms with some articles, while they are given homes one after the other."""

    def __init__(
        self,
        index: Index,
        asking: Sequence[int],
        slots: NDArray[np.int32],
        shares: NDArray[np.float32],
        bounds: Sequence[int],
    ) -> None:
        self._index, self._asking = index, asking
        self._slots, self._shares, self._bounds = slots, shares, bounds
        self._owner = np.repeat(np.arange(len(asking)), np.diff(bounds))

    def near(self, count: int, *, part: float) -> list[list[tuple[int, float]]]:
        """The homes most like each; see :meth:`Index.near`."""
        self._count, self._part = count, part
        self._likeness = self._index.likeness(self._slots, self._shares, self._owner, len(self._asking))
        self._least = np.maximum(_LEAST, part * self._likeness.max(axis=1))
        self._stale = np.zeros(len(self._asking), np.bool_)
        return self._most_like(self._likeness, self._least)

    def near_now(self, place: int) -> list[tuple[int, float]] | None:
        """The homes most like one as they are now, where they may be others than :meth:`near` gave; or else nothing."""
        if not self._stale[place]:
            return None
        part = slice(self._bounds[place], self._bounds[place + 1])
        likeness = self._index.likeness(self._slots[part], self._shares[part], self._owner[part] - place, 1)
        (found,) = self._most_like(likeness, np.maximum(_LEAST, self._part * likeness.max(axis=1)))
        return found

    def settled(self, place: int, home: int) -> None:
        """One of them now has a home: what that is near to is to be asked for again."""
        number = self._index.number_of(home)
        if number < self._likeness.shape[1]:
            self._stale |= self._likeness[:, number] >= _DOUBTFUL * self._least
        self._stale |= self._between[:, place] >= _DOUBTFUL * self._least

    @cached_property
    def _between(self) -> NDArray[np.float64]:
        """How like each of them the others are."""
        count, first = len(self._asking), min(self._asking)
        among = np.flatnonzero((self._slots >= first) & (self._slots < first + count))
        key = self._owner[among] * count + (self._slots[among] - first)
        return np.bincount(key, self._shares[among], count * count).reshape(count, count)

    def _most_like(self, likeness: NDArray[np.float64], least: NDArray[np.float64]) -> list[list[tuple[int, float]]]:
        """The homes at least so like each, in order."""
        count, width = likeness.shape
        places, homes = np.divmod(np.flatnonzero(likeness >= least[:, None]), width)
        alike = likeness[places, homes]
        order = np.lexsort((homes, -alike, places))
        found: list[list[tuple[int, float]]] = [[] for _ in range(count)]
        columns = (places[order], homes[order], alike[order])
        for place, home, about in zip(*(column.tolist() for column in columns), strict=True):
            if len(found[place]) < self._count:
                found[place].append((self._index.named(home), about))
        return found


class _Telling:
    """The terms that articles are known by, one article's after the other's."""

    def __init__(self, voices: Sequence[Voice]) -> None:
        sizes = [len(voice.vector.terms) for voice in voices]
        owner = np.repeat(np.arange(len(voices)), sizes)
        terms = np.concatenate([np.empty(0, np.uint32), *(voice.vector.terms for voice in voices)])
        weights = np.concatenate([np.empty(0, np.float32), *(voice.vector.weights for voice in voices)])
        kinds = np.concatenate([np.empty(0, np.uint8), *(voice.counts.kinds for voice in voices)])
        word = kinds == WORD
        kept = ranks(owner * 2 + word, weights) < np.where(word, _WORDS, _OTHERS)
        self.owner, self.terms, self.weights = owner[kept], terms[kept], weights[kept]
