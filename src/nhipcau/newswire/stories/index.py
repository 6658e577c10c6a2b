"""Finds the articles that share telling terms with a new one, without looking at the others: an inverted index.

Every article is known by its heaviest terms. Of each term there is a list of who has it. All lists lie in one column,
each with room to grow; one that has none left moves to the column's end with more of it, and the column is closed up
before it is mostly gaps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nhipcau.newswire.stories.asked import Asked
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
# Who has a term, and how heavy it is there.
_HOLDER = np.dtype([("slot", np.int32), ("weight", np.float32)])
# Of each term where its list begins, how long it is, and for how many there is room.
_BEGIN, _SIZE, _ROOM = range(3)
_BITS_OF_SIZE = 31


class Index:
    """Articles by their terms. Each has a slot, counted up from nought, and may have a home, which is a story's number.

    Attributes:
        homes: of each slot its home. Homes are counted up as they come, so that sums over all of them are short; 0 is
            none.
        numbers, named: of each story its number among homes, and the other way round.
        shares: of each home, by how much the sum over its articles is multiplied.
        dropped: how often articles ceased to speak.
    """

    def __init__(self) -> None:
        self._lists = np.zeros((1 << BITS, 3), np.int32)
        self._holders = np.zeros(0, _HOLDER)
        # How much of the column is used, and how much of that is left by lists that moved.
        self._end, self._empty = 0, 0
        self._used = 0
        self.homes = np.zeros(0, np.int32)
        self.numbers: dict[int, int] = {}
        self.named = [-1]
        self.shares = np.zeros(1, np.float32)
        self.dropped = 0

    @property
    def used(self) -> int:
        """How many slots there are."""
        return self._used

    def add(self, voices: Sequence[Voice]) -> range:
        """Add articles; their slots."""
        slots = range(self._used, self._used + len(voices))
        self._used = slots.stop
        self.homes = put(self.homes, slots.start, np.zeros(len(voices), np.int32))
        asked = _Telling(voices)
        self._push(asked.terms, asked.owner.astype(np.int32) + np.int32(slots.start), asked.weights)
        return slots

    def settle(self, slots: Sequence[int], home: int, speaking: int) -> None:
        """Let articles be of a home, for which so many speak in all."""
        number = self.numbers.get(home)
        if number is None:
            number = self.numbers[home] = len(self.named)
            self.named.append(home)
            self.shares = put(self.shares, number, np.ones(1, np.float32))
        self.homes[slots] = number
        self.shares[number] = 1 / max(speaking, 1)

    def drop(self, slots: Sequence[int]) -> None:
        """Let articles speak for nothing any more."""
        self.homes[slots] = 0
        self.dropped += 1

    def near(self, voices: Sequence[Voice], count: int, *, part: float = 0.0) -> Iterator[list[tuple[int, float]]]:
        """For each article the ``count`` homes most like it; see :meth:`Asked.near`."""
        for start in range(0, len(voices), AT_ONCE):
            yield from self.ask(voices[start : start + AT_ONCE]).near(count, part=part)

    def ask(self, voices: Sequence[Voice]) -> Asked:
        """Who shares terms with some articles, at most :data:`AT_ONCE`."""
        return Asked(self, [voice.slot for voice in voices], *self._sharing(voices))

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
        # The old column is let go before there is a new one.
        self._holders = self._holders[stretches(lists[:, _BEGIN], lists[:, _SIZE])]
        ends = np.cumsum(lists[:, _ROOM], dtype=np.int64)
        lists[:, _BEGIN] = ends - lists[:, _ROOM]
        self._end, self._empty = int(ends[-1]), 0
        holders = np.zeros(self._end + self._end // _SPARE, _HOLDER)
        holders[stretches(lists[:, _BEGIN], lists[:, _SIZE])] = self._holders
        self._holders = holders
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
