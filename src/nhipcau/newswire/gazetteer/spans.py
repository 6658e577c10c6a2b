"""A text as folded words that know where they stand, so that a match can be shown as the text has it.

:func:`nhipcau.text.fold` says how a text folds but not from where. Here each character folds to one character, so that
positions stay; where one does not (a ligature, a soft hyphen, a stray accent) the text takes a slower way.
"""

from __future__ import annotations

import re
import unicodedata

from nhipcau.text import fold
from nhipcau.text.folding import CLUSTER, UNSPACED

_WORD = re.compile(f"{CLUSTER}|[^ {UNSPACED}]+")
_IRREGULAR = "\uffff"
_DROPPED = re.compile(
    "[\u00ad\u034f\u061c\u0640\u064b-\u065f\u0670\u0591-\u05bd\u05bf-\u05c7\u200c-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
# Spellings that vary from house to house: Arabic hamza and yeh, apostrophes that Unicode counts as letters. The vowels
# "am" of Thai and Lao stay one character, which compatibility folding would make two.
_EQUAL = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه",
    "ʼ": " ", "ʻ": " ", "ʹ": " ", "\u200b": " ", "ำ": "ำ", "ຳ": "ຳ",
}  # fmt: skip


class _Aligned(dict[int, str]):
    """What a character becomes; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in _EQUAL:
            aligned = _EQUAL[character]
        elif "\u0300" <= character <= "\u036f" or _DROPPED.match(character):
            aligned = _IRREGULAR
        else:
            folded = fold(character)
            if len(folded) == 1:
                aligned = folded
            else:
                aligned = _IRREGULAR if folded and unicodedata.category(character)[0] == "L" else " "
        self[code] = aligned
        return aligned


_ALIGNED = _Aligned()


class Words:
    """The folded words of a text. ``words[i]`` stands in the text at ``span(i)``."""

    __slots__ = ("_aligned", "_offsets", "_spans", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self._aligned = text.translate(_ALIGNED)
        self._offsets: list[int] | None = None
        if _IRREGULAR in self._aligned:
            self._aligned, self._offsets = _realign(text)
        self._spans: list[tuple[int, int]] | None = None
        self.words: list[str] = _WORD.findall(self._aligned)

    def span(self, index: int) -> tuple[int, int]:
        """Start and end of a word in :attr:`text`."""
        if self._spans is None:
            self._spans = [match.span() for match in _WORD.finditer(self._aligned)]
        start, end = self._spans[index]
        if self._offsets is None:
            return start, end
        return self._offsets[start], self._offsets[end - 1] + 1

    def written(self, first: int, last: int | None = None) -> str:
        """The words from ``first`` to ``last``, both included, as the text has them."""
        return self.text[self.span(first)[0] : self.span(first if last is None else last)[1]]


def _realign(text: str) -> tuple[str, list[int]]:
    """The folded characters of ``text``, and for each the place of the one it comes from."""
    characters: list[str] = []
    offsets: list[int] = []
    for place, character in enumerate(text):
        aligned = _ALIGNED[ord(character)]
        if aligned == _IRREGULAR:
            aligned = "" if _DROPPED.match(character) else fold(character)
        characters.append(aligned)
        offsets.extend([place] * len(aligned))
    return "".join(characters), offsets
