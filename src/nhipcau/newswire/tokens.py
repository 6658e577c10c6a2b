"""Texts as words and shingles, alike for scripts with spaces and scripts without.

Everything here takes folded text (:func:`nhipcau.text.fold`): lower case, no Latin accents, no punctuation, and each
character of a script that writes no spaces standing alone. No hash of Python's own is used, so that the numbers are
the same in every process.
"""

from __future__ import annotations

import re
from itertools import groupby
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from nhipcau.text.folding import UNSPACED

#: Hash values of shingles: sorted, each once.
Shingles = NDArray[np.uint32]

_UNSPACED = re.compile(f"[{UNSPACED}]")
_SYLLABIC = re.compile("[\u0e00-\u17ff\ua9e0-\uaa7f]")

# How many of the characters that folding sets apart make about a word: kinds of token are a word of a script with
# spaces; a Han or kana character; a cluster of Thai, Lao, Khmer or Burmese.
_SPACED, _HAN, _CLUSTER = 0, 1, 2
_PER_WORD = (1, 2, 3)

_COMMON_BY_LENGTH = (1.0, 0.5, 0.5, 0.3, 0.1, 0.05)
#: The guess for a word that nothing is known of but that it is not short.
RARE = 0.02

# Lengths in twelfths of a word, so that every class is a whole number.
_WORD = 12
SHINGLE_WORDS = 5

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # odd, hence invertible modulo 2**64
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))


def words(folded: str) -> list[str]:
    """The words of a folded text in order; runs of a script without spaces as overlapping pieces of a word's length."""
    tokens = folded.split()
    if _UNSPACED.search(folded) is None:
        return tokens
    found: list[str] = []
    for kind, group in groupby(tokens, _kind):
        run = list(group)
        found.extend(run if kind == _SPACED else _pieces(run, _PER_WORD[kind]))
    return found


def shingles(folded: str) -> Shingles:
    """Hashes of all runs of about five words of a folded text (ten Han or kana characters, fifteen Thai clusters).

    A text shorter than one shingle gives one hash; an empty one none. Repeated runs count once.
    """
    tokens = folded.split()
    if not tokens:
        return np.empty(0, np.uint32)
    hashes = _mix(np.array([crc32(token.encode(errors="surrogatepass")) for token in tokens], np.uint64))
    ends = _shingle_ends(tokens, unspaced=_UNSPACED.search(folded) is not None)
    return np.unique((_mix(_windows(hashes, ends)) >> np.uint64(32)).astype(np.uint32))


def commonness(word: str) -> float:
    """A guess at the share of texts of a language that hold a folded word, made from its length alone.

    The frequent words of a language are its short ones (Zipf's law of abbreviation). A piece of a script without spaces
    is taken for rare.
    """
    return _COMMON_BY_LENGTH[len(word)] if len(word) < len(_COMMON_BY_LENGTH) and _kind(word) == _SPACED else RARE


def _kind(token: str) -> int:
    if _UNSPACED.match(token) is None:
        return _SPACED
    return _HAN if _SYLLABIC.match(token) is None else _CLUSTER


def _pieces(run: list[str], length: int) -> list[str]:
    return ["".join(run[at : at + length]) for at in range(max(1, len(run) - length + 1))]


def _shingle_ends(tokens: list[str], *, unspaced: bool) -> NDArray[np.intp]:
    """For each shingle, by the token it starts at, the index behind its last token."""
    if unspaced:
        lengths = np.array([_WORD // _PER_WORD[_kind(token)] for token in tokens])
    else:
        lengths = np.full(len(tokens), _WORD)
    reach = np.cumsum(lengths)
    wanted = np.concatenate(([0], reach[:-1])) + SHINGLE_WORDS * _WORD
    ends = np.searchsorted(reach, wanted) + 1
    complete = ends <= len(tokens)
    return ends[complete] if complete.any() else np.array([len(tokens)])


def _windows(hashes: NDArray[np.uint64], ends: NDArray[np.intp]) -> NDArray[np.uint64]:
    """A polynomial hash, modulo 2**64, of ``hashes[i:ends[i]]`` for each ``i``, from prefix sums."""
    powers = np.cumprod(np.full(len(hashes), _MULTIPLIER, np.uint64), dtype=np.uint64)
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(hashes * powers, dtype=np.uint64)))
    starts = np.arange(len(ends))
    undo = np.cumprod(np.full(len(ends), _INVERSE, np.uint64), dtype=np.uint64)
    result: NDArray[np.uint64] = (sums[ends] - sums[starts]) * undo
    return result


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread the bits of 64-bit values, so that neighbouring values come out unrelated (the SplitMix64 finaliser)."""
    values = values + _MULTIPLIER
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
