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
from nhipcau.newswire.stories.ranking import put
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
# Words, names with numbers, sounds: what is multiplied apart.
_GROUP = np.zeros(KINDS, np.int64)
_GROUP[[NUMBER, NAME]], _GROUP[SOUNDING] = 1, 2
_GROUPS = 3
# Terms and their places in one number.
_PLACES, _PLACE = np.uint64(32), np.uint64((1 << 32) - 1)


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
        self._terms = put(self._terms, start, terms)
        self._low = put(self._low, start, terms.astype(np.uint16))
        self._weights = put(self._weights, start, weights)
        self._flags = put(self._flags, start, kinds + _LEADING * leading.astype(np.uint8))
        self._begins = put(self._begins, used + 1, start + np.cumsum(sizes))
        each = np.zeros(count, _EACH)
        each["language"] = [_language(voice.counts.language) for voice in voices]
        word = kinds == WORD
        each["length"] = np.sqrt(np.bincount(owner[word], weights[word].astype(np.float64) ** 2, count))
        name, number = (kinds == NAME) & leading, (kinds == NUMBER) & leading
        each["names"] = np.bincount(owner[name], weights[name], count)
        each["numbers"] = np.bincount(owner[number], minlength=count)
        each["heard"] = np.bincount(owner[kinds == SOUNDING], minlength=count) > 0
        self._each = put(self._each, used, each)
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
        hits, mine = own.maybe(low)
        row = np.repeat(np.arange(count), sizes)[hits]
        at = hits + (begins - np.cumsum(sizes) + sizes)[row]
        own.correct(mine, self._terms[at])
        flags, theirs, ours = self._flags[at], self._weights[at], own.weights[mine]
        parts = np.bincount(row * KINDS + (flags & _KIND), ours * theirs, count * KINDS).reshape(count, KINDS)
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
            there, leads = ours > 0, own.flags[mine]
            name, number = flags == _LEADING + NAME, flags == _LEADING + NUMBER
            mentioned = np.bincount(row, theirs * (name & there), count)
            counted = np.bincount(row[number & there], minlength=count)
            led = np.bincount(row, ours * (leads == _LEADING + NAME), count)
            counting = np.bincount(row[leads == _LEADING + NUMBER], minlength=count)
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

    def tables(self, slots: Sequence[int] | NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """What each pair of some of these adds to a likeness, and how much it counts; both ``(n, n)`` and symmetric.

        The diagonal of the first says nothing.
        """
        asked = np.asarray(slots, np.int64)
        count, each = len(asked), self._each[asked]
        begins = self._begins[asked]
        sizes = self._begins[asked + 1] - begins
        owner = np.repeat(np.arange(count), sizes)
        at = np.arange(len(owner)) + (begins - np.cumsum(sizes) + sizes)[owner]
        # What only one of them says makes no two alike. Sorted together with their places, terms need no other order.
        keys = np.sort((self._terms[at].astype(np.uint64) << _PLACES) | np.arange(len(at), dtype=np.uint64))
        terms = keys >> _PLACES
        again = terms[1:] == terms[:-1]
        shared = np.zeros(len(keys), np.bool_)
        shared[1:] = again
        first = ~shared
        shared[:-1] |= again
        column = np.cumsum(first[shared]) - 1
        order = (keys[shared] & _PLACE).astype(np.int64)
        row, at = owner[order], at[order]
        width = int(column[-1]) + 1 if len(column) else 0
        flags, values = self._flags[at], self._weights[at]
        kinds = flags & _KIND
        same = each["language"][:, None] == each["language"][None, :]
        spread = np.zeros((_GROUPS, count, width), np.float32)
        spread[_GROUP[kinds], row, column] = values
        by_words = (spread[0] @ spread[0].T).astype(np.float64)
        by_names = (spread[1] @ spread[1].T).astype(np.float64)
        if same.all():
            products = by_words + by_names
        else:
            by_sounds = (spread[2] @ spread[2].T).astype(np.float64)
            heard = each["heard"][:, None] & each["heard"][None, :]
            products = by_words + np.where(same, by_names, _across(by_names, by_sounds, heard))
        cosines = by_words / np.maximum(np.outer(each["length"], each["length"]), 1e-9)
        np.fill_diagonal(cosines, 0)
        if (same & (cosines >= _FORM)).any():
            name, number = flags == _LEADING + NAME, flags == _LEADING + NUMBER
            led = np.zeros(width, np.bool_)
            led[column[name | number]] = True
            kept = led[column]
            row, column, values, number = row[kept], (np.cumsum(led) - 1)[column[kept]], values[kept], number[kept]
            there, names, numbers = np.zeros((3, count, int(led.sum())), np.float32)
            there[row, column] = 1
            names[row, column] = values * name[kept]
            numbers[row, column] = number
            unnamed = _part(each["names"][:, None] - names @ there.T, each["names"][:, None], _ENOUGH_LEADING)
            uncounted = _part(each["numbers"][:, None] - numbers @ there.T, each["numbers"][:, None], _ENOUGH_NUMBERS)
            speaking = against(cosines, np.minimum(unnamed, unnamed.T), np.minimum(uncounted, uncounted.T))
            products *= np.where(same, speaking, 1)
        return products, np.where(same, 1.0, ACROSS)


class Board:
    """One article laid out, so that of many terms those it has are found at once.

    ``_low`` has for the low bits of a term where the article has it: small enough to stay near at hand, and right but
    where two terms share those bits, which :meth:`correct` mends. Behind the last term stands one that says nothing.
    """

    def __init__(self) -> None:
        self._low = np.zeros(1 << 16, np.int16)
        self._laid: Vector | None = None
        self._bits = np.zeros(0, np.uint16)
        self._terms = np.zeros(0, np.uint32)
        #: By place, what its terms weigh and what they are.
        self.weights = np.zeros(1, np.float32)
        self.flags = np.zeros(1, np.uint8)
        #: Its language, the weight of its leading names, how many numbers lead, the length of its words; whether
        #: anything is known of how its names sound.
        self.language, self.names, self.numbers, self.length, self.heard = 0, 0.0, 0.0, 0.0, False

    def lay(self, voice: Voice) -> Board:
        """Lay an article out, in the place of the one before."""
        if self._laid is not voice.vector:
            self._laid = voice.vector
            self._low[self._bits] = 0
            self._terms, weights, kinds = voice.vector.terms, voice.vector.weights, voice.counts.kinds
            self._bits = self._terms.astype(np.uint16)
            self._low[self._bits] = np.arange(1, len(self._terms) + 1)
            flags = kinds + _LEADING * voice.counts.leading
            self.weights, self.flags = np.append(weights, np.float32(0)), np.append(flags, np.uint8(0))
            words = weights[kinds == WORD].astype(np.float64)
            self.language = _language(voice.counts.language)
            self.names = float(weights[flags == _LEADING + NAME].sum(dtype=np.float64))
            self.numbers = float(np.count_nonzero(flags == _LEADING + NUMBER))
            self.length = math.sqrt(float(words @ words))
            self.heard = bool((kinds == SOUNDING).any())
        return self

    def maybe(self, low: NDArray[np.uint16]) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
        """Which of many terms, told by their low bits, the article may have, and where it would have them."""
        places = self._low[low]
        hits = np.flatnonzero(places)
        return hits, places[hits] - np.int16(1)

    def correct(self, places: NDArray[np.int16], terms: Terms) -> None:
        """Put right where the article has these terms; the last place is for those that it has not."""
        if not len(self._terms):
            return
        wrong = np.flatnonzero(self._terms[places] != terms)
        found = np.minimum(np.searchsorted(self._terms, terms[wrong]), len(self._terms) - 1)
        places[wrong] = np.where(self._terms[found] == terms[wrong], found, len(self._terms))


def tables(voices: Sequence[Voice]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """:meth:`Chorus.tables` of all of these."""
    return Chorus(voices).tables(range(len(voices)))


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

