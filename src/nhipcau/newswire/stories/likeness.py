"""How like two articles are, and what speaks against it: names and numbers that each has in its lead and the other not.

Likeness is the product of their vectors, in one language without how names sound. Where two texts of one language are
written alike, word for word, but each leads with names or numbers that the other never mentions, they are not alike at
all: a form that is filled in again is another story. "Wins Ohio" is not "wins Iowa"; today's gold price is not
yesterday's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from nhipcau.newswire.stories.features import NAME, NUMBER, SOUNDING, WORD, Counts
from nhipcau.newswire.stories.lexicon import BITS
from nhipcau.newswire.stories.termspace import SOUNDING_SHARE, Vector

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from nhipcau.newswire.stories.features import Terms

# Two articles in different languages have only names to agree in: the pair counts half, and so does what it adds.
ACROSS = 0.5

# Less weight of leading names than this is too little to speak against anything: about two rare ones.
_ENOUGH_LEADING = 0.4
# Where words alone are so alike, the texts are one form; what is filled into it must then agree: half of the leading
# names, the more of them the more alike the words are, and some of the leading numbers.
_FORM = 0.5
_OTHER_NAMES, _OTHER_NAMES_OF_A_COPY, _STRICTER = 0.5, 0.12, 1.6
_OTHER_NUMBERS = 0.7
_ENOUGH_NUMBERS = 2

# Marks on the board: 1 for a term that an article has, this and its kind for one that leads in it.
_LEADING = 2


@dataclass(slots=True, eq=False)
class Voice:
    """What an article says for its story: its terms, and their weights as last made.

    ``slot`` is where the index has it, -1 where it has it not; ``spelt`` its heaviest terms as its text has them.
    """

    counts: Counts
    vector: Vector
    slot: int = field(default=-1)
    spelt: Mapping[int, str] = field(default_factory=dict)


_SILENT = Voice(
    Counts("", np.zeros(1, np.uint32), np.ones(1, np.uint16), np.zeros(1, np.uint8), np.zeros(1, np.bool_)),
    Vector(np.zeros(1, np.uint32), np.zeros(1, np.float32)),
)


class Chorus:
    """The voices of a story side by side, so that an article is compared with all of them at once."""

    __slots__ = (
        "all_names", "all_numbers", "begins", "heard", "languages", "lengths", "names", "numbers", "sounds", "terms",
        "weights", "words",
    )  # fmt: skip

    def __init__(self, voices: Sequence[Voice]) -> None:
        self.languages = np.array([voice.counts.language for voice in voices])
        # A voice that says nothing has one term that nobody has.
        voices = [voice if len(voice.vector.terms) else _SILENT for voice in voices]
        sizes = [len(voice.vector.terms) for voice in voices]
        self.begins = np.cumsum([0, *sizes[:-1]])
        self.terms = np.concatenate([voice.vector.terms for voice in voices])
        self.weights = np.concatenate([voice.vector.weights for voice in voices])
        kinds = np.concatenate([voice.counts.kinds for voice in voices])
        leading = np.concatenate([voice.counts.leading for voice in voices])
        self.words, self.sounds = kinds == WORD, kinds == SOUNDING
        self.heard = self._sums(self.sounds) > 0
        self.names = np.where((kinds == NAME) & leading, self.weights, 0)
        self.numbers = (kinds == NUMBER) & leading
        self.all_names, self.all_numbers = self._sums(self.names), self._sums(self.numbers)
        self.lengths = np.sqrt(self._sums(np.where(self.words, self.weights**2, 0)))

    def compared(
        self, voice: Voice, board: Board, *, least: float = 0.0
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """What each pair of an article and one of these adds to a likeness, and how much it counts.

        Where they are less alike than ``least`` in everything, it is left at that.
        """
        alike = self.languages == voice.counts.language
        pairs = np.where(alike, 1.0, ACROSS)
        weights, marks = board.read(voice, self.terms)
        shared = weights * self.weights
        products = self._sums(shared)
        if products.sum() < least * pairs.sum():
            return products, pairs
        own_names, own_numbers, length, heard = board.own
        by_words, by_sounds = self._sums(shared * self.words), self._sums(shared * self.sounds)
        named = products - by_words - by_sounds
        products = by_words + np.where(alike, named, _across(named, by_sounds, self.heard & heard))
        words = by_words / np.maximum(self.lengths * length, 1e-9)
        if not (alike & (words >= _FORM)).any():
            return products, pairs
        missing = marks == 0
        led = np.where(marks == _LEADING + NAME, weights, 0)
        names = np.minimum(
            _part(self._sums(self.names * missing), self.all_names, _ENOUGH_LEADING),
            _part(own_names - self._sums(led), own_names, _ENOUGH_LEADING),
        )
        numbers = np.minimum(
            _part(self._sums(self.numbers & missing), self.all_numbers, _ENOUGH_NUMBERS),
            _part(own_numbers - self._sums(marks == _LEADING + NUMBER), own_numbers, _ENOUGH_NUMBERS),
        )
        return products * np.where(alike, against(words, names, numbers), 1), pairs

    def _sums(self, values: NDArray[Any]) -> NDArray[np.float64]:
        return np.add.reduceat(values, self.begins, dtype=np.float64)


class Board:
    """A place for every term, on which one article's weights are laid out while it is compared."""

    def __init__(self) -> None:
        self._weights = np.zeros(1 << BITS, np.float32)
        self._marks = np.zeros(1 << BITS, np.uint8)
        self._laid: Voice | None = None
        #: Of the article laid out: the weight of its leading names, how many numbers lead, the length of its words,
        #: whether anything is known of how its names sound.
        self.own = (0.0, 0.0, 0.0, False)

    def read(self, voice: Voice, terms: Terms) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
        """The article's weights of some terms, and what they are to it: 0 for what it does not have."""
        if self._laid is not voice:
            if self._laid is not None:
                self._weights[self._laid.vector.terms] = 0
                self._marks[self._laid.vector.terms] = 0
            self._laid = voice
            self._weights[voice.vector.terms] = voice.vector.weights
            kinds, leading, weights = voice.counts.kinds, voice.counts.leading, voice.vector.weights
            self._marks[voice.vector.terms] = np.where(leading, _LEADING + kinds, 1)
            self.own = (
                float(weights[(kinds == NAME) & leading].sum(dtype=np.float64)),
                float(((kinds == NUMBER) & leading).sum()),
                math.sqrt(float((weights[kinds == WORD].astype(np.float64) ** 2).sum())),
                bool((kinds == SOUNDING).any()),
            )
        return self._weights[terms], self._marks[terms]


def tables(voices: Sequence[Voice]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What each pair of some voices adds to a likeness, and how much it counts; both ``(n, n)`` and symmetric.

    The diagonal of the first says nothing.
    """
    count = len(voices)
    terms = np.concatenate([voice.vector.terms for voice in voices])
    row = np.repeat(np.arange(count), [len(voice.vector.terms) for voice in voices])
    values = np.concatenate([voice.vector.weights for voice in voices])
    kinds = np.concatenate([voice.counts.kinds for voice in voices])
    leading = np.concatenate([voice.counts.leading for voice in voices])
    name, number = (kinds == NAME) & leading, (kinds == NUMBER) & leading
    own_names = np.asarray(np.bincount(row[name], values[name], count), np.float64)
    own_numbers = np.asarray(np.bincount(row[number], minlength=count), np.float64)
    length = np.sqrt(np.bincount(row[kinds == WORD], values[kinds == WORD].astype(np.float64) ** 2, count))
    heard = np.bincount(row[kinds == SOUNDING], minlength=count) > 0
    # What only one voice says makes no two alike.
    _, column, held = np.unique(terms, return_inverse=True, return_counts=True)
    shared = held[column] > 1
    place = np.cumsum(held > 1) - 1
    row, column, values = row[shared], place[column[shared]], values[shared]
    kinds, name, number = kinds[shared], name[shared], number[shared]
    width = int((held > 1).sum())

    def spread(some: NDArray[np.bool_], weights: NDArray[np.float32] | float) -> NDArray[np.float32]:
        table = np.zeros((count, width), np.float32)
        table[row[some], column[some]] = weights if isinstance(weights, float) else weights[some]
        return table

    def mentioned(some: NDArray[np.bool_], weights: NDArray[np.float32] | float) -> NDArray[np.float64]:
        """Of what leads in one, how much stands in the other; only the columns in which anything leads are needed."""
        columns = np.zeros(width, np.bool_)
        columns[column[some]] = True
        product: NDArray[np.float64] = (spread(some, weights)[:, columns] @ there[:, columns].T).astype(np.float64)
        return product

    words = spread(kinds == WORD, values)
    named = spread((kinds == NAME) | (kinds == NUMBER), values)
    by_words, by_names = (words @ words.T).astype(np.float64), (named @ named.T).astype(np.float64)
    products = by_words + by_names
    languages = np.unique([voice.counts.language for voice in voices], return_inverse=True)[1]
    same = languages[:, None] == languages[None, :]
    if not same.all():
        sounds = spread(kinds == SOUNDING, values)
        by_sounds = (sounds @ sounds.T).astype(np.float64)
        products = by_words + np.where(same, by_names, _across(by_names, by_sounds, heard[:, None] & heard[None, :]))
    cosines = by_words / np.maximum(np.outer(length, length), 1e-9)
    np.fill_diagonal(cosines, 0)
    if (same & (cosines >= _FORM)).any():
        there = spread(np.ones(len(row), np.bool_), 1.0)
        names = _part(own_names[:, None] - mentioned(name, values), own_names[:, None], _ENOUGH_LEADING)
        numbers = _part(own_numbers[:, None] - mentioned(number, 1.0), own_numbers[:, None], _ENOUGH_NUMBERS)
        products *= np.where(same, against(cosines, np.minimum(names, names.T), np.minimum(numbers, numbers.T)), 1)
    return products, np.where(same, 1.0, ACROSS)


def against(
    words: NDArray[np.float64], names: NDArray[np.float64], numbers: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Whether anything is left of a likeness, 1 or 0.

    ``words`` is how alike the words alone are; ``names`` and ``numbers`` the parts of what leads that the other lacks.
    """
    many = np.maximum(_OTHER_NAMES - _STRICTER * (words - _FORM), _OTHER_NAMES_OF_A_COPY)
    other = (names >= many) | (numbers >= _OTHER_NUMBERS)
    return np.where((words >= _FORM) & other, 0.0, 1.0)


def _across(named: NDArray[np.float64], sounds: NDArray[np.float64], heard: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Between two languages: names, of which the last part goes to how they sound where both have that."""
    return np.where(heard, (1 - SOUNDING_SHARE) * named + sounds, named)


def _part(missing: NDArray[np.float64], own: NDArray[np.float64] | float, enough: float) -> NDArray[np.float64]:
    """The part of what leads that is missing; of too little it is small."""
    found: NDArray[np.float64] = np.clip(missing / np.maximum(own, enough), 0, 1)
    return found
