"""Texts cut into tokens, a whole batch at once: arrays in place of a loop over words.

Letters fold as :func:`nhipcau.text.fold` has it. A token is a word of a script with spaces; a pair of Han or kana
characters; four characters of Thai, Lao, Khmer or Burmese; a run of katakana, which is a name or a loan word. Tokens
are known by 64-bit hashes of their folded characters, the same in every process.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nhipcau.text import fold
from nhipcau.text.folding import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Sequence

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]

#: Kinds of token. Names are told by capitals in the first two, which have them or write like those that do.
LATIN, OTHER, DENSE, CLUSTERED, KATAKANA = 1, 2, 3, 4, 5

_DENSE = re.compile(f"[{UNSPACED}]")
_SYLLABIC = re.compile("[\u0e00-\u17ff\ua9e0-\uaa7f]")
_KATAKANA = re.compile("[\u30a1-\u30f4\u30fc]")
_LATIN = re.compile("[A-Za-z0-9\u00c0-\u024f\u1e00-\u1eff]")
_SKIPPED = frozenset(" \"'“”‘’«»„([`")
_ENDS = frozenset(".!?:\n。！？…।։။።")
_UNKNOWN = 0xFFFFFFFF
# A mark that folds away.
_NO_KIND = 255
_PLANES = 0x32400  # all that Unicode has given to scripts
_PAIR, _FOUR = 2, 4
_LONGEST = 64

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_POWERS = np.empty(0, np.uint64)
_INVERSES = np.ones(1, np.uint64)

# What is known of each character: what it folds to, its kind, whether it is a capital, whether it is skipped on the way
# back to the end of a sentence, whether it is such an end, whether it is a digit. Filled as characters are met.
_FOLDED = np.full(_PLANES, _UNKNOWN, np.uint32)
_KIND = np.zeros(_PLANES, np.uint8)
_CAPITAL = np.zeros(_PLANES, np.bool_)
_IS_SKIPPED = np.zeros(_PLANES, np.bool_)
_IS_END = np.zeros(_PLANES, np.bool_)
_IS_DIGIT = np.zeros(_PLANES, np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """Tokens of a batch.

    Attributes:
        text: all texts of the batch, one after the other.
        owner: which text each token is of, ascending.
        starts, ends: where it stands in ``text``.
        hashes: of its folded characters.
        kinds: what kind it is.
        capital: it begins with a capital; of katakana always.
        opens: it begins a sentence, so that its capital says little; of those with a capital.
        digits: where the digits of ``text`` stand.
    """

    text: str
    owner: NDArray[np.int64]
    starts: Places
    ends: Places
    hashes: Hashes
    kinds: NDArray[np.uint8]
    capital: NDArray[np.bool_]
    opens: NDArray[np.bool_]
    digits: Places

    @property
    def spans(self) -> NDArray[np.int64]:
        """Where each begins and ends, ``(tokens, 2)``."""
        return np.stack((self.starts, self.ends), axis=1)


def tokens_of(texts: Sequence[str]) -> Tokens:
    """The tokens of some texts, in order of the texts; of one text words come before the others."""
    text = "\n".join(texts)
    codes = np.frombuffer(text.encode("utf-32-le", errors="surrogatepass"), np.uint32)
    if len(codes) and codes.max() >= _PLANES:
        codes = np.minimum(codes, _PLANES - 1)
    folded = _FOLDED[codes]
    if (folded == _UNKNOWN).any():
        for code in set(codes[folded == _UNKNOWN].tolist()):
            _learn(code)
        folded = _FOLDED[codes]
    digits = np.flatnonzero(_IS_DIGIT[codes])
    kinds = _KIND[codes]
    kept = None
    if (kinds == _NO_KIND).any():
        kept = np.flatnonzero(kinds != _NO_KIND)
        codes, folded, kinds = codes[kept], folded[kept], kinds[kept]
    starts, ends = _runs((kinds == LATIN) | (kinds == OTHER))
    kind = kinds[starts]
    if (kinds > OTHER).any():
        katakana = kinds == KATAKANA
        others = [
            (DENSE, *_windows(*_runs(katakana | (kinds == DENSE)), _PAIR)),
            (CLUSTERED, *_windows(*_runs(kinds == CLUSTERED), _FOUR)),
            (KATAKANA, *_runs(katakana)),
        ]
        starts = np.concatenate([starts, *(one[1] for one in others)])
        ends = np.concatenate([ends, *(one[2] for one in others)])
        kind = np.concatenate([kind, *(np.full(len(one[1]), one[0], np.uint8) for one in others)])
    behind = np.cumsum(np.array([len(one) + 1 for one in texts], np.int64))
    owner = np.searchsorted(behind, starts if kept is None else kept[starts], side="right")
    if (kind > OTHER).any():
        order = np.argsort(owner, kind="stable")
        starts, ends, kind, owner = starts[order], ends[order], kind[order], owner[order]
    hashes = _hashes(folded, starts, ends)
    capital = _CAPITAL[codes[starts]] | (kind == KATAKANA)
    opens = np.zeros(len(starts), np.bool_)
    opens[capital] = _opening(codes, starts[capital])
    if kept is not None and len(starts):
        starts, ends = kept[starts], kept[ends - 1] + 1
    return Tokens(text, owner, starts, ends, hashes, kind, capital, opens, digits)


def _learn(code: int) -> None:
    """Note what is to be known of a character."""
    character = chr(code)
    if "\u0300" <= character <= "\u036f":
        _FOLDED[code], _KIND[code] = 0, _NO_KIND
        return
    # Three capitals fold to two characters, and a few ligatures: the first stands for them.
    became = fold(character)[:1]
    _FOLDED[code] = ord(became) if became else 0
    if became:
        if _KATAKANA.match(became):
            _KIND[code] = KATAKANA
        elif _DENSE.match(became):
            _KIND[code] = CLUSTERED if _SYLLABIC.match(became) else DENSE
        else:
            _KIND[code] = LATIN if _LATIN.match(unicodedata.normalize("NFKC", character)) else OTHER
    _CAPITAL[code] = character.isupper()
    _IS_SKIPPED[code] = character in _SKIPPED
    _IS_END[code] = character in _ENDS
    _IS_DIGIT[code] = character.isdecimal()


def _runs(inside: NDArray[np.bool_]) -> tuple[Places, Places]:
    """Where the runs of true begin and end."""
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    if len(inside) and inside[0]:
        edges = np.concatenate((np.zeros(1, np.int64), edges))
    if len(inside) and inside[-1]:
        edges = np.append(edges, len(inside))
    return edges[::2], edges[1::2]


def _windows(starts: Places, ends: Places, size: int) -> tuple[Places, Places]:
    """All windows of a size in some runs; a shorter run is one window."""
    counts = np.maximum(ends - starts - size + 1, 1)
    first = np.repeat(starts, counts)
    offset = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
    begin = first + offset
    return begin, np.minimum(begin + size, np.repeat(ends, counts))


def _hashes(folded: NDArray[np.uint32], starts: Places, ends: Places) -> Hashes:
    """A polynomial of each token's characters, modulo 2**64; of a longer one than 64 the first ones count.

    It is the difference of two sums over the text from its beginning, brought back to the power of the first place.
    """
    powers, inverses = _powers(len(folded))
    sums = np.zeros(len(folded) + 1, np.uint64)
    np.cumsum(folded * powers, out=sums[1:])
    found: Hashes = (sums[np.minimum(ends, starts + _LONGEST)] - sums[starts]) * inverses[starts]
    return found


def _powers(count: int) -> tuple[Hashes, Hashes]:
    """The multiplier to the power of 1, 2 and so on, and of 0, -1 and so on; an odd number has an inverse."""
    global _POWERS, _INVERSES  # noqa: PLW0603 - kept and made longer as texts are
    if count > len(_POWERS):
        inverse = np.uint64(pow(int(_MULTIPLIER), -1, 1 << 64))
        _INVERSES = np.cumprod(np.append(np.uint64(1), np.full(2 * count, inverse, np.uint64)), dtype=np.uint64)
        # Last, because another thread may ask how many there are.
        _POWERS = np.cumprod(np.full(2 * count, _MULTIPLIER, np.uint64), dtype=np.uint64)
    return _POWERS[:count], _INVERSES


def _opening(codes: NDArray[np.uint32], starts: Places) -> NDArray[np.bool_]:
    """Whether nothing but quotation marks and spaces stands between each place and the end of a sentence."""
    last = starts - 1
    for _ in range(_LONGEST):
        skipped = (last >= 0) & _IS_SKIPPED[codes[np.maximum(last, 0)]]
        if not skipped.any():
            break
        last -= skipped
    return (last < 0) | _IS_END[codes[np.maximum(last, 0)]]
