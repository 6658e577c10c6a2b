"""Which places a text names: countries, regions and cities, each with its country, and the words that name them.

A country's or a region's name mostly proves itself; a city's does not. Half of all names of towns are words, people or
other towns, so a name counts by how large the town is and by what stands around it: its country elsewhere in the text,
a preposition of place before it, its region behind it; a given name before it speaks against it.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nhipcau.newswire.gazetteer import matcher, words_of
from nhipcau.newswire.gazetteer.around import Around
from nhipcau.newswire.gazetteer.cities import candidates
from nhipcau.newswire.gazetteer.countries import country_matcher
from nhipcau.newswire.records import LEAD, Article, Place
from nhipcau.newswire.workers import loads_before_fork

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhipcau.newswire.gazetteer import Hit, Words
    from nhipcau.newswire.gazetteer.cities import Candidate, City

# Places kept of an article: a list of all countries is no longer than that.
_MOST = 60
# What a city's name must reach to count.
_ENOUGH = 1.9
# What its size gives: thousands of people from which, and how much.
_BY_SIZE: Final = ((1000, 2.0), (300, 1.5), (100, 1.0), (50, 0.7), (0, 0.5))
_LONG = 0.4
_COUNTRY_NAMED, _LOCATIVE, _TYPED, _BESIDE_ITS_COUNTRY = 1.0, 0.9, 1.0, 2.0
_LARGE, _UNTYPED = 1000, 1.5
_A_WORD, _BEHIND_GIVEN_NAME, _IN_LARGER_NAME = 1.5, 3.0, 0.7
# Of two cities of one name, the one whose country is named counts as so many times as large; so does the one that has
# the name in English, against one that bears it as an old or second name.
_NEARER, _BY_OWN_NAME = 20.0, 4.0
_OWN, _NOTHING = "VN", "-"
_AS_REGION = frozenset(("country", "place"))


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names a place: its country, English name and kind, and the characters from ``start`` to ``end``."""

    country: str
    name: str
    kind: str
    start: int
    end: int


@loads_before_fork
def load() -> None:
    """Load the largest lists of names now instead of at the first text in Latin letters."""
    _mentions("", "Ha Noi", "en")


def places_of(article: Article) -> tuple[Place, ...]:
    """The places that ``article`` names, those named most first, each with its first mention and how often."""
    parts = ((article.title, True), (article.text, False))
    found: dict[tuple[str, str], list[tuple[str, Mention, str]]] = {}
    for (source, is_title), mentions in zip(parts, mentions_of(article), strict=True):
        for one in mentions:
            where = "title" if is_title else "lead" if one.start < LEAD else "body"
            found.setdefault((one.country, one.name), []).append((where, one, source[one.start : one.end]))
    ranked = sorted(found.values(), key=lambda mentions: -len(mentions))[:_MOST]
    return tuple(
        Place(
            country=mentions[0][1].country,
            name=mentions[0][1].name,
            kind=mentions[0][1].kind,
            matched=mentions[0][2],
            where=mentions[0][0],
            count=len(mentions),
        )
        for mentions in ranked
    )


def mentions_of(article: Article) -> tuple[list[Mention], list[Mention]]:
    """The mentions in the title and those in the text, in order; each part is read with what the other names."""
    return _mentions(article.title, article.text, article.language.partition("-")[0])


@functools.lru_cache(maxsize=2)
def _mentions(title: str, text: str, language: str) -> tuple[list[Mention], list[Mention]]:
    """What :func:`mentions_of` says; kept, because relevance and places are asked in a row."""
    parts = [_Part(source, language) for source in (title, text)]
    named: dict[str, int] = {}
    for part in parts:
        for one in part.certain:
            named[one.country] = named.get(one.country, 0) + 1
    found = [part.decided(named) for part in parts]
    return found[0], found[1]


class _Part:
    """A title or a text with the names found in it, before it is decided which of them count."""

    def __init__(self, text: str, language: str) -> None:
        words = words_of(text)
        self._around = around = Around(words, language)
        self.certain: list[Mention] = []
        self._doubtful: list[tuple[Mention, Hit]] = []
        taken: list[tuple[int, int]] = []
        for key, hit in _known(words, language):
            taken.append((hit.start, hit.end))
            country, _, region = key.partition("/")
            if country == _NOTHING or ((region or hit.ambiguous) and around.is_person(hit.first, hit.last)):
                continue
            mention = Mention(country, region or country, "region" if region else "country", hit.start, hit.end)
            if hit.ambiguous:
                self._doubtful.append((mention, hit))
            else:
                self.certain.append(mention)
        self._cities = [
            one
            for one in candidates(words, language)
            if not any(one.start < end and start < one.end for start, end in taken)
        ]

    def decided(self, named: Mapping[str, int]) -> list[Mention]:
        """What counts, given how often the countries are named in the article."""
        found = self.certain + [
            one
            for one, hit in self._doubtful
            if one.country in named or (named and self._around.stands_alone(hit.first, hit.last, hit.start))
        ]
        known = found.copy()
        for one in self._cities:
            city = _likeliest(one.cities, named, self._around.text[one.start : one.end])
            if self._weight(one, city, named, known) >= _ENOUGH:
                found.append(Mention(city.country, city.name, "city", one.start, one.end))
        return sorted(found, key=lambda one: one.start)

    def _weight(self, one: Candidate, city: City, named: Mapping[str, int], known: Iterable[Mention]) -> float:
        around = self._around
        weight = next(value for least, value in _BY_SIZE if city.thousands >= least)
        weight += _COUNTRY_NAMED if city.country in named else 0.0
        weight += _LONG if around.is_long(one.start, one.end) else 0.0
        if around.is_typed(one.first, one.last, one.end):
            weight += _TYPED
        elif around.is_located(one.first):
            weight += _LOCATIVE
        if any(other.country == city.country and around.follows(one.end, other.start) for other in known):
            weight += _BESIDE_ITS_COUNTRY
        if around.language in city.word_in or around.is_word(one.start, one.end):
            weight -= _A_WORD
        if around.is_person(one.first, one.last):
            weight -= _BEHIND_GIVEN_NAME
        elif city.thousands < _LARGE and around.needs_type(one.start, one.end):
            weight -= _UNTYPED
        elif around.is_in_larger_name(one.first, one.last):
            weight -= _IN_LARGER_NAME
        return weight


def _known(words: Words, language: str) -> list[tuple[str, Hit]]:
    """Countries and regions, and our own places, which hide others that they overlap."""
    found = [
        (_OWN if hit.entry.kind == "country" else f"{_OWN}/{hit.entry.name}", hit)
        for hit in matcher(_OWN, language).find(words, language)
        if hit.entry.kind in _AS_REGION
    ]
    taken = {index for _, hit in found for index in range(hit.first, hit.last + 1)}
    found += [
        (hit.entry.key, hit)
        for hit in country_matcher(language).find(words, language, hidden=True)
        if taken.isdisjoint(range(hit.first, hit.last + 1))
    ]
    return found


def _likeliest(cities: tuple[City, ...], named: Mapping[str, int], written: str) -> City:
    """Of the cities of a name, the one that is meant."""
    if len(cities) == 1:
        return cities[0]

    def size(city: City) -> float:
        own = city.name.lower() == written.lower()
        return math.log(city.thousands) + math.log(_NEARER) * (city.country in named) + math.log(_BY_OWN_NAME) * own

    return max(cities, key=size)
