"""Articles as vectors of weighted terms: how rare a term is, learned as articles come, and how like two texts are.

Terms are numbered by a hash, so there is no vocabulary to keep: memory is the same after a million articles.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nhipcau.newswire.stories.features import KINDS, NAME, NUMBER, SOUNDING, WORD, Counts
from nhipcau.newswire.stories.lexicon import BITS
from nhipcau.newswire.stories.ranking import ranks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from nhipcau.newswire.stories.features import Batch, Terms

# What terms are weighed against each other in: words; names with numbers; sounds.
_GROUP = np.zeros(KINDS, np.int64)
_GROUP[[NUMBER, NAME]] = 1
_GROUP[SOUNDING] = 2
_GROUPS = 3
# Kept of an article: as many of each as weigh most; of a story's words together as many.
_MOST = np.array([96, 96, 64])
_MOST_TOGETHER = 384
# Words and names share an article's weight. How names sound comes on top: between two languages, where both articles
# have it, this part of what names weigh is given to it. Tried on parallel-news from 0 to 0.6: 0.3 to 0.5 link best
# (0.988 to 0.994 of documents to their English one, for 0.92 without).
_SHARES = np.array([0.5, 0.5, 0.0])
SOUNDING_SHARE = 0.35
# The length that the names of a text have from about three rare ones on. Fewer are no proof of one event: two reports
# from Hanoi share the city.
_ENOUGH = np.array([0.0, 7.0, 10.0])

_LOGARITHMS = np.log(np.maximum(np.arange(1 << 16), 1).astype(np.uint16))

# Before much was read, a term's length tells how common it is. The guess weighs as much as this many articles would;
# chosen with the threshold of stories, so that thirty articles are told apart about as well as three hundred.
_GUESS = 64

# After so many articles all counts are halved: rarity follows the news, and counts stay small.
_REMEMBERED = 100_000

# Terms with their counts are saved so many to a line.
_PER_LINE = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """Term numbers in ascending order and their weights."""

    terms: Terms
    weights: NDArray[np.float32]

    @property
    def length(self) -> float:
        """The Euclidean length."""
        return math.sqrt(float(np.sum(self.weights.astype(np.float64) ** 2)))

    def heaviest(self, count: int) -> Terms:
        """The numbers of the ``count`` heaviest terms, heaviest first."""
        return self.terms[np.argsort(-self.weights, kind="stable")[:count]]


class TermSpace:
    """How rare each term is, learned from every article once, and the vectors that follow from it."""

    def __init__(self) -> None:
        self._articles: dict[str, float] = {}
        self._holders = np.zeros(1 << BITS, np.float32)
        self._board = np.zeros(1 << BITS, np.float32)

    @property
    def articles(self) -> float:
        """How many articles were learned, less those halved away."""
        return sum(self._articles.values())

    def learn(self, batch: Batch) -> None:
        """Count articles: for each one more of its language, and one more holder of each of its terms."""
        for counts in batch.counts:
            self._articles[counts.language] = self._articles.get(counts.language, 0) + 1
        terms = np.concatenate([counts.terms for counts in batch.counts])
        unmet = self._holders[terms] == 0
        self._holders[terms[unmet]] = _GUESS * np.concatenate(batch.guesses)[unmet]
        np.add.at(self._holders, terms, np.float32(1))
        while self.articles > _REMEMBERED:
            self._articles = {language: count / 2 for language, count in self._articles.items()}
            self._holders /= 2

    def most_telling(self, many: Sequence[Counts]) -> list[Counts]:
        """Of each article the terms that weigh most by what is known of rarity now."""
        table = _Table(many)
        weights = self._weights(table)
        group = table.owner * _GROUPS + _GROUP[table.kinds]
        return table.where(np.flatnonzero(ranks(group, weights) < _MOST[group % _GROUPS]))

    def vectors(self, many: Sequence[Counts]) -> list[Vector]:
        """The weights of articles' terms by what is known of rarity now; of unit length where names are enough.

        How names sound lengthens a vector further.

        A word weighs more the more often it stands in the article. A name weighs by standing there at all, because
        translations repeat names as their grammar likes.
        """
        table = _Table(many)
        weights = self._weights(table)
        group = table.owner * _GROUPS + _GROUP[table.kinds]
        lengths = np.sqrt(np.bincount(group, weights**2, len(many) * _GROUPS)).reshape(-1, _GROUPS)
        there = lengths > 0
        shares = np.tile(_SHARES, (len(many), 1))
        # What one kind of terms has no use for goes to the others.
        shares[~there] = 0
        shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
        shares[there[:, 2], 2] = _SHARES[1] * SOUNDING_SHARE
        factors = np.sqrt(shares) / np.maximum(np.maximum(lengths, _ENOUGH), 1e-9)
        scaled = (weights * factors.reshape(-1)[group]).astype(np.float32)
        return [Vector(counts.terms, scaled[part].copy()) for counts, part in zip(many, table.parts, strict=True)]

    def products(self, vector: Vector, others: Sequence[Vector]) -> list[float]:
        """The scalar product of a vector with each of the others."""
        self._board[vector.terms] = vector.weights
        found = [float(np.dot(self._board[other.terms], other.weights)) for other in others]
        self._board[vector.terms] = 0
        return found

    def lines(self) -> Iterator[list[Any]]:
        """What was learned, for saving: the articles by language, then terms with their counts."""
        yield [[language, float(count)] for language, count in sorted(self._articles.items())]
        terms = np.flatnonzero(self._holders)
        for start in range(0, len(terms), _PER_LINE):
            some = terms[start : start + _PER_LINE]
            yield [[int(term) for term in some], [float(held) for held in self._holders[some]]]

    def restore(self, lines: Iterator[Any]) -> None:
        """Take over what :meth:`lines` gave; raises ``ValueError``, ``TypeError`` or ``LookupError`` for others."""
        self._articles = {str(language): float(count) for language, count in next(lines)}
        for terms, held in lines:
            self._holders[np.array(terms, np.uint32)] = np.array(held, np.float32)
        counts = [np.array(list(self._articles.values())), self._holders]
        if not all(np.all(np.isfinite(some) & (some >= 0)) for some in counts):
            raise ValueError("a count is not a number of articles")

    def _weights(self, table: _Table) -> NDArray[np.float64]:
        """Rarity (inverse document frequency, never negative; of a word among its language), of words times count."""
        of_language = np.array([self._articles.get(language, 0) for language in table.languages], np.float64)
        word = table.kinds == WORD
        articles = np.where(word, of_language[table.owner], self.articles)
        held = self._holders[table.terms].astype(np.float64)
        rarity: NDArray[np.float64] = np.maximum(np.log((articles + _GUESS + 1) / (held + 0.5)), 0)
        return np.where(word, rarity * (1 + _LOGARITHMS[table.times]), rarity)


class _Table:
    """The terms of several articles, one after the other."""

    def __init__(self, many: Sequence[Counts]) -> None:
        sizes = [len(counts.terms) for counts in many]
        behind = np.cumsum([0, *sizes]).tolist()
        self.languages = [counts.language for counts in many]
        self.owner = np.repeat(np.arange(len(many)), sizes)
        self.terms = _joined([counts.terms for counts in many], np.uint32)
        self.times = _joined([counts.times for counts in many], np.uint16)
        self.kinds = _joined([counts.kinds for counts in many], np.uint8)
        self._leading = [counts.leading for counts in many]
        self.parts = [slice(start, end) for start, end in itertools.pairwise(behind)]

    def where(self, kept: NDArray[np.int64]) -> list[Counts]:
        """Of each article some of its terms."""
        columns = [one[kept] for one in (self.terms, self.times, self.kinds, _joined(self._leading, np.bool_))]
        behind = np.searchsorted(kept, [part.stop for part in self.parts]).tolist()
        # Each has its own, so that one article does not hold those that came with it.
        return [
            Counts(language, *(column[start:end].copy() for column in columns))
            for language, (start, end) in zip(self.languages, itertools.pairwise([0, *behind]), strict=True)
        ]


def _joined(arrays: Sequence[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.empty(0, kind)


def total(vectors: Sequence[Vector]) -> Vector:
    """The sum of vectors, of which the heaviest terms are kept."""
    if not vectors:
        return Vector(np.empty(0, np.uint32), np.empty(0, np.float32))
    terms, places = np.unique(np.concatenate([vector.terms for vector in vectors]), return_inverse=True)
    weights = np.bincount(places, np.concatenate([vector.weights for vector in vectors])).astype(np.float32)
    if len(terms) > _MOST_TOGETHER:
        kept = np.sort(np.lexsort((terms, -weights))[:_MOST_TOGETHER])
        terms, weights = terms[kept], weights[kept]
    return Vector(terms, weights)
