"""What finds the names of the world's cities in a text: one table by script, endings of languages taken off.

A city's name proves little: half of them are words, people or other cities. So every name found is only a candidate,
with what stands around it; ``newswire/places.py`` decides.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nhipcau.newswire.gazetteer.compiled import kept
from nhipcau.newswire.gazetteer.endings import bases_of, bent_among
from nhipcau.newswire.gazetteer.names import DATA
from nhipcau.newswire.gazetteer.vocabulary import vocabulary_of
from nhipcau.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhipcau.newswire.gazetteer.spans import Words
    from nhipcau.newswire.gazetteer.vocabulary import Unheard

#: The scripts that names are in, in the order of the table's columns.
SCRIPTS: Final = (
    "latin", "cyrillic", "han", "kana", "hangul", "arabic", "hebrew", "greek", "indic", "thai", "other",
)  # fmt: skip
_FIRST_COLUMN, _WORD_IN = 3, 14
#: Scripts with capitals, and scripts without spaces.
_CASED, _UNSPACED = ("latin", "cyrillic", "greek"), ("han", "kana", "thai")
_CYRILLIC = ("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg")
_SCRIPTS: Final = {
    **dict.fromkeys(_CYRILLIC, ("cyrillic",)),
    "zh": ("han",), "ja": ("han", "kana"), "ko": ("hangul",), "el": ("greek",), "he": ("hebrew",),
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ckb"), ("arabic",)),
    **dict.fromkeys(("hi", "mr", "ne", "bn", "gu", "pa", "ta", "te"), ("indic",)),
    **dict.fromkeys(("th", "lo", "km", "my"), ("thai",)), **dict.fromkeys(("ka", "hy"), ("other",)),
}  # fmt: skip

_KATAKANA = re.compile("[\u30a1-\u30fc]")
# What may stand between the words of a name, and before none: Rostov-on-Don, St. Petersburg, but not Franco-Paris.
_GAPS: Final = frozenset((" ", "\u00a0", "-", "‐", "‑", "–", "'", "’", ". "))
_JOINED = "’'-‑–"

# What may stand behind a name in Korean.
_PARTICLES_OF_KOREAN = (
    "시 군 도 에 의 은 는 이 가 을 를 로 과 와 발 인 행 서 시의 시는 시가 시에 시에서 "
    "에서 에서는 에는 에도 으로 까지 부터"
)
_PARTICLES: Final = frozenset(("", *_PARTICLES_OF_KOREAN.split()))


@dataclass(frozen=True, slots=True)
class City:
    """A city: country, English name, thousands of people, and the languages of which its English name is a word."""

    country: str
    name: str
    thousands: int
    word_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where a name that some cities have stands in a text; its words, where the script has words."""

    cities: tuple[City, ...]
    start: int
    end: int
    first: int = -1
    last: int = -1


def candidates(words: Words, language: str) -> list[Candidate]:
    """Where names of cities may stand in a text of ``language`` (the first part of a BCP 47 tag), in order."""
    found: list[Candidate] = []
    for script in _SCRIPTS.get(language, ("latin",)):
        if script in _UNSPACED:
            found += _inside(words.text, _names(script))
        else:
            names = _names_in(script, language)
            found += _in_words(words, names, vocabulary_of(language).starts(words, names))
    return sorted(found, key=lambda one: (one.start, -one.end))


def city_table(script: str) -> dict[str, str]:
    """The names in a script, for set-up to keep: what names begin with, to a line of these names and their cities.

    A name begins with its first word; in scripts without spaces with its first two characters.
    """
    column = SCRIPTS.index(script) + _FIRST_COLUMN
    lines: dict[str, dict[str, None]] = {}
    for cells in _rows():
        if len(cells) > column and cells[column]:
            word_in = cells[_WORD_IN] if len(cells) > _WORD_IN else ""
            for name in cells[column].split("|"):
                key = name if script in _UNSPACED else fold(name)
                first = key[:2] if script in _UNSPACED else key.partition(" ")[0]
                lines.setdefault(first, {})["\t".join((key, *cells[:_FIRST_COLUMN], word_in))] = None
    return {first: "\n".join(found) for first, found in lines.items()}


class _Names:
    """The names in a script, by what they begin with; taken apart where a text has such a beginning."""

    def __init__(self, script: str) -> None:
        self.lines = kept(f"cities/{script}", lambda: city_table(script))
        self._beginning: dict[str, _Beginning] = {}

    def beginning(self, first: str) -> _Beginning:
        """The names that begin with ``first``."""
        found = self._beginning.get(first)
        if found is None:
            found = self._beginning[first] = _Beginning(self.lines[first])
        return found


class _Beginning:
    """Names that begin alike, each with its cities, and the most words, or characters, that one of them has."""

    __slots__ = ("cities", "most_characters", "most_words")

    def __init__(self, lines: str) -> None:
        self.cities: dict[str, tuple[City, ...]] = {}
        for line in lines.split("\n"):
            key, country, name, thousands, word_in = line.split("\t")
            city = City(country, name, int(thousands), tuple(word_in.split()))
            self.cities[key] = (*self.cities.get(key, ()), city)
        self.most_characters = max(map(len, self.cities))
        self.most_words = 1 + max(key.count(" ") for key in self.cities)


@functools.lru_cache(maxsize=len(SCRIPTS))
def _names(script: str) -> _Names:
    return _Names(script)


def _rows() -> Iterator[list[str]]:
    with (DATA / "places" / "cities.tsv").open(encoding="utf-8") as table:
        next(table)
        for line in table:
            yield line.rstrip("\n").split("\t")


@dataclass(frozen=True, slots=True)
class _Form:
    """A word as the first of names: how many of its letters are theirs, and these names, once they are asked for."""

    base: str
    size: int
    source: _Names

    @property
    def names(self) -> _Beginning:
        return self.source.beginning(self.base)


class _NamesIn:
    """The names in a script, as texts of a language bend them."""

    def __init__(self, script: str, language: str) -> None:
        self.cased = script in _CASED
        self.language = language
        self._names = _names(script)

    def among(self, words: Unheard) -> set[str]:
        """Those of some folded words that may begin a name, and perhaps a few that do not."""
        lines = self._names.lines
        if self.language == "ko":
            return words
        return bent_among(words, self.language, lines) | (lines.keys() & words)

    def begins(self, word: str) -> tuple[_Form, ...] | None:
        """The first words of names that ``word`` may be a form of."""
        lines = self._names.lines
        found = [(base, len(word)) for base in (word, *bases_of(word, self.language)) if base in lines]
        if self.language == "ko":
            found += [
                (word[:size], size)
                for size in range(len(word) - 1, 1, -1)
                if word[:size] in lines and word[size:] in _PARTICLES
            ]
        return tuple(_Form(base, size, self._names) for base, size in found) or None


@functools.lru_cache(maxsize=64)
def _names_in(script: str, language: str) -> _NamesIn:
    return _NamesIn(script, language)


def _in_words(words: Words, names: _NamesIn, starts: Iterable[tuple[int, tuple[_Form, ...]]]) -> Iterator[Candidate]:
    free = 0
    for index, forms in starts:
        if index < free or (names.cased and not words.written(index)[0].isupper()):
            continue
        start = words.span(index)[0]
        if start and words.text[start - 1] in _JOINED:
            continue
        for form in forms:
            candidate = _longest(words, index, form, names.language)
            if candidate is not None:
                free = candidate.last + 1
                yield candidate
                break


def _longest(words: Words, index: int, form: _Form, language: str) -> Candidate | None:
    """The longest name that begins at a word, with the basic form that it may have."""
    cities = form.names.cities
    key, last = form.base, index
    best = (cities[key], index) if key in cities else None
    for _ in range(form.names.most_words - 1):
        if last + 1 >= len(words) or words.text[words.span(last)[1] : words.span(last + 1)[0]] not in _GAPS:
            break
        last += 1
        word = words.folded(last)
        for ending in (word, *bases_of(word, language)):
            if f"{key} {ending}" in cities:
                best = cities[f"{key} {ending}"], last
                break
        key = f"{key} {word}"
    if best is None:
        return None
    start, end = words.span(index)[0], words.span(best[1])[1]
    if language == "ko" and best[1] == index:
        end = min(end, start + form.size)
    return Candidate(best[0], start, end, index, best[1])


def _inside(text: str, names: _Names) -> Iterator[Candidate]:
    free = 0
    for start in range(len(text) - 1):
        first = text[start : start + 2]
        if first not in names.lines or start < free:
            continue
        beginning = names.beginning(first)
        for size in range(beginning.most_characters, 1, -1):
            cities = beginning.cities.get(text[start : start + size])
            if cities is not None and not _inside_kana(text, start, start + size):
                free = start + size
                yield Candidate(cities, start, free)
                break


def _inside_kana(text: str, start: int, end: int) -> bool:
    return bool(_KATAKANA.match(text, start) and (_KATAKANA.match(text, start - 1) if start else None)) or bool(
        _KATAKANA.match(text, end - 1) and _KATAKANA.match(text, end)
    )
