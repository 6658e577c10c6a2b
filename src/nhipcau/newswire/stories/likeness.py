"""How like two articles are, and what speaks against it: names and numbers that each has in its lead and the other not.

Likeness is the product of their vectors, in one language without how names sound. Where two texts of one language are
written alike, word for word, but each leads with names or numbers that the other never mentions, they are not alike at
all: a form that is filled in again is another story. "Wins Ohio" is not "wins Iowa"; today's gold price is not
yesterday's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from nhipcau.newswire.stories.features import KINDS, NAME, NUMBER, SOUNDING, WORD
from nhipcau.newswire.stories.lexicon import BITS
from nhipcau.newswire.stories.ranking import put, sorted_places, stretches, summed
from nhipcau.newswire.stories.termspace import SOUNDING_SHARE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray

    from nhipcau.newswire.stories.features import Counts
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

# A term's kind as a voice has it, and added to that where it leads.
_KIND, _LEADING = 3, 4

# What makes a form another one.
_SPEAKS_AGAINST = np.zeros(2 * _LEADING, np.bool_)
_SPEAKS_AGAINST[[_LEADING + NAME, _LEADING + NUMBER]] = True
# Words, names with numbers, sounds: what is multiplied apart.
_GROUP = np.zeros(KINDS, np.int64)
_GROUP[[NUMBER, NAME]], _GROUP[SOUNDING] = 1, 2
_GROUPS = 3
# Terms and their places in one number.
_PLACES, _PLACE = np.uint64(32), np.uint64((1 << 32) - 1)
_LAST_BITS = 12


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
        self._weights = np.zeros(0, np.float32)
        self._flags = np.zeros(0, np.uint8)
        # Of each slot, where its terms begin, how many they are, those for how names sound at the end, and how many
        # without these; its language; the length of its words; the weight
        # of its leading names; how many numbers lead; whether anything is known of how its names sound.
        self._begins = np.zeros(1, np.int64)
        self._sizes = np.zeros(0, np.int64)
        self._written = np.zeros(0, np.int64)
        self._languages = np.zeros(0, np.uint32)
        self._lengths = np.zeros(0, np.float64)
        self._names = np.zeros(0, np.float64)
        self._numbers = np.zeros(0, np.float64)
        self._heard = np.zeros(0, np.bool_)
        self._used = 0
        if voices:
            self.add(voices)

    def add(self, voices: Sequence[Voice]) -> range:
        """Add voices; their slots."""
        count, used = len(voices), self._used
        sizes = np.array([len(voice.vector.terms) for voice in voices], np.int64)
        owner = np.repeat(np.arange(count), sizes)
        kinds = np.concatenate([voice.counts.kinds for voice in voices])
        order = sorted_places(2 * owner + (kinds == SOUNDING), 2 * count)
        kinds = kinds[order]
        terms = np.concatenate([voice.vector.terms for voice in voices])[order]
        weights = np.concatenate([voice.vector.weights for voice in voices])[order]
        leading = np.concatenate([voice.counts.leading for voice in voices])[order]
        flags = kinds + _LEADING * leading.astype(np.uint8)
        start = int(self._begins[used])
        self._terms = put(self._terms, start, terms)
        self._weights = put(self._weights, start, weights)
        self._flags = put(self._flags, start, flags)
        self._begins = put(self._begins, used + 1, start + np.cumsum(sizes))
        self._sizes = put(self._sizes, used, sizes)
        self._written = put(self._written, used, np.bincount(owner[kinds != SOUNDING], minlength=count))
        codes = [crc32(voice.counts.language.encode()) for voice in voices]
        self._languages = put(self._languages, used, np.array(codes, np.uint32))
        word, name, number = kinds == WORD, flags == _LEADING + NAME, flags == _LEADING + NUMBER
        squares = np.bincount(owner[word], weights[word].astype(np.float64) ** 2, count)
        self._lengths = put(self._lengths, used, np.maximum(np.sqrt(squares), 1e-5))
        self._names = put(self._names, used, np.bincount(owner[name], weights[name], count))
        self._numbers = put(self._numbers, used, np.bincount(owner[number], minlength=count))
        self._heard = put(self._heard, used, np.bincount(owner[kinds == SOUNDING], minlength=count) > 0)
        self._used += count
        return range(used, self._used)

    def compared(self, ones: ArrayLike, others: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """What each of these and the other beside it add to a likeness, and how much that counts.

        A few are compared with many each; a single one may stand for all.
        """
        one, other = np.broadcast_arrays(np.asarray(ones, np.int64), np.asarray(others, np.int64))
        count = len(other)
        alike = self._languages[one] == self._languages[other]
        row, ours, theirs = self._shared(one, other, sounds=~alike)
        flags, heavy = self._flags[theirs], self._weights[theirs] * self._weights[ours]
        parts = summed(row * KINDS + (flags & _KIND), heavy, count * KINDS).reshape(count, KINDS)
        words, named = parts[:, WORD], parts[:, NAME] + parts[:, NUMBER]
        lengths = self._lengths[one] * self._lengths[other]
        form = alike & (words >= _FORM * lengths)
        if not alike.all():
            named = _across(named, parts[:, SOUNDING], ~alike & self._heard[one] & self._heard[other])
        products = words + named
        if form.any():
            leads = self._flags[ours]
            there = np.flatnonzero(form[row] & (_SPEAKS_AGAINST[flags] | _SPEAKS_AGAINST[leads]))
            row, theirs, ours, flags, leads = row[there], theirs[there], ours[there], flags[there], leads[there]
            name, led = flags == _LEADING + NAME, leads == _LEADING + NAME
            names = np.minimum(
                _lacking(self._names[other], summed(row, self._weights[theirs] * name, count), _ENOUGH_LEADING),
                _lacking(self._names[one], summed(row, self._weights[ours] * led, count), _ENOUGH_LEADING),
            )
            number, counting = flags == _LEADING + NUMBER, leads == _LEADING + NUMBER
            numbers = np.minimum(
                _lacking(self._numbers[other], summed(row, number, count), _ENOUGH_NUMBERS),
                _lacking(self._numbers[one], summed(row, counting, count), _ENOUGH_NUMBERS),
            )
            products *= np.where(form, against(words / lengths, names, numbers), 1)
        return products, np.where(alike, 1.0, ACROSS)

    def _shared(
        self, one: NDArray[np.int64], other: NDArray[np.int64], *, sounds: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """For each term that a pair shares, of some pairs how names sound as well: which pair, where it is in both."""
        asking, who = np.unique(one, return_inverse=True)
        own, lengths = self._parts(asking, np.ones(len(asking), np.bool_))
        # Ascending, because the terms in each part are.
        keys = np.repeat(np.arange(2 * len(asking)) << BITS, lengths) | self._terms[own]
        # Laid out by the last bits of each term, they are found without a search, but where two share those bits.
        board = np.zeros(len(asking) << _LAST_BITS, np.int32)
        board[_shortened(keys)] = np.arange(1, len(keys) + 1)
        theirs, lengths = self._parts(other, sounds)
        parts = np.stack((2 * who, 2 * who + 1), axis=1).ravel()
        sought = np.repeat(parts << BITS, lengths) | self._terms[theirs]
        places = board[_shortened(sought)]
        hits = np.flatnonzero(places != 0)
        places, sought = places[hits] - 1, sought[hits]
        wrong = np.flatnonzero(keys[places] != sought)
        places[wrong] = np.minimum(np.searchsorted(keys, sought[wrong]), len(keys) - 1)
        wrong = wrong[keys[places[wrong]] != sought[wrong]]
        hits, places = np.delete(hits, wrong), np.delete(places, wrong)
        pair = np.repeat(np.arange(len(other)), lengths.reshape(-1, 2).sum(axis=1))
        return pair[hits], own[places], theirs[hits]

    def _parts(
        self, slots: NDArray[np.int64], sounds: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the terms of each of these stand, of some those for how names sound as well, and how many they are.

        The latter for both parts of each: what is written, and how names sound.
        """
        begins, written = self._begins[slots], self._written[slots]
        lengths = np.stack((written, (self._sizes[slots] - written) * sounds), axis=1).ravel()
        return stretches(np.stack((begins, begins + written), axis=1).ravel(), lengths), lengths

    def tables(self, slots: Sequence[int] | NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """What each pair of some of these adds to a likeness, and how much it counts; both ``(n, n)`` and symmetric.

        The diagonal of the first says nothing.
        """
        asked = np.asarray(slots, np.int64)
        count = len(asked)
        same = self._languages[asked][:, None] == self._languages[asked][None, :]
        at, lengths = self._parts(asked, ~same.all(axis=1))
        owner = np.repeat(np.arange(count), lengths.reshape(-1, 2).sum(axis=1))
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
        spread = np.zeros((_GROUPS, count, width), np.float32)
        spread[_GROUP[kinds], row, column] = values
        by_words = (spread[0] @ spread[0].T).astype(np.float64)
        by_names = (spread[1] @ spread[1].T).astype(np.float64)
        if same.all():
            products = by_words + by_names
        else:
            by_sounds = (spread[2] @ spread[2].T).astype(np.float64)
            heard = self._heard[asked][:, None] & self._heard[asked][None, :]
            products = by_words + np.where(same, by_names, _across(by_names, by_sounds, heard))
        cosines = by_words / np.outer(self._lengths[asked], self._lengths[asked])
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
            unnamed = _lacking(self._names[asked][:, None], names @ there.T, _ENOUGH_LEADING)
            uncounted = _lacking(self._numbers[asked][:, None], numbers @ there.T, _ENOUGH_NUMBERS)
            speaking = against(cosines, np.minimum(unnamed, unnamed.T), np.minimum(uncounted, uncounted.T))
            products *= np.where(same, speaking, 1)
        return products, np.where(same, 1.0, ACROSS)


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


def _shortened(keys: NDArray[Any]) -> NDArray[Any]:
    """Articles and terms in one number, with the last bits of the term only."""
    return ((keys >> (BITS + 1)) << _LAST_BITS) | (keys & ((1 << _LAST_BITS) - 1))


def _lacking(own: NDArray[np.float64], mentioned: NDArray[np.floating], enough: float) -> NDArray[np.float64]:
    """The part of what leads in one that the other does not mention; of too little it is small."""
    found: NDArray[np.float64] = np.clip((own - mentioned) / np.maximum(own, enough), 0, 1)
    return found
