"""What is known of a token beyond its letters: how it sounds as a name, and which place it names. Found once, kept."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from nhipcau.newswire.stories.places import places_of
from nhipcau.newswire.stories.reading import KATAKANA, LATIN, OTHER
from nhipcau.newswire.stories.skeletons import coarse_skeleton, from_cyrillic, from_katakana, skeleton
from nhipcau.text import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nhipcau.newswire.stories.reading import Hashes, Tokens

#: Terms are numbers below this: of the 200,000 or so in a month of news one in twenty shares its number with another.
BITS = 22
#: Columns of a row of :meth:`Lexicon.rows`.
SOUND, COARSE, PLACE, LONGER = range(4)
# About 30 megabytes.
_MOST = 400_000
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_ALL_BITS = (1 << 64) - 1


def term_number(term: str) -> int:
    """The number of a term that means the same in every language; never 0, which stands for none."""
    return (crc32(term.encode(errors="surrogatepass")) >> (32 - BITS)) or 1


class Lexicon:
    """Tokens met so far: two skeletons and a place as numbers of terms, and whether a longer name begins.

    Keys lie in a table twice as long as they are many, each at the first free place from its own on, so that a whole
    batch is looked up at once.
    """

    def __init__(self) -> None:
        self._rows = np.zeros((1024, 4), np.uint32)
        self._used = 1
        self._clear(1 << 16)

    def rows(self, tokens: Tokens, languages: list[str], salted: Hashes) -> NDArray[np.uint32]:
        """A row for each token, ``(tokens, 4)``; ``salted`` are hashes that differ by language and capital."""
        keys = np.maximum(salted, np.uint64(1))
        found = self._find(keys)
        unmet = np.flatnonzero(found < 0)
        if len(unmet):
            new, first = np.unique(keys[unmet], return_index=True)
            self._make_room(len(new))
            for key, token in zip(new.tolist(), unmet[first].tolist(), strict=True):
                row = self._learn(
                    tokens.text[tokens.starts[token] : tokens.ends[token]],
                    int(tokens.kinds[token]),
                    languages[int(tokens.owner[token])],
                    capital=bool(tokens.capital[token]),
                )
                self._put(key, row)
            found[unmet] = self._find(keys[unmet])
        return self._rows[found]

    def _clear(self, size: int) -> None:
        self._keys = np.zeros(size, np.uint64)
        self._row_of = np.zeros(size, np.int32)
        self._known = 0

    def _find(self, keys: Hashes) -> NDArray[np.int32]:
        """The row of each key, -1 where it is not known."""
        found = np.full(len(keys), -1, np.int32)
        asked, at = np.arange(len(keys)), self._own_place(keys)
        while len(asked):
            there = self._keys[at]
            same = there == keys[asked]
            found[asked[same]] = self._row_of[at[same]]
            further = ~same & (there != 0)
            asked, at = asked[further], (at[further] + 1) & (len(self._keys) - 1)
        return found

    def _own_place(self, keys: Hashes) -> NDArray[np.int64]:
        bits = len(self._keys).bit_length() - 1
        return ((keys * _MULTIPLIER) >> np.uint64(64 - bits)).astype(np.int64)

    def _put(self, key: int, row: int) -> None:
        last = len(self._keys) - 1
        at = ((key * int(_MULTIPLIER)) & _ALL_BITS) >> (64 - last.bit_length())
        while self._keys[at]:
            at = (at + 1) & last
        self._keys[at], self._row_of[at] = key, row
        self._known += 1

    def _make_room(self, count: int) -> None:
        """Before so many are added: forget everything where it is too much, or make the table longer."""
        if self._known + count > _MOST:
            self._used = 1
            self._clear(len(self._keys))
        size = len(self._keys)
        while 2 * (self._known + count) > size:
            size *= 2
        if size > len(self._keys):
            kept = self._keys > 0
            keys, rows = self._keys[kept].tolist(), self._row_of[kept].tolist()
            self._clear(size)
            for key, row in zip(keys, rows, strict=True):
                self._put(key, row)

    def _learn(self, token: str, kind: int, language: str, *, capital: bool) -> int:
        row = [0, 0, 0, 0]
        for column, sound in zip((SOUND, COARSE), sounds_of(token, kind) if capital else (), strict=False):
            row[column] = term_number(sound) if sound else 0
        place, row[LONGER] = places_of(language).named_by(token, kind, capital=capital)
        row[PLACE] = term_number(f"={place}") if place else 0
        if not any(row):
            return 0
        if self._used == len(self._rows):
            self._rows = np.concatenate((self._rows, np.zeros_like(self._rows)))
        self._rows[self._used] = row
        self._used += 1
        return self._used - 1


def sounds_of(token: str, kind: int) -> tuple[str, str]:
    """The terms for how a name sounds, exactly and as katakana has it; empty where there is none."""
    exact = coarse = ""
    if kind == KATAKANA:
        coarse = coarse_skeleton(from_katakana(token), from_kana=True)
    elif kind in (LATIN, OTHER):
        latin = fold(token) if kind == LATIN else from_cyrillic(token)
        exact, coarse = skeleton(latin), coarse_skeleton(latin)
    return (f"~{exact}" if exact else "", f"~~{coarse}" if coarse else "")
