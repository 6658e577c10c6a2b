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
# About 60 megabytes.
_MOST = 400_000


def term_number(term: str) -> int:
    """The number of a term that means the same in every language; never 0, which stands for none."""
    return (crc32(term.encode(errors="surrogatepass")) >> (32 - BITS)) or 1


class Lexicon:
    """Tokens met so far: two skeletons and a place as numbers of terms, and whether a longer name begins."""

    def __init__(self) -> None:
        self._row_of: dict[int, int] = {}
        self._rows = np.zeros((1024, 4), np.uint32)
        self._used = 1

    def rows(self, tokens: Tokens, languages: list[str], salted: Hashes) -> NDArray[np.uint32]:
        """A row for each token, ``(tokens, 4)``; ``salted`` are hashes that differ by language and capital."""
        unique, first, inverse = np.unique(salted, return_index=True, return_inverse=True)
        if len(self._row_of) > _MOST:
            self._row_of, self._used = {}, 1
        get = self._row_of.get
        found = [get(key, -1) for key in unique.tolist()]
        places = np.array(found, np.int64)
        for at in np.flatnonzero(places < 0).tolist():
            token = int(first[at])
            places[at] = self._row_of[int(unique[at])] = self._learn(
                tokens.text[tokens.starts[token] : tokens.ends[token]],
                int(tokens.kinds[token]),
                languages[int(tokens.owner[token])],
                capital=bool(tokens.capital[token]),
            )
        return self._rows[places][inverse]

    def _learn(self, token: str, kind: int, language: str, *, capital: bool) -> int:
        row = [0, 0, 0, 0]
        for column, sound in zip((SOUND, COARSE), sounds_of(token, kind) if capital else (), strict=False):
            row[column] = term_number(sound) if sound else 0
        places = places_of(language)
        place = places.alone(token, kind, capital=capital)
        row[PLACE] = term_number(f"={place}") if place else 0
        row[LONGER] = places.begins(token, kind, capital=capital)
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
