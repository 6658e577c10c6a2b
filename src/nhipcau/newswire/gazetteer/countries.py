"""What finds countries, and regions and capitals under their many names, in texts of a language.

The names come from CLDR, and from ``data/places``: adjectives and people of countries by language, regions in all.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from babel import localedata

from nhipcau.newswire.gazetteer.cldr import LOCALES, country_forms, tables_of
from nhipcau.newswire.gazetteer.compiled import kept
from nhipcau.newswire.gazetteer.display import country_name
from nhipcau.newswire.gazetteer.matcher import Matcher
from nhipcau.newswire.gazetteer.names import DATA, Entry, Name, spelt
from nhipcau.newswire.gazetteer.patterns import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhipcau.newswire.gazetteer.patterns import Table

# Codes that CLDR names and that are no country: groups, tests, outlying posts.
_OTHER_CODES = "AC AQ BV CP CQ DG EA EU EZ HM IC QO TA UM UN XA XB ZZ"
_NO_COUNTRIES: Final = frozenset(_OTHER_CODES.split())
# Languages whose adjectives are listed by hand; of the others CLDR's name is cut to a stem that may go on.
_LISTED_LANGUAGES = "en de fr es it pt nl vi id ms zh ja ko th lo km my ha sw"
_LISTED: Final = frozenset(_LISTED_LANGUAGES.split())
_GIVEN: Final = frozenset(("Nga", "Anh"))
# Countries whose name is first of all a given name, a saint or a town in a language.
_OTHER_MEANING: Final = {"es": ("GP", "MF", "MU"), "it": ("MF",), "pt": ("GP", "MF"), "fr": ("MF",)}
_NOTHING = Entry("-", "place", "no place", 0.0)
_MUL = "mul"
# The scripts that languages are written in, where that is not Latin; ASCII names stand in texts of all.
_SCRIPTS: Final = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg"), ("CYRILLIC", "LATIN")),
    "zh": ("CJK",), "ja": ("CJK", "KATAKANA", "HIRAGANA"), "ko": ("HANGUL",), "el": ("GREEK",), "he": ("HEBREW",),
    "ar": ("ARABIC",), "fa": ("ARABIC",), "ur": ("ARABIC",), "hi": ("DEVANAGARI",), "mr": ("DEVANAGARI",),
    "ne": ("DEVANAGARI",), "th": ("THAI",), "lo": ("LAO",), "km": ("KHMER",), "my": ("MYANMAR",),
}  # fmt: skip


@functools.lru_cache(maxsize=48)
def country_matcher(language: str) -> Matcher:
    """What finds countries and regions in texts of ``language`` (the first part of a BCP 47 tag).

    The key of an entry is a country (``DE``) or a region in it (``DE/Bavaria``). Read at the first call, then kept.
    """
    return Matcher(kept(f"countries/{language}", lambda: country_table(language)))


def country_table(language: str) -> Table:
    """The countries and regions for texts of a language, for set-up to keep."""
    names: dict[Entry, list[Name]] = {}
    for code, found in (*_from_cldr(language), *_listed(language)):
        entry = _NOTHING if code == "-" else Entry(code, "country", country_name(code, "en"), 1.0)
        names.setdefault(entry, []).extend(found)
    for entry, found in _regions(language):
        names.setdefault(entry, []).extend(found)
    return table_of(names)


def _from_cldr(language: str) -> Iterator[tuple[str, list[Name]]]:
    # English is listed whole, with what is ambiguous marked (Georgia, Jordan, Turkey).
    listed = {code for code, _ in _listed(language)} if language == "en" else set()
    for identifier in LOCALES.get(language, (language,)):
        known = localedata.exists(identifier)
        territories: dict[str, Any] = tables_of(identifier if known else "en")["territories"]
        for code, name in territories.items():
            if code not in _NO_COUNTRIES and code not in listed and code not in _OTHER_MEANING.get(language, ()):
                yield code, list(_forms(name, language if known else "en"))


def _forms(name: str, language: str) -> Iterable[Name]:
    if language not in _LISTED:
        return country_forms(name, language)
    if language == "vi" and " " not in name and (not name.isascii() or name in _GIVEN):
        return [Name(name, ambiguous=True, exact=True)]  # Áo is a coat, Đức and Nga are given names
    forms = [name, name + "s"] if language == "de" and not name.endswith(("s", "ß", "z")) else [name]
    return [one for form in forms for one in spelt(Name(form, exact=language == "vi"), language)]


def _listed(language: str) -> Iterator[tuple[str, list[Name]]]:
    for line in _lines("countries"):
        spoken, code, names = line.split("\t")
        if spoken in (language, _MUL):
            yield code, list(_parsed(names, language))


def _regions(language: str) -> Iterator[tuple[Entry, list[Name]]]:
    for line in _lines("regions"):
        code, english, names = line.split("\t")
        entry = _NOTHING if code == "-" else Entry(f"{code}/{english}", "place", english, 1.0)
        yield entry, list(_parsed(names, language))


def _parsed(names: str, language: str) -> Iterator[Name]:
    """The names of a cell: ``?`` ambiguous, ``,`` only behind a comma, ``xx:`` only in texts of that language."""
    for cell in names.split("|"):
        spoken, colon, rest = cell.partition(":")
        if colon and spoken != language:
            continue
        name = rest if colon else cell
        own = _script(name.lstrip("?,*")) in _SCRIPTS.get(language, ("LATIN",))
        if (not own and not name.isascii()) or (language == "vi" and name.startswith(",")):
            continue  # a syllable behind a comma is no state (Ga)
        marks = name[: len(name) - len(name.lstrip("?,"))]
        bare = name.lstrip("?,")
        found = Name(
            bare, ambiguous="?" in marks, exact=language == "vi", lenient=language != "vi", behind_comma="," in marks
        )
        if own and not marks and "*" not in bare and language not in _LISTED:
            yield found
            yield from country_forms(bare, language)
        elif own:
            yield from spelt(found, language)
        else:
            yield found


def _script(name: str) -> str:
    return unicodedata.name(name[0]).partition(" ")[0]


def _lines(table: str) -> list[str]:
    return (DATA / "places" / f"{table}.tsv").read_text(encoding="utf-8").splitlines()[1:]
