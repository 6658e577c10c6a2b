"""What stands around a name in a text: a preposition of place, a word for town, a given name, more of a larger name."""

from __future__ import annotations

import functools
import re
from typing import Final

from nhipcau.newswire.gazetteer.names import DATA

_WRITTEN_TOGETHER: Final = frozenset(("zh", "ja", "ko"))
_UNSPACED: Final = frozenset(("zh", "ja", "th", "lo", "km", "my"))
_UNCASED: Final = frozenset(("ar", "fa", "ur", "he", "hi", "bn", "ko", "ka", "hy"))
_PREVIOUS = re.compile(r"([^\W\d_]+)(\.?)[ \u00a0]$")
_FOLLOWING = re.compile(r"[ \u00a0]([^\W\d_]+)")
_OF = re.compile(r"\b(?:city|town|county|village|port|municipality|province|district|state) of $", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,(]\s*|\s+")
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
    """A text in a language, asked about its places."""

    __slots__ = ("_before", "_behind", "_given", "_prepositions", "_titles", "_words", "language", "text")

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language
        self._prepositions, self._before, self._words, self._given = map(
            frozenset, (_listed(kind, language) for kind in ("preposition", "before", "word", "given"))
        )
        self._behind, self._titles = _listed("behind", language), _listed("title", language)

    def is_located(self, start: int) -> bool:
        """Whether a preposition of place stands before."""
        return self._previous(start).lower() in self._prepositions

    def is_typed(self, start: int, end: int) -> bool:
        """Whether a word for town, province and the like stands before or behind."""
        if self._behind and self.language in _WRITTEN_TOGETHER:
            return self.text.startswith(self._behind, end)
        following = _FOLLOWING.match(self.text, end)
        if self.language == "en" and _OF.search(self.text, max(0, start - _REACH), start):
            return True
        return self._previous(start).lower() in self._before or (
            following is not None and following[1].lower() in self._behind
        )

    def needs_type(self, start: int, end: int) -> bool:
        """Whether a name of two Chinese characters without a word for town behind proves next to nothing."""
        return (
            self.language in ("zh", "ja")
            and end - start < _LONG_HAN
            and self.text[start] >= "\u3400"
            and not self.is_typed(start, end)
        )

    def is_long(self, start: int, end: int) -> bool:
        """Whether a name is of two words, or of more characters than other words are likely to share."""
        if self.language in _UNSPACED:
            return end - start >= (_LONG_HAN if self.text[start] >= "\u3400" else _LONG_KANA)
        return " " in self.text[start:end] or "-" in self.text[start:end]

    def is_person(self, start: int, end: int | None = None) -> bool:
        """Whether a given name stands before, or the name is itself one with a capital behind."""
        if self._previous(start) in self._given:
            return True
        following = _FOLLOWING.match(self.text, end) if end is not None else None
        return following is not None and self.text[start:end] in self._given and following[1][0].isupper()

    def is_word(self, start: int, end: int) -> bool:
        """Whether the name is a common word of the language, or has a person's title behind it."""
        name = self.text[start:end]
        return name in self._words or self.text.startswith(self._titles, end)

    def is_in_larger_name(self, start: int, end: int) -> bool:
        """Whether a capitalised word stands right before or behind, in a script with capitals."""
        if self.language in _UNSPACED or self.language in _UNCASED:
            return False
        before, behind = self._previous(start), _FOLLOWING.match(self.text, end)
        if self.language == "de":  # every noun has a capital
            return before[:1].isupper() and before.lower() not in self._before
        return before[:1].isupper() or (behind is not None and behind[1][0].isupper())

    def stands_alone(self, start: int, end: int) -> bool:
        """Whether it is inside a sentence and no part of a larger name."""
        before = self.text[max(0, start - _REACH) : start].rstrip(" \u00a0\"'“‘«„(")
        return bool(before) and before[-1] not in _SENTENCE_ENDS and not self.is_in_larger_name(start, end)

    def follows(self, end: int, start: int) -> bool:
        """Whether what begins at ``start`` comes right behind what ends at ``end``, but for a comma or a bracket."""
        return end <= start <= end + 3 and _BETWEEN.fullmatch(self.text, end, start) is not None

    def _previous(self, start: int) -> str:
        match = _PREVIOUS.search(self.text, max(0, start - _REACH), start)
        return match[1] if match else ""
