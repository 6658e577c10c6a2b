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

from nhipcau.newswire.stories.features import KINDS, NAME, NUMBER, SOUNDING, WORD
from nhipcau.newswire.stories.lexicon import BITS
from nhipcau.newswire.stories.termspace import SOUNDING_SHARE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from nhipcau.newswire.stories.features import Counts, Terms
    from nhipcau.newswire.stories.termspace import Vector

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

# A term's kind as a voice has it, and added to that where it leads. On a board it is one more, 0 for what is not there.
_KIND, _LEADING = 3, 4

# What is known of each voice as a whole; ``heard``: of how its names sound something is known.
_EACH = np.dtype(
    [("language", np.int32), ("length", np.float64), ("names", np.float64), ("numbers", np.float64), ("heard", np.bool_)]
)
_LANGUAGES: dict[str, int] = {}


@dataclass(slots=True, eq=False)
class Voice:
    """What an article says for its story: its terms, and their weights as last made.

    ``slot`` is where the index has it, -1 where it has it not; ``spelt`` its heaviest terms as its text has them.
    """

    counts: Counts
    vector: Vector
    slot: int = field(default=-1)
    spelt: Mapping[int, str] = field(default_factory=dict)


class Chorus:
    """Voices side by side, so that an article is compared with many of them at once. Each has a slot, from nought."""

    def __init__(self, voices: Sequence[Voice] = ()) -> None:
        self._terms = np.zeros(0, np.uint32)
        self._low = np.zeros(0, np.uint16)
        self._weights = np.zeros(0, np.float32)
        self._flags = np.zeros(0, np.uint8)
        self._begins = np.zeros(1, np.int64)
        self._each = np.zeros(0, _EACH)
        self._used = 0
        if voices:
            self.add(voices)

    def add(self, voices: Sequence[Voice]) -> range:
        """Add voices; their slots."""
        count, used = len(voices), self._used
        sizes = np.array([len(voice.vector.terms) for voice in voices], np.int64)
        owner = np.repeat(np.arange(count), sizes)
        terms = np.concatenate([voice.vector.terms for voice in voices])
        weights = np.concatenate([voice.vector.weights for voice in voices])
        kinds = np.concatenate([voice.counts.kinds for voice in voices])
        leading = np.concatenate([voice.counts.leading for voice in voices])
        start = int(self._begins[used])
        self._terms = _put(self._terms, start, terms)
        self._low = _put(self._low, start, terms.astype(np.uint16))
        self._weights = _put(self._weights, start, weights)
        self._flags = _put(self._flags, start, kinds + _LEADING * leading.astype(np.uint8))
        self._begins = _put(self._begins, used + 1, start + np.cumsum(sizes))
        each = np.zeros(count, _EACH)
        each["language"] = [_language(voice.counts.language) for voice in voices]
        word = kinds == WORD
        each["length"] = np.sqrt(np.bincount(owner[word], weights[word].astype(np.float64) ** 2, count))
        name, number = (kinds == NAME) & leading, (kinds == NUMBER) & leading
        each["names"] = np.bincount(owner[name], weights[name], count)
        each["numbers"] = np.bincount(owner[number], minlength=count)
        each["heard"] = np.bincount(owner[kinds == SOUNDING], minlength=count) > 0
        self._each = _put(self._each, used, each)
        self._used += count
        return range(used, self._used)

    def compared(
        self, voice: Voice, board: Board, slots: Sequence[int] | NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """What each pair of an article and one of these adds to a likeness, and how much it counts."""
        asked = np.arange(self._used) if slots is None else np.asarray(slots, np.int64)
        count = len(asked)
        begins, ends = self._begins[asked], self._begins[asked + 1]
        sizes = ends - begins
        own = board.lay(voice)
        low = np.concatenate([self._low[b:e] for b, e in zip(begins.tolist(), ends.tolist(), strict=True)])
        hits = np.flatnonzero(board.low[low])
        row = np.repeat(np.arange(count), sizes)[hits]
        at = hits + (begins - np.cumsum(sizes) + sizes)[row]
        terms, flags = self._terms[at], self._flags[at]
        shared = board.weights[terms] * self._weights[at]
        parts = np.bincount(row * KINDS + (flags & _KIND), shared, count * KINDS).reshape(count, KINDS)
        each = self._each[asked]
        alike = each["language"] == own.language
        named = parts[:, NAME] + parts[:, NUMBER]
        if not alike.all():
            heard = ~alike & each["heard"] & own.heard
            named = _across(named, parts[:, SOUNDING], heard)
        products = parts[:, WORD] + named
        pairs = np.where(alike, 1.0, ACROSS)
        words = parts[:, WORD] / np.maximum(each["length"] * own.length, 1e-9)
        form = alike & (words >= _FORM)
        if form.any():
            marks = board.marks[terms]
            there = marks > 0
            name, number = flags == _LEADING + NAME, flags == _LEADING + NUMBER
            mentioned = np.bincount(row, self._weights[at] * (name & there), count)
            counted = np.bincount(row[number & there], minlength=count)
            led = np.bincount(row, board.weights[terms] * (marks == 1 + _LEADING + NAME), count)
            counting = np.bincount(row[marks == 1 + _LEADING + NUMBER], minlength=count)
            names = np.minimum(
                _part(each["names"] - mentioned, each["names"], _ENOUGH_LEADING),
                _part(own.names - led, own.names, _ENOUGH_LEADING),
            )
            numbers = np.minimum(
                _part(each["numbers"] - counted, each["numbers"], _ENOUGH_NUMBERS),
                _part(own.numbers - counting, own.numbers, _ENOUGH_NUMBERS),
            )
            products *= np.where(alike, against(words, names, numbers), 1)
        return products, pairs


@dataclass(frozen=True, slots=True)
class _Own:
    """Of one article: its language, the weight of its leading names, how many numbers lead, the length of its words.

    ``heard``: something is known of how its names sound.
    """

    language: int
    names: float
    numbers: float
    length: float
    heard: bool


class Board:
    """A place for every term, on which one article's weights are laid out while it is compared.

    ``low`` says of the low bits of a term whether the article may have it: it is small enough to stay near at hand, and
    most terms of others are sorted out by it.
    """

    def __init__(self) -> None:
        self.weights = np.zeros(1 << BITS, np.float32)
        self.marks = np.zeros(1 << BITS, np.uint8)
        self.low = np.zeros(1 << 16, np.bool_)
        self._laid: Vector | None = None
        self._own = _Own(0, 0, 0, 0, heard=False)

    def lay(self, voice: Voice) -> _Own:
        """Lay an article out, in the place of the one before; what is known of it as a whole."""
        if self._laid is not voice.vector:
            if self._laid is not None:
                self._put(self._laid.terms, 0, 0, maybe=False)
            self._laid = voice.vector
            kinds, weights = voice.counts.kinds, voice.vector.weights
            flags = kinds + _LEADING * voice.counts.leading
            self._put(voice.vector.terms, weights, 1 + flags, maybe=True)
            words = weights[kinds == WORD].astype(np.float64)
            self._own = _Own(
                _language(voice.counts.language),
                float(weights[flags == _LEADING + NAME].sum(dtype=np.float64)),
                float(np.count_nonzero(flags == _LEADING + NUMBER)),
                math.sqrt(float(words @ words)),
                heard=bool((kinds == SOUNDING).any()),
            )
        return self._own

    def _put(
        self, terms: Terms, weights: NDArray[np.float32] | int, marks: NDArray[np.uint8] | int, *, maybe: bool
    ) -> None:
        self.weights[terms] = weights
        self.marks[terms] = marks
        self.low[terms.astype(np.uint16)] = maybe


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


def _language(code: str) -> int:
    """A number for a language, the same while the process lives."""
    return _LANGUAGES.setdefault(code, len(_LANGUAGES))


def _put(array: NDArray[Any], start: int, added: NDArray[Any]) -> NDArray[Any]:
    """Write something behind the part that is used; the array, or a larger one in its place."""
    end = start + len(added)
    if end > len(array):
        grown = np.zeros(end + end // 2, array.dtype)
        grown[:start] = array[:start]
        array = grown
    array[start:end] = added
    return array
