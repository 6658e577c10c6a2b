"""What finds the names of the world's cities in a text: one table by script, endings of languages taken off.

A city's name proves little: half of them are words, people or other cities. So every name found is only a candidate,
with what stands around it; ``newswire/places.py`` decides.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nhipcau.newswire.gazetteer.endings import bases_of
from nhipcau.newswire.gazetteer.names import DATA
from nhipcau.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.newswire.gazetteer.spans import Words

_COLUMNS: Final = (
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
_REMEMBERED = 1 << 16  # words of a language whose answer is kept

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
        names = _names(script)
        if script in _UNSPACED:
            found += _inside(words.text, names)
        else:
            found += _in_words(words, names, language, cased=script in _CASED)
    return sorted(found, key=lambda one: (one.start, -one.end))


class _Names:
    """The names in a script: folded name to cities, and first word to the most words that begin with it."""

    def __init__(self, script: str) -> None:
        self.cities: dict[str, tuple[City, ...]] = {}
        self.longest: dict[str, int] = {}
        self.remembered: dict[str, _Bases] = {}
        column = _COLUMNS.index(script) + _FIRST_COLUMN
        for cells in _rows():
            if len(cells) > column and cells[column]:
                words = tuple(cells[_WORD_IN].split()) if len(cells) > _WORD_IN else ()
                city = City(cells[0], cells[1], int(cells[2]), words)
                for name in cells[column].split("|"):
                    key = name if script in _UNSPACED else fold(name)
                    if city not in self.cities.get(key, ()):
                        self.cities[key] = (*self.cities.get(key, ()), city)
                    first = key[:2] if script in _UNSPACED else key.partition(" ")[0]
                    size = len(key) if script in _UNSPACED else key.count(" ") + 1
                    self.longest[first] = max(size, self.longest.get(first, 0))


@functools.lru_cache(maxsize=len(_COLUMNS))
def _names(script: str) -> _Names:
    return _Names(script)


def _rows() -> Iterator[list[str]]:
    with (DATA / "places" / "cities.tsv").open(encoding="utf-8") as table:
        next(table)
        for line in table:
            yield line.rstrip("\n").split("\t")


def _in_words(words: Words, names: _Names, language: str, *, cased: bool) -> Iterator[Candidate]:
    remembered = names.remembered.setdefault(language, _Bases(names, language))
    every = list(map(remembered.__getitem__, words.words))
    free = 0
    for index in [place for place, bases in enumerate(every) if bases]:
        if index < free or (cased and not words.written(index)[0].isupper()):
            continue
        start = words.span(index)[0]
        if start and words.text[start - 1] in _JOINED:
            continue
        for form in every[index]:
            candidate = _longest(words, index, form, names, language)
            if candidate is not None:
                free = candidate.last + 1
                yield candidate
                break


class _Bases(dict[str, tuple[tuple[str, int], ...]]):
    """Words of a language to the names they may begin; remembered, because texts repeat their words."""

    def __init__(self, names: _Names, language: str) -> None:
        super().__init__()
        self._asked = names, language

    def __missing__(self, word: str) -> tuple[tuple[str, int], ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = found = _bases(word, *self._asked)
        return found


def _bases(word: str, names: _Names, language: str) -> tuple[tuple[str, int], ...]:
    """The first words of names that ``word`` may be a form of, each with how many of its letters are theirs."""
    found = [(base, len(word)) for base in (word, *bases_of(word, language)) if base in names.longest]
    if language == "ko":
        found += [
            (word[:size], size)
            for size in range(len(word) - 1, 1, -1)
            if word[:size] in names.longest and word[size:] in _PARTICLES
        ]
    return tuple(found)


def _longest(words: Words, index: int, form: tuple[str, int], names: _Names, language: str) -> Candidate | None:
    """The longest name that begins at a word, with the basic form that it may have and how many letters are that."""
    base, size = form
    key, last = base, index
    best = (names.cities[key], index) if key in names.cities else None
    for _ in range(names.longest[base] - 1):
        if last + 1 >= len(words.words) or words.text[words.span(last)[1] : words.span(last + 1)[0]] not in _GAPS:
            break
        last += 1
        word = words.words[last]
        for ending in (word, *bases_of(word, language)):
            if f"{key} {ending}" in names.cities:
                best = names.cities[f"{key} {ending}"], last
                break
        key = f"{key} {word}"
    if best is None:
        return None
    start, end = words.span(index)[0], words.span(best[1])[1]
    return Candidate(
        best[0], start, min(end, start + size) if language == "ko" and best[1] == index else end, index, best[1]
    )


def _inside(text: str, names: _Names) -> Iterator[Candidate]:
    free = 0
    longest = names.longest
    for start in range(len(text) - 1):
        most = longest.get(text[start : start + 2])
        if most is None or start < free:
            continue
        for size in range(most, 1, -1):
            cities = names.cities.get(text[start : start + size])
            if cities is not None and not _inside_kana(text, start, start + size):
                free = start + size
                yield Candidate(cities, start, free)
                break


def _inside_kana(text: str, start: int, end: int) -> bool:
    return bool(_KATAKANA.match(text, start) and (_KATAKANA.match(text, start - 1) if start else None)) or bool(
        _KATAKANA.match(text, end - 1) and _KATAKANA.match(text, end)
    )
