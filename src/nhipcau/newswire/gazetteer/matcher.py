"""Finds the names of a gazetteer in a text, one pass over its words, the longest name first."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from nhipcau.newswire.gazetteer.names import Entry
from nhipcau.newswire.gazetteer.patterns import ALL, accents, unpacked
from nhipcau.newswire.gazetteer.vocabulary import vocabulary_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhipcau.newswire.gazetteer.patterns import Pattern, Table
    from nhipcau.newswire.gazetteer.spans import Words
    from nhipcau.newswire.gazetteer.vocabulary import Unheard

_HEAD = 4  # letters of a word that tell whether a stem may begin it

_PARTING = re.compile(r"[\n.,;:!?()\[\]\"«»“”„…。，、；：！？（）「」『』《》|]")
_ABBREVIATION = 2

# A short name in katakana may be the beginning of any word; a longer one is the first part of a compound.
_KATAKANA, _SHORT_KATAKANA = ("\u30a1", "\u30fc"), 3


class Hit(NamedTuple):
    """A name found: whose it is, from which character to which, and whether it counts only beside a certain one.

    ``first`` and ``last`` are its first and last word in the text's words.
    """

    entry: Entry
    start: int
    end: int
    ambiguous: bool
    first: int = 0
    last: int = 0


class _Form(NamedTuple):
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


class _Pattern(NamedTuple):
    """Folded words, which of them may go on, and the forms they stand for, certain ones first."""

    words: tuple[str, ...]
    open_ended: tuple[bool, ...]
    forms: tuple[_Form, ...]

    def stands_at(self, words: Words, index: int) -> bool:
        """Whether the words of the text behind ``index`` are this pattern's; its first was looked up."""
        if index + len(self.words) > len(words):
            return False
        for offset in range(1, len(self.words)):
            found, word = words.folded(index + offset), self.words[offset]
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
            word: [
                pattern
                for pattern in ranked
                if len(pattern.words) == 1 or pattern.open_ended[1] or pattern.words[1] == word
            ]
            for word in sorted(said)
        }


def _longest_first(pattern: _Pattern) -> tuple[int, int, tuple[str, ...]]:
    return -len(pattern.words), -sum(map(len, pattern.words)), pattern.words


class Matcher:
    """Finds the names of a table. Safe to use again and again; holds no text."""

    def __init__(self, table: Table) -> None:
        self._entries, self._whole, self._stems = table
        # Most words begin with no stem, which their first letters tell: by how many these are, the lengths of the
        # stems that begin with them.
        self._heads: dict[int, dict[str, set[int]]] = {}
        for stem in self._stems:
            head = stem[:_HEAD]
            self._heads.setdefault(len(head), {}).setdefault(head, set()).add(len(stem))
        self._starts: dict[tuple[str, ...], _Start] = {}

    def find(self, words: Words, language: str, *, hidden: bool = False) -> list[Hit]:
        """The names in a text of ``language`` (a BCP 47 tag; its first part counts), in order, none inside another.

        With ``hidden`` also what only looks like a name: entries of weight 0. What was found is kept with the text.
        """
        base = language.partition("-")[0]
        asked = (self, base, hidden)
        found = words.found.get(asked)
        if found is None:
            starts = vocabulary_of(base).starts(words, self)
            found = words.found[asked] = list(self._hits(words, base, starts, hidden=hidden))
        return found

    def find_once(self, words: Words, language: str) -> Iterator[Hit]:
        """The same as :meth:`find` for a matcher that is not asked again: nothing is kept of it."""
        begun = ((index, self.begins(words.folded(index))) for index in range(len(words)))
        starts = [(index, start) for index, start in begun if start is not None]
        return self._hits(words, language.partition("-")[0], starts, hidden=False)

    def _hits(self, words: Words, base: str, starts: Iterable[tuple[int, _Start]], *, hidden: bool) -> Iterator[Hit]:
        free = 0
        for index, start in starts:
            if index < free:
                continue
            patterns = start.any_next
            if start.by_next and index + 1 < len(words):
                patterns = start.by_next.get(words.folded(index + 1), patterns)
            for pattern in patterns:
                if pattern.stands_at(words, index):
                    form = _form_shown(pattern, words, index, base)
                    if form is not None and not _inside_kana(words, index, index + len(pattern.words) - 1):
                        free = index + len(pattern.words)
                        if hidden or form.entry.weight:
                            start_at, end_at = words.span(index)[0], words.span(free - 1)[1]
                            yield Hit(form.entry, start_at, end_at, form.ambiguous, index, free - 1)
                        break

    def among(self, words: Unheard) -> set[str]:
        """Those of some folded words that may begin a name."""
        found = self._whole.keys() & words
        for length, heads in self._heads.items():
            headed = words.by_head(length)
            for head in headed.keys() & heads.keys():
                found.update([word for word in headed[head] if any(word[:n] in self._stems for n in heads[head])])
        return found

    def begins(self, word: str) -> _Start | None:
        """The patterns that a folded word can begin."""
        stems = [
            word[:size]
            for length, heads in self._heads.items()
            for size in heads.get(word[:length], ())
            if word[:size] in self._stems
        ]
        if not stems and word not in self._whole:
            return None
        # Many words begin with the same stem, and are no names by themselves.
        asked = (word if word in self._whole else "", *stems)
        start = self._starts.get(asked)
        if start is None:
            packed = [self._whole[word]] if asked[0] else []
            packed += [self._stems[stem] for stem in stems]
            start = self._starts[asked] = _Start([self._pattern(one) for found in packed for one in unpacked(found)])
        return start

    def _pattern(self, found: Pattern) -> _Pattern:
        words, open_ended, forms = found
        return _Pattern(words, open_ended, tuple(_Form(self._entry(form[0]), *form[1:]) for form in forms))

    def _entry(self, place: int) -> Entry:
        return _entry(*self._entries[place])


@functools.lru_cache(maxsize=1 << 14)
def _entry(key: str, kind: str, name: str, weight: float) -> Entry:
    return Entry(key, kind, name, weight)


def _form_shown(pattern: _Pattern, words: Words, index: int, language: str) -> _Form | None:
    """The first form of ``pattern`` that the text at ``index`` shows, ``None`` where it shows none."""
    for form in pattern.forms:
        if form.language is not None and form.language != language:
            continue
        if form.behind_comma and not _behind_comma(words, index):
            continue
        easy = form.any_case and (form.accents is None or (words.is_ascii and not any(form.accents)))
        if easy or len(pattern.words) == 1:
            shown = easy or _shown(form, pattern, 0, words.written(index))
        else:
            shown = all(
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
    if words.tokens[first] < _KATAKANA[0]:
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
    if capitals and not (written.isupper() if capitals == ALL else written[0].isupper()):
        return False
    if form.accents is None:
        return True
    stem = written[: len(pattern.words[offset])] if pattern.open_ended[offset] else written
    found = accents(stem)
    return found == form.accents[offset] or not (found or form.exact)
