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
_REMEMBERED = 1 << 15

# A word with a capital; in Latin and Cyrillic an apostrophe or a hyphen may stand inside a name.
_CAPITAL = re.compile(r"(?<![\w’'-])(?=[^\W\d_])[^\Wa-zß-öø-ÿа-я\d_][^\W\d_]*")
_KATAKANA = re.compile("[\u30a1-\u30fc]")
_NEXT = re.compile(r"(?:[ \u00a0]|[-‐‑–'’]|\. )([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+[\u0300-\u036f\u0900-\u0dff]*(?:[^\W\d_]|[\u0900-\u0dff])*")


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
    """Where a name that some cities have stands in a text."""

    cities: tuple[City, ...]
    start: int
    end: int


def candidates(text: str, language: str) -> list[Candidate]:
    """Where names of cities may stand in a text of ``language`` (the first part of a BCP 47 tag), in order."""
    found: list[Candidate] = []
    for script in _SCRIPTS.get(language, ("latin",)):
        names = _names(script)
        if script in _CASED:
            found += _capitalised(text, names, language)
        elif script in _UNSPACED:
            found += _inside(text, names)
        else:
            found += _spaced(text, names, language)
    return sorted(found, key=lambda one: (one.start, -one.end))


class _Names:
    """The names in a script: folded name to cities, and first word to the most words that begin with it."""

    def __init__(self, script: str) -> None:
        self.cities: dict[str, tuple[City, ...]] = {}
        self.longest: dict[str, int] = {}
        self.remembered: dict[tuple[str, str], tuple[str, ...]] = {}
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


def _capitalised(text: str, names: _Names, language: str) -> Iterator[Candidate]:
    free = 0
    for match in _CAPITAL.finditer(text):
        if match.start() < free:
            continue
        for first in _bases(match.group(), names, language):
            candidate = _longest(text, match, first, names, language)
            if candidate is not None:
                free = candidate.end
                yield candidate
                break


def _bases(word: str, names: _Names, language: str) -> tuple[str, ...]:
    """The first words of names that ``word`` may be a form of; remembered, because texts repeat their words."""
    key = (language, word)
    try:
        return names.remembered[key]
    except KeyError:
        pass
    folded = fold(word)
    found = tuple(base for base in (folded, *bases_of(folded, language)) if base in names.longest)
    if len(names.remembered) >= _REMEMBERED:
        names.remembered.clear()
    names.remembered[key] = found
    return found


def _longest(text: str, match: re.Match[str], first: str, names: _Names, language: str) -> Candidate | None:
    """The longest name that begins with ``first`` where a word was found."""
    key, end = first, match.end()
    best = (names.cities[key], end) if key in names.cities else None
    for _ in range(names.longest[first] - 1):
        following = _NEXT.match(text, end)
        if following is None:
            break
        end = following.end()
        word = fold(following[1])
        for last in (word, *bases_of(word, language)):
            if f"{key} {last}" in names.cities:
                best = names.cities[f"{key} {last}"], end
                break
        key = f"{key} {word}"
    return None if best is None else Candidate(best[0], match.start(), best[1])


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


def _spaced(text: str, names: _Names, language: str) -> Iterator[Candidate]:
    """Names in scripts with spaces but without capitals; a Korean word may go on."""
    for match in _WORD.finditer(text):
        folded = fold(match.group())
        for size in range(len(folded), 1, -1) if language == "ko" else (len(folded),):
            cities = names.cities.get(folded[:size])
            if cities is not None and folded[size:] in _PARTICLES:
                yield Candidate(cities, match.start(), match.start() + size if language == "ko" else match.end())
                break
        else:
            for base in bases_of(folded, language):
                if base in names.cities:
                    yield Candidate(names.cities[base], match.start(), match.end())
                    break
