"""A text as the numbers of its runs of one to five letters, words apart by one blank: what the classifier looks at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST = 5
#: Characters of one text that are looked at, at most.
MOST = 400

# What stands between words. Listed, not "all but letters": vowel signs of Indic scripts are no letters to Python.
_BETWEEN = re.compile(
    "[\\s\\d_!-/:-@\\[-`{-~\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u02bc"
    "\u060c\u061b\u061f\u0640\u066a-\u066d\u06d4\u0964\u0965\u2000-\u2bff\u3000-\u3004\u3008-\u3020\ufe00-\ufe0f"
    "\uff01-\uff0f\uff1a-\uff20\ufffd\U0001f000-\U0001faff]"
)


class _Spaced(dict[int, int]):
    """What a character becomes: itself, or a blank where it stands between words; filled as characters are met."""

    def __missing__(self, code: int) -> int:
        self[code] = found = ord(" ") if _BETWEEN.match(chr(code)) else code
        return found


_SPACED = _Spaced()
# Addresses, paths and names of files say nothing of the language around them.
_ADDRESS = re.compile(r"[\w.:~%+-]*[/@\\][\w./:@~%?&=#+\\-]*")
_STEP, _SPREAD = 0x01000193, 0x9E3779B1  # both odd, hence invertible modulo 2**32


def _powers(base: int, first: int) -> NDArray[np.uint32]:
    found = [first]
    for _ in range(MOST - 1):
        found.append(found[-1] * base % 2**32)
    return np.array(found, np.uint32)


_POWERS = _powers(_STEP, 1)
_UNDO = _powers(pow(_STEP, -1, 2**32), _SPREAD)[:, None]
_ENDS = np.arange(MOST)[:, None] + np.arange(1, LONGEST + 1)


def without_addresses(text: str) -> str:
    """A text without the words in it that are addresses, paths or names of accounts."""
    return _ADDRESS.sub(" ", text) if "/" in text or "@" in text or "\\" in text else text


def words_of(text: str) -> str:
    """A text in lower case, its words parted and surrounded by one blank each; blank where it has none."""
    return f" {' '.join(text.lower().translate(_SPACED).split())} "


def grams(words: str) -> NDArray[np.uint32]:
    """A number of 32 bits, its upper bits well spread, for every run of one to five characters of such words.

    Of at most :data:`MOST` characters; five for each, where the last ones stand for shorter runs once more. Repeated
    runs as often as they stand there; the same on every machine.
    """
    codes = np.frombuffer(words[:MOST].encode("utf-32-le", "surrogatepass"), np.uint32)
    size = len(codes)
    sums = np.zeros(size + LONGEST, np.uint32)
    # A run is a polynomial of its characters: the difference of two sums, by the power that it begins with.
    np.cumsum(codes * _POWERS[:size], dtype=np.uint32, out=sums[1 : size + 1])
    sums[size + 1 :] = sums[size]
    found = sums.take(_ENDS[:size])
    found -= sums[:size, None]
    found *= _UNDO[:size]
    return found.ravel()
