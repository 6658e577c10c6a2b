"""Finds the articles that share telling terms with a new one, without looking at the others: an inverted index.

Every article is known by its heaviest terms. What was added lies in segments, small ones joined to larger ones as they
grow in number, so that adding stays cheap and few places have to be asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from nhipcau.newswire.stories.features import WORD
from nhipcau.newswire.stories.lexicon import BITS
from nhipcau.newswire.stories.ranking import put, ranks, sorted_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from nhipcau.newswire.stories.features import Terms
    from nhipcau.newswire.stories.likeness import Voice

# An article is known by so many of its heaviest words, and of its other terms, and asked for by the same; of those
# asked for, the rarer ones as long as not more than so many articles have to be counted. With 64 of all terms together,
# parallel-news lost 0.04 of its BCubed F1: across languages only names are shared, and most of them are needed.
_WORDS, _OTHERS, _COUNTED = 48, 80, 4_000
# So many articles are asked for at once.
_AT_ONCE = 32
# A segment is joined to the next one when it is more than a part of it.
_GROWTH = 4
# What is less like an article is not near it.
_LEAST = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class _Segment:
    """Terms ascending, each once; who has the ``i``-th stands from ``begins[i]`` to ``begins[i + 1]``."""

    terms: Terms
    begins: NDArray[np.int64]

    @property
    def size(self) -> int:
        return int(self.begins[-1] - self.begins[0])


class Index:
    """Articles by their terms. Each has a slot, counted up from nought, and may have a home, which is a story's number.

    What stands in segments lies one behind the other in two long columns, the last segment last.
    """

    def __init__(self) -> None:
        self._segments: list[_Segment] = []
        self._slots = np.zeros(0, np.int32)
        self._weights = np.zeros(0, np.float32)
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
        asked = _Asked(voices)
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
        the first one are left out. Homes are looked up as each is asked for.
        """
        for start in range(0, len(voices), _AT_ONCE):
            some = voices[start : start + _AT_ONCE]
            slots, shares, bounds = self._sharing(some)
            for first, behind in pairwise(bounds):
                yield self._most_like(slots[first:behind], shares[first:behind], count, part)

    def _push(self, terms: Terms, slots: NDArray[np.int32], weights: NDArray[np.float32]) -> None:
        """Add a segment, and join the last ones as long as the later is not much smaller than the one before."""
        order = sorted_places(terms, (1 << BITS) - 1)
        terms = terms[order]
        first = (
            np.flatnonzero(np.concatenate(([True], terms[1:] != terms[:-1]))) if len(terms) else np.empty(0, np.int64)
        )
        start = int(self._segments[-1].begins[-1]) if self._segments else 0
        self._slots = put(self._slots, start, slots[order])
        self._weights = put(self._weights, start, weights[order])
        self._segments.append(_Segment(terms[first], start + np.append(first, len(terms)).astype(np.int64)))
        while len(self._segments) > 1 and self._segments[-1].size * _GROWTH > self._segments[-2].size:
            self._join()

    def _join(self) -> None:
        """Make the last two segments one, of each term the earlier articles first."""
        newer, older = self._segments.pop(), self._segments.pop()
        terms = np.union1d(older.terms, newer.terms)
        begins = np.zeros(len(terms) + 1, np.int64)
        places = [np.searchsorted(terms, one.terms) for one in (older, newer)]
        counts = [np.diff(one.begins) for one in (older, newer)]
        for place, count in zip(places, counts, strict=True):
            begins[place + 1] += count
        begins = np.cumsum(begins)
        starts = [begins[:-1][places[0]], begins[:-1][places[1]].copy()]
        both = np.isin(newer.terms, older.terms, assume_unique=True)
        starts[1][both] += counts[0][np.searchsorted(older.terms, newer.terms[both])]
        start, end = int(older.begins[0]), int(newer.begins[-1])
        target = np.empty(end - start, np.int32)
        for one, own, count in zip((older, newer), starts, counts, strict=True):
            part = slice(int(one.begins[0]) - start, int(one.begins[-1]) - start)
            target[part] = np.repeat((own - one.begins[:-1] + start).astype(np.int32), count)
        target += np.arange(end - start, dtype=np.int32)
        for column in (self._slots, self._weights):
            joined = np.empty(end - start, column.dtype)
            joined[target] = column[start:end]
            column[start:end] = joined
        self._segments.append(_Segment(terms, start + begins))

    def _sharing(self, voices: Sequence[Voice]) -> tuple[NDArray[np.int32], NDArray[np.float32], list[int]]:
        """Who shares terms with each of some articles, once for each term, and what that adds to the product.

        What is of the ``i``-th article stands from the ``i``-th bound to the next.
        """
        asked = _Asked(voices)
        begins = np.zeros((len(asked.terms), len(self._segments)), np.int64)
        lengths = np.zeros_like(begins)
        for column, segment in enumerate(self._segments):
            if len(segment.terms):
                places = np.minimum(np.searchsorted(segment.terms, asked.terms), len(segment.terms) - 1)
                held = segment.terms[places] == asked.terms
                begins[held, column] = segment.begins[places[held]]
                lengths[held, column] = segment.begins[places[held] + 1] - begins[held, column]
        of_term = lengths.sum(axis=1)
        order = np.lexsort((of_term, asked.owner))
        behind = np.cumsum(of_term[order])
        before = np.searchsorted(asked.owner, np.arange(len(voices)))
        already = np.concatenate(([0], behind))[before]
        order = order[behind - already[asked.owner[order]] <= _COUNTED]
        length = lengths[order].ravel()
        ends = np.cumsum(length)
        total = int(ends[-1]) if len(ends) else 0
        at = np.repeat(begins[order].ravel() - ends + length, length) + np.arange(total)
        weights = np.repeat(asked.weights[order], of_term[order])
        bounds = np.searchsorted(asked.owner[order], np.arange(len(voices) + 1))
        bounded = np.concatenate(([0], np.cumsum(of_term[order])))[bounds]
        return self._slots[at], self._weights[at] * weights, bounded.tolist()

    def _most_like(
        self, slots: NDArray[np.int32], shares: NDArray[np.float32], count: int, part: float
    ) -> list[tuple[int, float]]:
        """The homes of some slots by the sum of their shares."""
        homes = self._homes[slots]
        likeness = np.bincount(homes, shares * self._shares_of[homes], len(self._named))
        likeness[0] = 0
        found = np.flatnonzero(likeness >= max(_LEAST, part * float(likeness.max())))
        alike = likeness[found]
        if len(found) > count:
            best = np.argpartition(-alike, count - 1)[:count]
            found, alike = found[best], alike[best]
        ranked = sorted(zip((-alike).tolist(), found.tolist(), strict=True))
        return [(self._named[home], -about) for about, home in ranked]


class _Asked:
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
