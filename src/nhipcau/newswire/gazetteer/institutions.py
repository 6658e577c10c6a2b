"""International institutions by the names that languages give them: the data file, and what CLDR says besides."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from babel import localedata

from nhipcau.newswire.gazetteer.cldr import LOCALES, country_forms, tables_of
from nhipcau.newswire.gazetteer.compiled import kept
from nhipcau.newswire.gazetteer.matcher import Matcher
from nhipcau.newswire.gazetteer.names import Entry, merged, read
from nhipcau.newswire.gazetteer.patterns import table_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.newswire.gazetteer.names import Name
    from nhipcau.newswire.gazetteer.patterns import Table

_TABLE = "institutions.tsv"
# Two of them have a code among CLDR's territories, so every language of CLDR has a name for them.
_IN_CLDR = {"UN": "un", "EU": "eu"}


@functools.lru_cache(maxsize=48)
def institution_matcher(language: str) -> Matcher:
    """What finds institutions in texts of ``language`` (the first part of a BCP 47 tag)."""
    return Matcher(kept(f"institutions/{language}", lambda: institution_table(language)))


def institution_table(language: str) -> Table:
    """The institutions for texts of a language, for set-up to keep."""
    names = merged(read(_TABLE, language))
    for entry, found in _from_cldr(language):
        names.setdefault(entry, []).extend(found)
    return table_of(names)


def _from_cldr(language: str) -> Iterator[tuple[Entry, list[Name]]]:
    entries = {entry.key: entry for entry, _ in read(_TABLE)}
    for identifier in LOCALES.get(language, (language,)):
        if localedata.exists(identifier):
            territories = tables_of(identifier)["territories"]
            for code, key in _IN_CLDR.items():
                if code in territories:
                    yield entries[key], list(country_forms(territories[code], language))


def institution_name(code: str, language: str) -> str:
    """The name of an institution in a language as its list has it first; in English where it has none."""
    return _names(language.partition("-")[0]).get(code) or _names("en").get(code, code)


@functools.lru_cache(maxsize=8)
def _names(language: str) -> dict[str, str]:
    if language == "en":
        return {entry.key: entry.name for entry, _ in read(_TABLE)}
    return {entry.key: names[0].written for entry, names in read(_TABLE, language) if "*" not in names[0].written}
