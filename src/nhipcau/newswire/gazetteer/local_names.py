"""Places by the names that a reader's language has for them, for people."""

from __future__ import annotations

import functools

from babel import localedata
from babel.core import get_global

from nhipcau.newswire.gazetteer.cldr import tables_of
from nhipcau.newswire.gazetteer.display import country_name
from nhipcau.newswire.gazetteer.names import read

_OWN = "VN"


def place_name(country: str, name: str, language: str) -> str:
    """A place with its country, as ``Munich, Germany``; a country (``name`` is its code) by its name alone.

    A city's name is CLDR's where it has one, that of a place in Viet Nam the project's own, else the English one.
    """
    said = country_name(country, language)
    base = language.partition("-")[0]
    return said if name == country else f"{_local(base).get((country, name), name)}, {said}"


@functools.lru_cache(maxsize=4)
def _local(language: str) -> dict[tuple[str, str], str]:
    """Country and English name of a place to its name in a language."""
    names: dict[tuple[str, str], str] = {}
    if language != "en" and localedata.exists(language):
        english, territories = tables_of("en")["zones"], get_global("zone_territories")
        for zone, city in tables_of(language)["zones"].items():
            known = english.get(zone) or zone.rpartition("/")[2].replace("_", " ")
            names[territories.get(zone, ""), known] = city
    if language == "vi":
        for entry, written in read("vn/provinces.tsv", language):
            names[_OWN, entry.name] = written[0].written
    return names
