"""A text as folded words that know where they stand, so that a match can be shown as the text has it.

:func:`nhipcau.text.fold` says how a text folds but not from where. Here each character folds to one character, so that
positions stay; where one does not (a ligature, a soft hyphen, a stray accent) the text takes a slower way. Most texts
in Latin, Greek and Cyrillic letters take a quicker one: words are cut as they stand, and each is folded once for all.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from nhipcau.text import fold
from nhipcau.text.folding import CLUSTER, UNSPACED

if TYPE_CHECKING:
    from nhipcau.newswire.gazetteer.matcher import Hit, Matcher
    from nhipcau.newswire.gazetteer.vocabulary import Vocabulary

_WORD = re.compile(f"{CLUSTER}|[^ {UNSPACED}]+")
_NO_LETTER = re.compile(r"[\W_]")
_IRREGULAR = "\uffff"
# What the quicker way takes: letters that fold to one, and marks between words.
_QUICK = re.compile(
    "[\x00-\x7f\u00a0-\u00ac\u00ae-\u00bb\u00bf-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u01c3\u01cd-\u01f0\u01f4-\u024f"
    "\u0386-\u0481\u048a-\u052f\u1e00-\u1e99\u1e9e-\u1eff\u2010-\u2027\u2030-\u205e\u2070\u2074-\u2079\u2080-\u2089"
    "\u20a0-\u20bf\u2122\u2190-\u22ff\u2500-\u27bf\uac00-\ud7a3\ufffd\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]*"
)
_BETWEEN_WORDS = "\n\t\r\v\f\x1c\x1d\x1e\x1f.,-’'“”\"„»«…–—:;!?()[]/\u00a0%&#@*+=<>|_$€·•‘‚`´^~{}\\½¼¾\u200b"
_REMEMBERED = 1 << 14
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


def folded(token: str) -> str:
    """A token of :class:`Words` as it is compared."""
    if token.isascii():
        return token.lower()
    return token.translate(_ALIGNED) if token.isalnum() and _QUICK.fullmatch(token) else token


_folded_again = functools.lru_cache(maxsize=_REMEMBERED)(folded)


class Words:
    """The words of a text. ``tokens[i]``, folded or not, stands in the text at ``span(i)``.

    ``is_ascii``: there are no accents.
    """

    __slots__ = (
        "_aligned", "_ends", "_offsets", "_pieces", "_starts", "begun", "found", "is_ascii", "text", "tokens",
    )  # fmt: skip

    def __init__(self, text: str) -> None:
        self.text = text
        self.is_ascii = text.isascii()
        #: What its words may begin, by the vocabulary that was asked and its lists.
        self.begun: tuple[Vocabulary, list[list[tuple[int, Any]]]] | None = None
        #: What matchers found in it, by the matcher and how it was asked: it is asked by several in a row.
        self.found: dict[tuple[Matcher, str, bool], list[Hit]] = {}
        self._aligned = ""
        self._offsets: list[int] | None = None
        self._starts: list[int] | None = None
        self._ends: list[int] = []
        self._pieces = _pieces_of(text)
        if self._pieces is not None:
            self.tokens = list(filter(None, self._pieces))
        else:
            self._aligned = text.translate(_ALIGNED)
            if _IRREGULAR in self._aligned:
                self._aligned, self._offsets = _realign(text)
            self.tokens = _WORD.findall(self._aligned)

    def __len__(self) -> int:
        """How many words there are."""
        return len(self.tokens)

    def folded(self, index: int) -> str:
        """A word as it is compared."""
        return _folded_again(self.tokens[index])

    @property
    def words(self) -> list[str]:
        """All words as they are compared."""
        return list(map(_folded_again, self.tokens))

    def span(self, index: int) -> tuple[int, int]:
        """Start and end of a word in :attr:`text`."""
        if self._starts is None:
            self._starts, self._ends = self._bounds() if self._pieces is None else _bounds_of(self._pieces)
        return self._starts[index], self._ends[index]

    def _bounds(self) -> tuple[list[int], list[int]]:
        import numpy as np  # as below

        # Every character but blanks belongs to one word.
        codes = np.frombuffer(self._aligned.encode("utf-32-le", "surrogatepass"), np.uint32)
        letters = np.flatnonzero(codes != ord(" "))
        if self._offsets is not None:
            letters = np.array(self._offsets, np.int64)[letters]
        lengths = np.fromiter(map(len, self.tokens), np.int64, len(self.tokens))
        ends = np.cumsum(lengths)
        return letters[ends - lengths].tolist(), (letters[ends - 1] + 1).tolist()

    def written(self, first: int, last: int | None = None) -> str:
        """The words from ``first`` to ``last``, both included, as the text has them."""
        if last is None and self._pieces is not None:
            return self.tokens[first]
        return self.text[self.span(first)[0] : self.span(first if last is None else last)[1]]


def _pieces_of(text: str) -> list[str] | None:
    """What stands between spaces and marks, and nothing where two of them meet; ``None`` for the slower way."""
    spaced = text
    for mark in _BETWEEN_WORDS:
        if mark in spaced:
            spaced = spaced.replace(mark, " ")
    joined = spaced.replace(" ", "")
    if not text.isascii() and _QUICK.fullmatch(joined) is None:
        return None
    if joined and not joined.isalnum():
        for mark in set(_NO_LETTER.findall(joined)):
            spaced = spaced.replace(mark, " ")
    return spaced.split(" ")


def _bounds_of(pieces: list[str]) -> tuple[list[int], list[int]]:
    """Where the words start and where they end, by the lengths of all pieces between spaces."""
    import numpy as np  # loaded by those who read texts, not by those who only start the workers that do

    lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
    ends = np.cumsum(lengths + 1) - 1
    words = lengths > 0
    return (ends - lengths)[words].tolist(), ends[words].tolist()


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
