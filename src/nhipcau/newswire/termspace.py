"""Articles as vectors of weighted terms: how rare a term is, learned as articles come, and how like two texts are.

Terms are numbered by a hash, so there is no vocabulary to keep: memory is the same after a million articles.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from nhipcau.newswire.tokens import RARE, commonness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhipcau.newswire.features import Features

Terms = NDArray[np.uint32]

# Two million numbers: of the 100,000 or so terms in a month of news one in twenty shares its number with another.
_BITS = 21
# Kept of an article: as many words, and as many names, as weigh most; of a story twice that.
_MOST = 96
_MOST_TOGETHER = 4 * _MOST
# Words and names have equal weight where an article has both; between languages only names can agree.
_HALF = math.sqrt(0.5)
# The length that the names of a text have from about three rare ones on. Fewer are no proof of one event: two reports
# from Hanoi share the city. Tried from 0 to 15: from 7 on no story of the sample newsroom is mixed (at 0 three are);
# parallel-news gains by it (BCubed F1 0.885 for 0.872), ECB+ 1 to 16 hardly loses (0.898 for 0.902).
_ENOUGH_NAMES = 7.0

# Before much was read, a term's length tells how common it is. The guess weighs as much as this many articles would;
# chosen with the threshold of stories, so that thirty articles are told apart about as well as three hundred.
_GUESS = 64

_MOST_TIMES = 65_535

# After so many articles all counts are halved: rarity follows the news, and counts stay small.
_REMEMBERED = 100_000

# Terms with their counts are saved so many to a line.
_PER_LINE = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Terms of an article in ascending order, how often each stands in it, and which of them are names."""

    language: str
    terms: Terms
    times: NDArray[np.uint16]
    named: NDArray[np.bool_]

    def __post_init__(self) -> None:
        """Raises ``ValueError`` for what no article has: a saved state may be anybody's."""
        ascending = np.all(self.terms[1:] > self.terms[:-1]) and np.all(self.terms < 1 << _BITS)
        if not (ascending and np.all(self.times) and len(self.terms) == len(self.times) == len(self.named)):
            raise ValueError("these are no terms of an article")


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
        return self.terms[np.lexsort((self.terms, -self.weights))[:count]]


class TermSpace:
    """How rare each term is, learned from every article once, and the vectors that follow from it."""

    def __init__(self) -> None:
        self._articles: dict[str, float] = {}
        self._holders = np.zeros(1 << _BITS, np.float32)
        self._board = np.zeros(1 << _BITS, np.float32)

    @property
    def articles(self) -> float:
        """How many articles were learned, less those halved away."""
        return sum(self._articles.values())

    def learn(self, features: Features) -> Counts:
        """Count an article: one more of its language, one more holder of each of its terms. All terms are returned."""
        self._articles[features.language] = self._articles.get(features.language, 0) + 1
        # Where a word and a name share a number, the name speaks.
        found = {_number(term): (term, times, False) for term, times in features.words.items()}
        found.update({_number(term): (term, times, True) for term, times in features.names.items()})
        numbers = sorted(found)
        terms = np.array(numbers, np.uint32)
        for number in terms[self._holders[terms] == 0].tolist():
            self._holders[number] = _GUESS * _guess(found[number][0])
        self._holders[terms] += 1
        if self.articles > _REMEMBERED:
            self._articles = {language: count / 2 for language, count in self._articles.items()}
            self._holders /= 2
        times = np.array([min(found[number][1], _MOST_TIMES) for number in numbers], np.uint16)
        return Counts(features.language, terms, times, np.array([found[number][2] for number in numbers], np.bool_))

    def most_telling(self, counts: Counts) -> Counts:
        """What is worth keeping of all terms of an article: as many words, and as many names, as weigh most now."""
        weights = self._rarity(counts) * (1 + np.log(counts.times))
        order = np.lexsort((counts.terms, -weights))
        named = counts.named[order]
        kept = np.sort(np.concatenate((order[named][:_MOST], order[~named][:_MOST])))
        return Counts(counts.language, counts.terms[kept], counts.times[kept], counts.named[kept])

    def vector(self, counts: Counts) -> Vector:
        """The weights of an article's terms by what is known of rarity now; of unit length where names are enough.

        A word weighs more the more often it stands in the article. A name weighs by standing there at all, because
        translations repeat names as their grammar likes.
        """
        rarity = self._rarity(counts)
        weights = np.where(counts.named, rarity, rarity * (1 + np.log(counts.times)))
        lengths = [math.sqrt(float(np.sum(weights[part] ** 2))) for part in (counts.named, ~counts.named)]
        share = _HALF if all(lengths) else 1.0
        lengths[0] = max(lengths[0], _ENOUGH_NAMES)
        for part, length in zip((counts.named, ~counts.named), lengths, strict=True):
            weights[part] *= share / length if length else 0.0
        return Vector(counts.terms, weights.astype(np.float32))

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

    def _rarity(self, counts: Counts) -> NDArray[np.float64]:
        """Inverse document frequency, never negative; of a word among the articles of its language."""
        articles = np.where(counts.named, self.articles, self._articles.get(counts.language, 0))
        held = self._holders[counts.terms].astype(np.float64)
        rarity: NDArray[np.float64] = np.maximum(np.log((articles + _GUESS + 1) / (held + 0.5)), 0)
        return rarity


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


def _number(term: str) -> int:
    return crc32(term.encode(errors="surrogatepass")) >> (32 - _BITS)


def _guess(term: str) -> float:
    """The share of articles that may hold a term: of a word without its language, a number by its digits, a name."""
    return RARE if term[0] in "@=" else commonness(term.rpartition(" ")[2])
