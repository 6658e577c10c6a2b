"""A text as folded words that know where they stand, so that a match can be shown as the text has it.

:func:`nhipcau.text.fold` says how a text folds but not from where. Here each character folds to one character, so that
positions stay; where one does not (a ligature, a soft hyphen, a stray accent) the text takes a slower way. Most texts
in Latin, Greek and Cyrillic letters take a quicker one: words are cut as they stand, and each is folded once for all.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from operator import methodcaller
from typing import TYPE_CHECKING, cast

from nhipcau.text import fold
from nhipcau.text.folding import CLUSTER, UNSPACED

if TYPE_CHECKING:
    from nhipcau.newswire.gazetteer.matcher import Hit, Matcher

_WORD = re.compile(f"{CLUSTER}|[^ {UNSPACED}]+")
_IRREGULAR = "\uffff"
# What the quicker way takes: letters that fold to one, and marks between words.
_QUICK = re.compile(
    "[\x00-\x7f\u00a0-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf-\u013e\u0141-\u0148\u014a-\u01c3"
    "\u01cd-\u01f0\u01f4-\u024f\u0386-\u0481\u048a-\u052f\u1e00-\u1e99\u1e9e-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u2122\u2190-\u21ff\u25a0-\u27bf\U0001f300-\U0001faff]*"
)
_BETWEEN_WORDS = ".,-’'“”\"„»«…–—:;!?()[]/\u00a0%&#@*+=<>|_$€·•‘‚`´^~{}\\"
_UNBROKEN = re.compile(r"\S+")
_SPAN = methodcaller("span")
_REMEMBERED = 1 << 17
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


class _FoldedWords(dict[str, str | None]):
    """What a word becomes, ``None`` for what is none; filled as words are met, because texts repeat their words."""

    def __missing__(self, word: str) -> str | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = folded = fold(word) if word.isalnum() else None
        return folded


_ALIGNED = _Aligned()
_FOLDED_WORDS = _FoldedWords()


class Words:
    """The folded words of a text. ``words[i]`` stands in the text at ``span(i)``; ``is_ascii``: no accents."""

    __slots__ = ("_aligned", "_offsets", "_spans", "_written", "found", "is_ascii", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.is_ascii = text.isascii()
        #: What matchers found in it, by the matcher and how it was asked: it is asked by several in a row.
        self.found: dict[tuple[Matcher, str, bool], list[Hit]] = {}
        self._spans: list[tuple[int, int]] | None = None
        self._offsets: list[int] | None = None
        self._written = self._quickly()
        if self._written is not None:
            return
        self._aligned = text.translate(_ALIGNED)
        if _IRREGULAR in self._aligned:
            self._aligned, self._offsets = _realign(text)
        self.words: list[str] = _WORD.findall(self._aligned)

    def _quickly(self) -> list[str] | None:
        """The words as written, :attr:`words` set to them folded; ``None`` where the text takes the slower way."""
        if not self.is_ascii and _QUICK.fullmatch(self.text) is None:
            return None
        spaced = self.text
        for mark in _BETWEEN_WORDS:
            if mark in spaced:
                spaced = spaced.replace(mark, " ")
        written = spaced.split()
        words = [_FOLDED_WORDS[word] for word in written]
        if None in words:
            return None
        self.words = cast("list[str]", words)
        self._aligned = spaced
        return written

    def span(self, index: int) -> tuple[int, int]:
        """Start and end of a word in :attr:`text`."""
        if self._spans is None:
            self._spans = self._all_spans()
        start, end = self._spans[index]
        if self._offsets is None:
            return start, end
        return self._offsets[start], self._offsets[end - 1] + 1

    def _all_spans(self) -> list[tuple[int, int]]:
        pattern = _WORD if self._written is None else _UNBROKEN
        return list(map(_SPAN, pattern.finditer(self._aligned)))

    def written(self, first: int, last: int | None = None) -> str:
        """The words from ``first`` to ``last``, both included, as the text has them."""
        if last is None and self._written is not None:
            return self._written[first]
        return self.text[self.span(first)[0] : self.span(first if last is None else last)[1]]


@functools.lru_cache(maxsize=2)
def words_of(text: str) -> Words:
    """A text taken apart; the last title and text are kept, because relevance, topics and places are asked in a row."""
    return Words(text)


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
