"""A text as numbers, character by character with numpy: one for the whole text, and one for each run of five words.

The same shingles as :func:`nhipcau.newswire.tokens.shingles` has (five words, ten Han or kana characters, fifteen
clusters of Thai, Lao, Khmer or Burmese), an order of magnitude sooner. Case, accents and punctuation do not count. No
hash of Python's own is used, so that the numbers are the same in every process.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nhipcau.newswire.tokens import SHINGLE_WORDS, Shingles
from nhipcau.text import fold
from nhipcau.text.folding import UNSPACED

if TYPE_CHECKING:
    from numpy.typing import NDArray

# What a character is to a text cut into words: between them, a letter of a script with spaces, a word by itself, the
# base of a cluster, or what stands on something.
_BETWEEN, _LETTER, _HAN, _CLUSTER, _MARK = range(5)
_PAIRED = np.arange(5, dtype=np.uint8) * np.uint8(5)
_NOTHING = np.zeros(1, np.uint8)
# Whether a token begins at a character, by the kind before it (five times) and its own.
_BEGINS = np.array(
    [
        own in (_HAN, _CLUSTER)
        or (own == _LETTER and before in (_BETWEEN, _HAN, _CLUSTER))
        or (own == _MARK and before == _BETWEEN)
        for before in range(5)
        for own in range(5)
    ]
)
# How many twelfths of a word one token of each kind counts for.
_LENGTHS = np.array([0, 12, 6, 4, 12], np.int64)
_WORD = 12
_BASIC, _IDEOGRAPHS = 0x10000, (0x20000, 0x32400)
_PRIVATE = 0xE000
_ONE_UNSPACED = re.compile(f"[{UNSPACED}]")
_SYLLABIC = re.compile("[\u0e00-\u17ff\ua9e0-\uaa7f]")
_STEP = 0x9E3779B97F4A7C15  # odd, hence invertible modulo 2**64


class Fingerprint(NamedTuple):
    """``text``: a signed 64-bit number of all words in order; ``shingles``: those of its runs, sorted, each once."""

    text: int
    shingles: Shingles


def fingerprint(text: str) -> Fingerprint:
    """The numbers of a text in normal form C. One without letter or digit has no shingles, but a number of its own."""
    kinds, letters = _read(text)
    starts = np.flatnonzero(_BEGINS.take(kinds + _PAIRED[np.concatenate((_NOTHING, kinds[:-1]))]))
    if not len(starts):
        return Fingerprint(_number(text.encode(errors="surrogatepass")), np.empty(0, np.uint32))
    powers, undo = _powers(len(letters))
    letters *= powers[: len(letters)]
    sums = np.add.reduceat(letters, starts, dtype=np.uint32)
    sums *= undo[starts]
    tokens = _spread(sums.astype(np.uint64))
    of_tokens = kinds[starts]
    runs = _runs_of_words(tokens) if (of_tokens == _LETTER).all() else _runs(tokens, of_tokens)
    found = (_spread(runs) >> np.uint64(32)).astype(np.uint32)
    found.sort()
    first = np.empty(len(found), bool)
    first[0] = True
    np.not_equal(found[1:], found[:-1], out=first[1:])
    return Fingerprint(_number(tokens.tobytes()), found[first])


def _read(text: str) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Kind of each character, and the number of what folding makes of it."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if len(codes) and codes.max() >= _BASIC:
        ideographs = (codes >= _IDEOGRAPHS[0]) & (codes < _IDEOGRAPHS[1])
        private = _PRIVATE + (codes & np.uint32(0xFFF))
        codes = np.where(codes < _BASIC, codes, np.where(ideographs, private, np.uint32(0x20)))
    kinds, letters = _table()
    return kinds.take(codes), letters.take(codes)


def _spread(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread the bits of values in place: the upper ones depend on all of them."""
    values ^= values >> np.uint64(29)
    values *= np.uint64(0xBF58476D1CE4E5B9)
    values ^= values >> np.uint64(32)
    values *= np.uint64(_STEP)
    return values


def _runs_of_words(tokens: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A number of each five tokens in a row; of fewer than five one number."""
    if len(tokens) < SHINGLE_WORDS:
        tokens = np.concatenate((tokens, np.zeros(SHINGLE_WORDS - len(tokens), np.uint64)))
    count = len(tokens) - SHINGLE_WORDS + 1
    runs = tokens[:count].copy()
    for place in range(1, SHINGLE_WORDS):
        runs *= np.uint64(_STEP)
        runs += tokens[place : place + count]
    return runs


def _runs(tokens: NDArray[np.uint64], kinds: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """The same where tokens are of different lengths: each run is as many tokens as make five words."""
    reach = np.cumsum(_LENGTHS[kinds])
    wanted = np.concatenate((np.zeros(1, np.int64), reach[:-1])) + SHINGLE_WORDS * _WORD
    ends = np.searchsorted(reach, wanted) + 1
    ends = ends[ends <= len(tokens)]
    if not len(ends):
        ends = np.array([len(tokens)])
    # A run is a polynomial of its tokens: the difference of two sums, by the power that it begins with.
    powers, undo = _powers_of_runs(len(tokens))
    sums = np.zeros(len(tokens) + 1, np.uint64)
    np.cumsum(tokens * powers[: len(tokens)], out=sums[1:])
    found: NDArray[np.uint64] = (sums[ends] - sums[: len(ends)]) * undo[: len(ends)]
    return found


@functools.cache
def _table() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Of every character of the basic plane its kind and the number of what folding makes of it."""
    kinds = np.zeros(_BASIC, np.uint8)
    letters = np.zeros(_BASIC, np.uint32)
    for code in range(0x30, _BASIC):
        one = chr(code)
        category = unicodedata.category(one)
        if category[0] in "LNM" and category != "Me":
            folded = fold(one)
            if category[0] == "M":
                kinds[code] = _MARK
            elif folded:
                kinds[code] = _kind(one)
            letters[code] = ord(folded) if len(folded) == 1 else code if folded else 0
    kinds[_PRIVATE : _PRIVATE + 0x1000] = _HAN
    letters[_PRIVATE : _PRIVATE + 0x1000] = np.arange(_PRIVATE, _PRIVATE + 0x1000)
    return kinds, letters


def _kind(one: str) -> int:
    if _ONE_UNSPACED.match(one) is None:
        return _LETTER
    return _HAN if _SYLLABIC.match(one) is None else _CLUSTER


def _powers(size: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Powers of an odd number, and of its inverse, modulo 2**32: at least so many."""
    return _made_powers(max(1 << 14, 1 << (size - 1).bit_length()))


@functools.lru_cache(maxsize=4)
def _made_powers(size: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    steps = (_STEP & 0xFFFFFFFF, pow(_STEP, -1, 1 << 32))
    powers = [np.cumprod(np.full(size, step, np.uint32), dtype=np.uint32) for step in steps]
    return powers[0], powers[1]


def _powers_of_runs(size: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The same modulo 2**64."""
    return _made_powers_of_runs(max(1 << 14, 1 << (size - 1).bit_length()))


@functools.lru_cache(maxsize=4)
def _made_powers_of_runs(size: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    steps = (_STEP, pow(_STEP, -1, 1 << 64))
    powers = [np.cumprod(np.full(size, step, np.uint64), dtype=np.uint64) for step in steps]
    return powers[0], powers[1]


def _number(content: bytes) -> int:
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big", signed=True)
