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

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nhipcau.newswire.features import Features

Terms = NDArray[np.uint32]

# Two million numbers: of the 100,000 or so terms in a month of news one in twenty shares its number with another.
_BITS = 21
# Kept of an article: as many words, and as many names, as weigh most; of a story twice that.
_MOST = 96
_MOST_TOGETHER = 4 * _MOST
# Words and names have equal weight within a language; between languages only names can agree.
_HALF = math.sqrt(0.5)

# Before much was read, a term's length tells how common it is: the frequent words of a language are its short ones
# (Zipf's law of abbreviation). The guess weighs as much as this many articles would; chosen with the threshold of
# stories, so that thirty articles are told apart about as well as three hundred.
_GUESS = 64
_COMMON_BY_LENGTH = (1.0, 0.5, 0.5, 0.3, 0.1, 0.05)
_RARE = 0.02
_FIRST_UNSPACED = "\u0e00"

# After so many articles all counts are halved: rarity follows the news, and counts stay small.
_REMEMBERED = 100_000

# Terms with their counts are saved so many to a line.
_PER_LINE = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """What is kept of an article: its most telling terms, ascending, how often each stands there, which are names."""

    language: str
    terms: Terms
    times: NDArray[np.uint16]
    named: NDArray[np.bool_]


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

    def learn(self, features: Features) -> None:
        """Count an article: one more of its language, one more holder of each of its terms."""
        self._articles[features.language] = self._articles.get(features.language, 0) + 1
        for term in (*features.words, *features.names):
            number = _number(term)
            self._holders[number] = (self._holders[number] or _GUESS * _commonness(term)) + 1
        if self.articles > _REMEMBERED:
            self._articles = {language: count / 2 for language, count in self._articles.items()}
            self._holders /= 2

    def counts(self, features: Features) -> Counts:
        """The most telling terms of an article that was learned."""
        kept = {**self._most_telling(features, named=True), **self._most_telling(features, named=False)}
        terms = np.array(sorted(kept), np.uint32)
        times = np.array([min(kept[int(term)][0], 65_535) for term in terms], np.uint16)
        return Counts(features.language, terms, times, np.array([kept[int(term)][1] for term in terms], np.bool_))

    def vector(self, counts: Counts) -> Vector:
        """The weights of an article's terms by what is known of rarity now; at most of unit length.

        A word weighs more the more often it stands in the article. A name weighs by standing there at all, because
        translations repeat names as their grammar likes.
        """
        rarity = self._rarity(counts.terms, counts.named, counts.language)
        weights = np.where(counts.named, rarity, rarity * (1 + np.log(counts.times)))
        for part in (counts.named, ~counts.named):
            length = math.sqrt(float(np.sum(weights[part] ** 2)))
            weights[part] *= _HALF / length if length else 0.0
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

    def _most_telling(self, features: Features, *, named: bool) -> dict[int, tuple[int, bool]]:
        found: Mapping[str, int] = features.names if named else features.words
        times = {_number(term): count for term, count in found.items()}
        terms = np.array(list(times), np.uint32)
        counted = np.array(list(times.values()), np.float64)
        weights = self._rarity(terms, np.full(len(terms), named), features.language) * (1 + np.log(counted))
        order = np.lexsort((terms, -weights))[:_MOST]
        return {int(term): (times[int(term)], named) for term in terms[order]}

    def _rarity(self, terms: Terms, named: NDArray[np.bool_], language: str) -> NDArray[np.float64]:
        """Inverse document frequency, never negative; of a word among the articles of its language."""
        articles = np.where(named, self.articles, self._articles.get(language, 0))
        held = self._holders[terms].astype(np.float64)
        rarity: NDArray[np.float64] = np.maximum(np.log((articles + _GUESS + 1) / (held + 0.5)), 0)
        return rarity


def total(vectors: Sequence[Vector]) -> Vector:
    """The sum of vectors, of which the heaviest terms are kept."""
    terms, places = np.unique(np.concatenate([vector.terms for vector in vectors]), return_inverse=True)
    weights = np.bincount(places, np.concatenate([vector.weights for vector in vectors])).astype(np.float32)
    if len(terms) > _MOST_TOGETHER:
        kept = np.sort(np.lexsort((terms, -weights))[:_MOST_TOGETHER])
        terms, weights = terms[kept], weights[kept]
    return Vector(terms, weights)


def _number(term: str) -> int:
    return crc32(term.encode(errors="surrogatepass")) >> (32 - _BITS)


def _commonness(term: str) -> float:
    """A guess at the share of articles that hold a term, before any was read."""
    word = term.rpartition(" ")[2]
    if term[0] in "@=" or word[:1] >= _FIRST_UNSPACED:
        return _RARE
    return _COMMON_BY_LENGTH[len(word)] if len(word) < len(_COMMON_BY_LENGTH) else _RARE
