"""A text as numbers, character by character with numpy: one for the whole text, and one for each run of five words.

The same shingles as :func:`nhipcau.newswire.tokens.shingles` has (five words, ten Han or kana characters, fifteen
clusters of Thai, Lao, Khmer or Burmese), an order of magnitude sooner. Case, accents and punctuation do not count. No
hash of Python's own is used, so that the numbers are the same in every process.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nhipcau.newswire.tokens import SHINGLE_WORDS, Shingles
from nhipcau.text import fold
from nhipcau.text.folding import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

# What a character is to a text cut into words: between them, a letter of a script with spaces, a word by itself, the
# base of a cluster, or what stands on something.
_BETWEEN, _LETTER, _HAN, _CLUSTER, _MARK = range(5)
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
_ODD, _FACTOR, _SHIFT, _HALF = np.uint64(_STEP), np.uint64(0xBF58476D1CE4E5B9), np.uint64(29), np.uint64(32)
# Characters read together: what is made of them stays in the caches of one core.
_TOGETHER = 1 << 15
_KIND_BITS, _BITS_OF_KIND = np.uint8(7), np.uint32(3)


def _new_table() -> NDArray[np.uint32]:
    found = np.full(_BASIC, _UNMET, np.uint32)
    private = np.arange(_PRIVATE, _PRIVATE + 0x1000, dtype=np.uint32)
    found[private] = (private << _BITS_OF_KIND) | np.uint32(_HAN)
    return found


_UNMET = np.uint32(0xFFFFFFFF)
# Of every character of the basic plane what folding makes of it, and in the three lowest bits its kind; filled as
# characters are met. The ideographs beyond that plane stand in for characters of private use.
_TABLE = _new_table()


class Fingerprint(NamedTuple):
    """``text``: a signed 64-bit number of all words in order; ``shingles``: those of its runs, sorted, each once."""

    text: int
    shingles: Shingles


def fingerprint(text: str) -> Fingerprint:
    """The numbers of a text in normal form C. One without letter or digit has no shingles, but a number of its own."""
    return fingerprints([text])[0]


def fingerprints(texts: Iterable[str]) -> list[Fingerprint]:
    """The same of several texts, many characters at once: quicker than one by one."""
    found: list[Fingerprint] = []
    together: list[str] = []
    length = 0
    for text in texts:
        together.append(text)
        length += len(text)
        if length >= _TOGETHER:
            found += _numbers_of(together)
            together, length = [], 0
    return found + _numbers_of(together) if together else found


def _numbers_of(texts: list[str]) -> list[Fingerprint]:
    kinds, letters = _read(texts)
    spaced = bool(kinds.max() <= _LETTER)
    starts = np.flatnonzero(kinds[1:] > kinds[:-1] if spaced else _begins(kinds))
    # The first token of each text, and the end of the last one's.
    firsts = [0, *itertools.accumulate(len(text) + 1 for text in texts)]
    bounds = np.searchsorted(starts, firsts).tolist()
    sums = _sums(letters, starts)
    tokens = _spread(sums.astype(np.uint64))
    runs, counts = _runs_of_words(tokens, bounds) if spaced else _runs(tokens, kinds.take(starts + 1), bounds)
    hashes = (_spread(runs) >> _HALF).astype(np.uint32)
    found = []
    for text, start, end, count in zip(texts, bounds, bounds[1:], counts, strict=False):
        if start == end:
            number, own = _number(text.encode(errors="surrogatepass")), np.empty(0, np.uint32)
        else:
            number = _number(sums[start:end].tobytes())
            own = _distinct(hashes[start : start + count] if count else _short_run(tokens[start:end]))
        found.append(Fingerprint(number, own))
    return found


def _read(texts: list[str]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Kind of each character, and the number of what folding makes of it; a blank before each text."""
    codes = np.frombuffer(f" {' '.join(texts)}".encode("utf-32-le", "surrogatepass"), np.uint32)
    if codes.max() >= _BASIC:
        ideographs = (codes >= _IDEOGRAPHS[0]) & (codes < _IDEOGRAPHS[1])
        private = _PRIVATE + (codes & np.uint32(0xFFF))
        codes = np.where(codes < _BASIC, codes, np.where(ideographs, private, np.uint32(0x20)))
    both = _TABLE.take(codes)
    unmet = both == _UNMET
    if unmet.any():
        _learn(set(codes[unmet].tolist()))
        both = _TABLE.take(codes)
    kinds = both.astype(np.uint8)
    kinds &= _KIND_BITS
    both >>= _BITS_OF_KIND
    return kinds, both


def _sums(letters: NDArray[np.uint32], starts: NDArray[np.int64]) -> NDArray[np.uint32]:
    """A number of each token, wherever it stands: the polynomial of its letters. ``letters`` are changed."""
    powers, undo = _powers(len(letters))
    letters *= powers[: len(letters)]
    reached = np.cumsum(letters, dtype=np.uint32)
    sums = np.diff(reached.take(starts), append=reached[-1:])
    sums *= undo.take(starts)
    return sums


def _distinct(hashes: NDArray[np.uint32]) -> Shingles:
    """Sorted, each once, in an array of their own."""
    hashes.sort()
    first = np.empty(len(hashes), bool)
    first[0] = True
    np.not_equal(hashes[1:], hashes[:-1], out=first[1:])
    return hashes[first]


def _begins(kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Of each character but the first whether a token begins there."""
    return _BEGINS.take(kinds[1:] + kinds[:-1] * np.uint8(5))


def _spread(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread the bits of values in place: the upper ones depend on all of them."""
    values ^= values >> _SHIFT
    values *= _FACTOR
    values ^= values >> _HALF
    values *= _ODD
    return values


def _runs_of_words(tokens: NDArray[np.uint64], bounds: list[int]) -> tuple[NDArray[np.uint64], list[int]]:
    """A number of each five tokens in a row, and how many of each text do not reach into the next."""
    count = max(len(tokens) - SHINGLE_WORDS + 1, 0)
    runs = tokens[len(tokens) - count :].copy()
    for place in reversed(range(SHINGLE_WORDS - 1)):
        runs *= _ODD
        runs += tokens[place : place + count]
    return runs, [max(end - start - SHINGLE_WORDS + 1, 0) for start, end in itertools.pairwise(bounds)]


def _runs(
    tokens: NDArray[np.uint64], kinds: NDArray[np.uint8], bounds: list[int]
) -> tuple[NDArray[np.uint64], list[int]]:
    """The same where tokens are of different lengths: each run is as many tokens as make five words."""
    lengths = _LENGTHS.take(kinds)
    reach = np.cumsum(lengths)
    ends = np.searchsorted(reach, reach - lengths + SHINGLE_WORDS * _WORD) + 1
    counts = [int(np.searchsorted(ends[start:end], end, side="right")) for start, end in itertools.pairwise(bounds)]
    # A run is a polynomial of its tokens: the difference of two sums, by the power that it begins with.
    powers, undo = _powers_of_runs(len(tokens))
    sums = np.zeros(len(tokens) + 1, np.uint64)
    np.cumsum(tokens * powers[: len(tokens)], out=sums[1:])
    runs = sums.take(ends, mode="clip")
    runs -= sums[:-1]
    runs *= undo[: len(tokens)]
    return runs, counts


def _short_run(tokens: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """The one run of a text that has less than five words."""
    powers, undo = _powers_of_runs(len(tokens))
    run = (tokens * powers[: len(tokens)]).sum(keepdims=True)
    run *= undo[0]
    return (_spread(run) >> _HALF).astype(np.uint32)


def _learn(codes: Iterable[int]) -> None:
    """Note what is to be known of characters met for the first time."""
    for code in codes:
        one = chr(code)
        category = unicodedata.category(one)
        found = 0
        if category[0] in "LNM" and category != "Me":
            folded = fold(one)
            kind = _MARK if category[0] == "M" else _kind(one) if folded else _BETWEEN
            letter = ord(folded) if len(folded) == 1 else code if folded else 0
            found = letter << int(_BITS_OF_KIND) | kind
        _TABLE[code] = found


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
