"""What stands around a name in a text: a preposition of place, a word for town, a given name, more of a larger name."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from nhipcau.newswire.gazetteer.names import DATA

if TYPE_CHECKING:
    from nhipcau.newswire.gazetteer.spans import Words

_WRITTEN_TOGETHER: Final = frozenset(("zh", "ja", "ko"))
_UNSPACED: Final = frozenset(("zh", "ja", "th", "lo", "km", "my"))
_UNCASED: Final = frozenset(("ar", "fa", "ur", "he", "hi", "bn", "ko", "ka", "hy"))
_CHINESE: Final = frozenset(("zh", "ja"))
_SPACES: Final = frozenset((" ", "\u00a0"))
_OF = "of"  # City of Corona
_HAN = "\u3400"
_REACH = 24
_SENTENCE_ENDS = ".!?:\n。！？…"
_LONG_HAN, _LONG_KANA = 3, 4


@functools.lru_cache(maxsize=256)
def _listed(kind: str, language: str) -> tuple[str, ...]:
    """The words of a kind in ``data/places/around.tsv``, those of the language and those of any."""
    found: list[str] = []
    for line in (DATA / "places" / "around.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        listed, spoken, words = line.split("\t")
        if listed == kind and spoken in (language, "mul"):
            found += words.split()
    return tuple(found)


class Around:
    """A text in a language, asked about names in it: which characters, and where there are words, which ones."""

    __slots__ = ("_before", "_behind", "_given", "_prepositions", "_titles", "_words", "language", "text", "words")

    def __init__(self, words: Words, language: str) -> None:
        self.words = words
        self.text = words.text
        self.language = language
        self._prepositions, self._before, self._words, self._given = (
            _set_of(kind, language) for kind in ("preposition", "before", "word", "given")
        )
        self._behind, self._titles = _listed("behind", language), _listed("title", language)

    def is_located(self, first: int) -> bool:
        """Whether a preposition of place stands before."""
        return self._previous(first).lower() in self._prepositions

    def is_typed(self, first: int, last: int, end: int) -> bool:
        """Whether a word for town, province and the like stands before or behind."""
        if self.language in _WRITTEN_TOGETHER:
            return self.text.startswith(self._behind, end)
        before = self._previous(first).lower()
        if before == _OF and first > 1:
            before = self.words.written(first - 2).lower()
        return before in self._before or self._following(last).lower() in self._behind

    def needs_type(self, start: int, end: int) -> bool:
        """Whether a name of two Chinese characters without a word for town behind proves next to nothing."""
        return (
            self.language in _CHINESE
            and end - start < _LONG_HAN
            and self.text[start] >= _HAN
            and not self.text.startswith(self._behind, end)
        )

    def is_long(self, start: int, end: int) -> bool:
        """Whether a name is of two words, or of more characters than other words are likely to share."""
        if self.language in _UNSPACED:
            return end - start >= (_LONG_HAN if self.text[start] >= _HAN else _LONG_KANA)
        return " " in self.text[start:end] or "-" in self.text[start:end]

    def is_person(self, first: int, last: int) -> bool:
        """Whether a given name stands before, or the name is itself one with a capital behind."""
        if first < 0:
            return False
        if self._previous(first) in self._given:
            return True
        return self.words.written(first) in self._given and self._following(last)[:1].isupper()

    def is_word(self, start: int, end: int) -> bool:
        """Whether the name is a common word of the language, or has a person's title behind it."""
        return self.text[start:end] in self._words or (bool(self._titles) and self.text.startswith(self._titles, end))

    def is_in_larger_name(self, first: int, last: int) -> bool:
        """Whether a capitalised word stands right before or behind, in a script with capitals."""
        if self.language in _UNSPACED or self.language in _UNCASED:
            return False
        before = self._previous(first)
        if self.language == "de":  # every noun has a capital
            return before[:1].isupper() and before.lower() not in self._before
        return before[:1].isupper() or self._following(last)[:1].isupper()

    def stands_alone(self, first: int, last: int, start: int) -> bool:
        """Whether it is inside a sentence and no part of a larger name."""
        before = self.text[max(0, start - _REACH) : start].rstrip(" \u00a0\"'“‘«„(")
        return bool(before) and before[-1] not in _SENTENCE_ENDS and not self.is_in_larger_name(first, last)

    def follows(self, end: int, start: int) -> bool:
        """Whether what begins at ``start`` comes right behind what ends at ``end``, but for a comma or a bracket."""
        return end <= start <= end + 3 and self.text[end:start].strip() in ("", ",", "(")

    def _previous(self, first: int) -> str:
        """The word right before, and no end of a sentence between; a point may end an abbreviation."""
        if first < 1:
            return ""
        gap = self.text[self.words.span(first - 1)[1] : self.words.span(first)[0]]
        return self.words.written(first - 1) if gap in _SPACES or gap == ". " else ""

    def _following(self, last: int) -> str:
        """The word right behind, with a space between."""
        if not 0 <= last < len(self.words) - 1:
            return ""
        gap = self.text[self.words.span(last)[1] : self.words.span(last + 1)[0]]
        return self.words.written(last + 1) if gap in _SPACES else ""


@functools.lru_cache(maxsize=256)
def _set_of(kind: str, language: str) -> frozenset[str]:
    return frozenset(_listed(kind, language))
