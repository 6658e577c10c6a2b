"""Finds the articles that share telling terms with a new one, without looking at the others: an inverted index.

Every article is known by its heaviest terms. What was added lies in segments, small ones joined to larger ones as they
grow in number, so that adding stays cheap and few places have to be asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nhipcau.newswire.stories.features import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhipcau.newswire.stories.features import Terms
    from nhipcau.newswire.stories.likeness import Voice

# An article is known by so many of its heaviest words, and of its other terms, and asked for by the same; of those
# asked for, the rarer ones as long as not more than so many articles have to be counted. With 64 of all terms together,
# parallel-news lost 0.04 of its BCubed F1: across languages only names are shared, and most of them are needed.
_WORDS, _OTHERS, _COUNTED = 48, 80, 10_000
# A segment is joined to the next one when it is more than a part of it.
_GROWTH = 4

Slots = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class _Segment:
    """Terms ascending, each once; of each, from ``begins[i]`` to ``begins[i + 1]``, who has it and with what weight."""

    terms: Terms
    begins: NDArray[np.int64]
    slots: Slots
    weights: NDArray[np.float32]


class Index:
    """Articles by their terms. Each has a slot, counted up from nought; where a slot belongs is the asker's matter."""

    def __init__(self) -> None:
        self._segments: list[_Segment] = []
        self._used = 0
        self._sums = np.zeros(0, np.float32)
        self._marks = np.zeros(0, np.int64)

    def add(self, voices: Sequence[Voice]) -> range:
        """Add articles; their slots."""
        slots = range(self._used, self._used + len(voices))
        self._used += len(voices)
        heaviest = [_heaviest(voice) for voice in voices]
        terms = np.concatenate([voice.vector.terms[kept] for voice, kept in zip(voices, heaviest, strict=True)])
        weights = np.concatenate([voice.vector.weights[kept] for voice, kept in zip(voices, heaviest, strict=True)])
        owners = np.repeat(np.array(slots, np.int32), [len(kept) for kept in heaviest])
        segment = _segment(terms, owners, weights)
        while self._segments and len(segment.slots) * _GROWTH > len(self._segments[-1].slots):
            segment = _joined(self._segments.pop(), segment)
        self._segments.append(segment)
        return slots

    def near(
        self, voices: Sequence[Voice], homes: NDArray[np.int64], sizes: NDArray[np.float32], count: int
    ) -> Iterator[list[tuple[int, float]]]:
        """For each article the ``count`` homes most like it, as far as its heaviest terms tell, most like first.

        Each comes with its likeness, that is a little less than the true one. ``homes`` has the home of each slot, -1
        for what counts no more; ``sizes`` by how much the sum over a home's articles is divided.
        """
        if len(self._sums) < len(sizes):
            self._sums = np.zeros(len(sizes) * 2, np.float32)
            self._marks = np.zeros(len(sizes) * 2, np.int64)
        asked = [_heaviest(voice) for voice in voices]
        terms = [voice.vector.terms[kept] for voice, kept in zip(voices, asked, strict=True)]
        begins, ends = self._lists(np.concatenate(terms) if terms else np.empty(0, np.uint32))
        behind = 0
        for voice, kept in zip(voices, asked, strict=True):
            part = slice(behind, behind + len(kept))
            behind = part.stop
            slots, shares = self._shares(voice.vector.weights[kept], begins[:, part], ends[:, part])
            yield self._most_like(homes[slots], shares, sizes, count)

    def _lists(self, terms: Terms) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where each term's articles stand in each segment; ``(segments, terms)`` both."""
        begins = np.zeros((len(self._segments), len(terms)), np.int64)
        ends = np.zeros_like(begins)
        for row, segment in enumerate(self._segments):
            if len(segment.terms):
                places = np.minimum(np.searchsorted(segment.terms, terms), len(segment.terms) - 1)
                held = segment.terms[places] == terms
                begins[row, held] = segment.begins[places[held]]
                ends[row, held] = segment.begins[places[held] + 1]
        return begins, ends

    def _shares(
        self, weights: NDArray[np.float32], begins: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> tuple[Slots, NDArray[np.float32]]:
        """Who shares a term, once for each term shared, and what that adds to the product."""
        lengths = ends - begins
        of_term = lengths.sum(axis=0)
        order = np.argsort(of_term, kind="stable")
        asked = order[np.cumsum(of_term[order]) <= _COUNTED]
        slots, shares = [np.empty(0, np.int32)], [np.empty(0, np.float32)]
        for segment, begin, length in zip(self._segments, begins[:, asked], lengths[:, asked], strict=True):
            total = int(length.sum())
            if total:
                at = np.repeat(begin - np.cumsum(length) + length, length) + np.arange(total)
                slots.append(segment.slots[at])
                shares.append(segment.weights[at] * np.repeat(weights[asked], length))
        return np.concatenate(slots), np.concatenate(shares)

    def _most_like(
        self, homes: NDArray[np.int64], shares: NDArray[np.float32], sizes: NDArray[np.float32], count: int
    ) -> list[tuple[int, float]]:
        known = homes >= 0
        homes, shares = homes[known], shares[known]
        if not len(homes):
            return []
        np.add.at(self._sums, homes, shares)
        # Each home once, without sorting: the last place that names it.
        places = np.arange(len(homes))
        self._marks[homes] = places
        once = homes[self._marks[homes] == places]
        likeness = self._sums[once] / sizes[once]
        self._sums[once] = 0
        if len(once) > count:
            best = np.argpartition(-likeness, count - 1)[:count]
            once, likeness = once[best], likeness[best]
        order = np.lexsort((once, -likeness))
        return list(zip(once[order].tolist(), likeness[order].tolist(), strict=True))


def _heaviest(voice: Voice) -> NDArray[np.int64]:
    """Where the terms stand that an article is known by."""
    words = voice.counts.kinds == WORD
    kept = [
        places if len(places) <= most else places[np.argpartition(-voice.vector.weights[places], most - 1)[:most]]
        for places, most in ((np.flatnonzero(words), _WORDS), (np.flatnonzero(~words), _OTHERS))
    ]
    return np.concatenate(kept)


def _segment(terms: Terms, slots: Slots, weights: NDArray[np.float32]) -> _Segment:
    order = np.argsort(terms, kind="stable")
    terms = terms[order]
    first = np.flatnonzero(np.concatenate(([True], terms[1:] != terms[:-1]))) if len(terms) else np.empty(0, np.int64)
    return _Segment(terms[first], np.append(first, len(terms)).astype(np.int64), slots[order], weights[order])


def _joined(older: _Segment, newer: _Segment) -> _Segment:
    terms = np.concatenate([np.repeat(one.terms, np.diff(one.begins)) for one in (older, newer)])
    return _segment(terms, np.concatenate((older.slots, newer.slots)), np.concatenate((older.weights, newer.weights)))
