"""Finds the names of a gazetteer in a text, one pass over its words, the longest name first."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from nhipcau.newswire.gazetteer.spans import Words

if TYPE_CHECKING:
    from nhipcau.newswire.gazetteer.names import Entry, Name

_T = TypeVar("_T", bound=Hashable)

_PREFIX = 2  # letters of a word by which the stems that could begin it are looked up
_REMEMBERED = 1 << 17  # words whose answer is kept: no more than about ten megabytes

_PARTING = re.compile(r"[\n.,;:!?()\[\]\"«»“”„…。，、；：！？（）「」『』《》|]")
_ABBREVIATION = 2

# A short name in katakana may be the beginning of any word; a longer one is the first part of a compound.
_KATAKANA, _SHORT_KATAKANA = ("\u30a1", "\u30fc"), 3

_ANY, _FIRST, _ALL = 0, 1, 2  # capitals that a word must have in the text


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: whose it is, from which character to which, and whether it counts only beside a certain one.

    ``first`` and ``last`` are its first and last word in the text's words.
    """

    entry: Entry
    start: int
    end: int
    ambiguous: bool
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class _Form:
    """What the text must show, beyond the folded words, for a pattern to be this entry's name."""

    entry: Entry
    ambiguous: bool
    language: str | None
    capitals: tuple[int, ...]
    any_case: bool
    accents: tuple[str, ...] | None
    exact: bool
    comma: bool
    behind_comma: bool


class _Pattern:
    """Folded words, which of them may go on, and the forms they stand for, certain ones first."""

    __slots__ = ("forms", "open_ended", "words")

    def __init__(self, words: tuple[str, ...], open_ended: tuple[bool, ...]) -> None:
        self.words = words
        self.open_ended = open_ended
        self.forms: tuple[_Form, ...] = ()

    def stands_at(self, words: list[str], index: int) -> bool:
        """Whether the words of the text from ``index`` are this pattern's."""
        if index + len(self.words) > len(words):
            return False
        for offset, word in enumerate(self.words):
            found = words[index + offset]
            if found != word and not (self.open_ended[offset] and found.startswith(word)):
                return False
        return True


class _Start:
    """The patterns that one word can begin, by the word that must follow where they say it whole; longest first."""

    __slots__ = ("any_next", "by_next")

    def __init__(self, patterns: Iterable[_Pattern]) -> None:
        ranked = sorted(patterns, key=_longest_first)
        said = {pattern.words[1] for pattern in ranked if len(pattern.words) > 1 and not pattern.open_ended[1]}
        self.any_next = [pattern for pattern in ranked if len(pattern.words) == 1 or pattern.open_ended[1]]
        self.by_next = {
            word: [pattern for pattern in ranked if pattern in self.any_next or pattern.words[1] == word]
            for word in sorted(said)
        }


def _longest_first(pattern: _Pattern) -> tuple[int, int, tuple[str, ...]]:
    return -len(pattern.words), -sum(map(len, pattern.words)), pattern.words


class Matcher:
    """The compiled names of some entries. Safe to use again and again; holds no text."""

    def __init__(self, names: Mapping[Entry, Iterable[Name]]) -> None:
        patterns: dict[tuple[tuple[str, ...], tuple[bool, ...]], _Pattern] = {}
        for entry, written in names.items():
            for name in written:
                key, form = _compiled(entry, name)
                if key[0]:
                    pattern = patterns.setdefault(key, _Pattern(*key))
                    if form not in pattern.forms:
                        pattern.forms = tuple(sorted((*pattern.forms, form), key=lambda one: one.ambiguous))
        _shared.cache_clear()
        self._whole: dict[str, list[_Pattern]] = {}
        self._stems: dict[str, list[_Pattern]] = {}
        for pattern in patterns.values():
            first = pattern.words[0]
            if pattern.open_ended[0]:
                self._stems.setdefault(first[:_PREFIX], []).append(pattern)
            else:
                self._whole.setdefault(first, []).append(pattern)
        self._starts = _Starts(self._start)

    def find(self, words: Words, language: str, *, hidden: bool = False) -> list[Hit]:
        """The names in a text of ``language`` (a BCP 47 tag; its first part counts), in order, none inside another.

        With ``hidden`` also what only looks like a name: entries of weight 0. What was found is kept with the text.
        """
        base = language.partition("-")[0]
        asked = (self, base, hidden)
        found = words.found.get(asked)
        if found is None:
            found = words.found[asked] = self._find(words, base, hidden=hidden)
        return found

    def _find(self, words: Words, base: str, *, hidden: bool) -> list[Hit]:
        hits: list[Hit] = []
        free = 0
        every = words.words
        starts = list(map(self._starts.__getitem__, every))
        for index in [place for place, start in enumerate(starts) if start is not None]:
            start = starts[index]
            if start is None or index < free:
                continue
            following = every[index + 1] if index + 1 < len(every) else ""
            for pattern in start.by_next.get(following, start.any_next):
                if pattern.stands_at(words.words, index):
                    form = _form_shown(pattern, words, index, base)
                    if form is not None and not _inside_kana(words, index, index + len(pattern.words) - 1):
                        free = index + len(pattern.words)
                        if hidden or form.entry.weight:
                            start_at, end_at = words.span(index)[0], words.span(free - 1)[1]
                            hits.append(Hit(form.entry, start_at, end_at, form.ambiguous, index, free - 1))
                        break
        return hits

    def _start(self, word: str) -> _Start | None:
        """What ``word`` can begin."""
        found = list(self._whole.get(word, ()))
        for length in range(1, min(_PREFIX, len(word)) + 1):
            # Most words begin nothing: they are asked about more often than anything else.
            stems = self._stems.get(word[:length])
            if stems:
                found += [
                    pattern
                    for pattern in stems
                    if len(pattern.words[0][:_PREFIX]) == length and word.startswith(pattern.words[0])
                ]
        return _Start(found) if found else None


class _Starts(dict[str, _Start | None]):
    """What words can begin; remembered, because texts repeat their words."""

    def __init__(self, start: Callable[[str], _Start | None]) -> None:
        super().__init__()
        self._start = start

    def __missing__(self, word: str) -> _Start | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = found = self._start(word)
        return found


def _compiled(entry: Entry, name: Name) -> tuple[tuple[tuple[str, ...], tuple[bool, ...]], _Form]:
    """The pattern of a name, and the form it asks for."""
    parts: list[tuple[str, bool, int, str]] = []
    for piece in name.written.split("*"):
        words = Words(unicodedata.normalize("NFC", piece))
        for index, word in enumerate(words.words):
            written = words.written(index)
            parts.append((word, False, _capitals(written), _accents(written)))
        if parts:
            parts[-1] = (parts[-1][0], True, *parts[-1][2:])
    if parts and not name.written.endswith("*"):
        parts[-1] = (parts[-1][0], False, *parts[-1][2:])
    key = tuple(part[0] for part in parts), _shared(tuple(part[1] for part in parts))
    form = _Form(
        entry=entry,
        ambiguous=name.ambiguous,
        language=name.language,
        capitals=_shared(tuple(part[2] for part in parts)),
        any_case=not any(part[2] for part in parts),
        accents=None if name.lenient else _shared(tuple(part[3] for part in parts)),
        exact=name.exact,
        comma="," in name.written,
        behind_comma=name.behind_comma,
    )
    return key, form


@functools.lru_cache(maxsize=4096)
def _shared(value: _T) -> _T:
    """One object for equal values: most names have the same capitals and accents, and memory is short in workers."""
    return value


def _form_shown(pattern: _Pattern, words: Words, index: int, language: str) -> _Form | None:
    """The first form of ``pattern`` that the text at ``index`` shows, ``None`` where it shows none."""
    for form in pattern.forms:
        if form.language is not None and form.language != language:
            continue
        if form.behind_comma and not _behind_comma(words, index):
            continue
        easy = form.any_case and (form.accents is None or (words.is_ascii and not any(form.accents)))
        shown = easy or all(
            _shown(form, pattern, offset, words.written(index + offset)) for offset in range(len(pattern.words))
        )
        if shown and _joined(form, words, index, index + len(pattern.words) - 1):
            return form
    return None


def _joined(form: _Form, words: Words, first: int, last: int) -> bool:
    """Whether nothing between the words parts them: no end of a sentence or line, no bracket, no quotation mark.

    A point after one or two letters parts nothing (TP. HCM, U.S.). What only looks like a name may be parted.
    """
    for index in range(first, last):
        gap = words.text[words.span(index)[1] : words.span(index + 1)[0]]
        parted = _PARTING.search(gap)
        short = words.span(index)[1] - words.span(index)[0] <= _ABBREVIATION
        if parted and form.entry.weight and not (gap.strip() == "." and short) and not (form.comma and "," in gap):
            return False
    return True


def _inside_kana(words: Words, first: int, last: int) -> bool:
    """Whether the words are a piece of a longer word in katakana: タイ (Thailand) begins タイトル (title)."""
    if words.words[first] < _KATAKANA[0]:
        return False
    start, end = words.span(first)[0], words.span(last)[1]
    text = words.text
    if not _is_katakana(text[start]):
        return False
    short = end - start <= _SHORT_KATAKANA and _is_katakana(text[end - 1])
    return _is_katakana(text[start - 1 : start]) or (short and _is_katakana(text[end : end + 1]))


def _is_katakana(character: str) -> bool:
    return _KATAKANA[0] <= character <= _KATAKANA[1]


def _behind_comma(words: Words, index: int) -> bool:
    """Whether nothing but a comma stands between a word and the one before."""
    return index > 0 and words.text[words.span(index - 1)[1] : words.span(index)[0]].strip() == ","


def _shown(form: _Form, pattern: _Pattern, offset: int, written: str) -> bool:
    """Whether one word of the text has the capitals and accents that the form asks for."""
    capitals = form.capitals[offset]
    if capitals and not (written.isupper() if capitals == _ALL else written[0].isupper()):
        return False
    if form.accents is None:
        return True
    stem = written[: len(pattern.words[offset])] if pattern.open_ended[offset] else written
    accents = _accents(stem)
    return accents == form.accents[offset] or not (accents or form.exact)


def _capitals(written: str) -> int:
    letters = [character for character in written if character.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return _ALL
    return _FIRST if letters and letters[0].isupper() else _ANY


def _accents(written: str) -> str:
    """The accents of a word in order, and its đ: the same wherever in a syllable the tone is put (hòa, hoà)."""
    if written.isascii():
        return ""
    decomposed = unicodedata.normalize("NFD", written.lower())
    return "".join(character for character in decomposed if "\u0300" <= character <= "\u036f" or character == "đ")
