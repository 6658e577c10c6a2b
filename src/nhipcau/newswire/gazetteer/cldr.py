"""The names of any country in the language of a text, from the Unicode CLDR through Babel.

CLDR names countries, languages and one city for each time zone, each in its basic form. What a language does to such a
form, a case ending or an adjective, is met by stems: the ending goes, and the word may go on.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from babel import localedata
from babel.core import get_global

from nhipcau.newswire.gazetteer.compiled import kept
from nhipcau.newswire.gazetteer.matcher import Matcher
from nhipcau.newswire.gazetteer.names import Entry, Name, spelt
from nhipcau.newswire.gazetteer.patterns import table_of
from nhipcau.newswire.gazetteer.spans import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# Languages whose name is also the adjective of one country. English, Arabic and others belong to many.
_NATIONAL = {
    "am": "ET", "az": "AZ", "be": "BY", "bg": "BG", "bn": "BD", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR",
    "es": "ES", "et": "EE", "fa": "IR", "fi": "FI", "fr": "FR", "hr": "HR", "hu": "HU", "hy": "AM", "id": "ID",
    "is": "IS", "it": "IT", "ja": "JP", "ka": "GE", "kk": "KZ", "km": "KH", "ko": "KR", "ky": "KG", "lo": "LA",
    "lt": "LT", "lv": "LV", "mk": "MK", "mn": "MN", "ms": "MY", "my": "MM", "nb": "NO", "ne": "NP", "nl": "NL",
    "pl": "PL", "pt": "PT", "ro": "RO", "ru": "RU", "si": "LK", "sk": "SK", "sl": "SI", "sq": "AL", "sr": "RS",
    "sv": "SE", "th": "TH", "tr": "TR", "uk": "UA", "uz": "UZ", "vi": "VN", "zh": "CN",
}  # fmt: skip
# Two-letter codes that CLDR names although they stand for no country: groups, tests, the unknown.
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
# Where a country has several time zones, the one of its seat of government.
_SEATS = {
    "AR": "America/Buenos_Aires", "CD": "Africa/Kinshasa", "CL": "America/Santiago", "DE": "Europe/Berlin",
    "ES": "Europe/Madrid", "ID": "Asia/Jakarta", "MN": "Asia/Ulaanbaatar", "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur", "PT": "Europe/Lisbon", "RU": "Europe/Moscow", "UA": "Europe/Kiev", "UZ": "Asia/Tashkent",
}  # fmt: skip
#: Texts are written in these under the first tag; CLDR keeps the second, too.
LOCALES = {"zh": ("zh", "zh_Hant"), "sr": ("sr", "sr_Latn"), "no": ("nb",), "tl": ("fil",), "iw": ("he",)}


@dataclass(frozen=True, slots=True)
class _Grammar:
    """How a group of languages changes names.

    Attributes:
        endings: of names of countries and cities, longest first, cut off where ``shortest`` letters stay.
        adjectives: the same for names of languages, where five letters stay, or four in scripts without capitals.
        inflects: whether names take endings, so that even short ones may go on.
        lower: whether words made from names lose the capital.
    """

    endings: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    shortest: int = 5
    inflects: bool = True
    lower: bool = True


_CYRILLIC = _Grammar(
    ("ія", "ия", "ија", "ь", "й", "а", "я", "о", "е", "ы", "и", "і", "ј"),
    ("ская", "ский", "ська", "ий", "ый", "ая", "а", "и"),
    shortest=4,
)
_SLAVIC = _Grammar(
    ("ija", "ie", "ia", "ja", "o", "a", "y", "e", "i", "é", "á", "í", "ý"),
    ("ština", "čina", "ina", "ski", "i", "y"),
    shortest=4,
)
_BALTIC = _Grammar(("ija", "as", "is", "us", "a", "e", "ė"), ("iešu", "iečių", "ių", "ų", "u"), shortest=4)
_ROMANCE = _Grammar(("ia", "a", "e", "o"), ("o", "a", "e", "ă"), inflects=False)
_GERMANIC = _Grammar(("en", "e", "a"), ("isch", "iska", "isk", "ees", "a"))
_INDIC = _Grammar(("ी", "ा", "ি", "া", "ી", "ા"), ("ी", "ি", "ી"), shortest=4)
_AGGLUTINATING = _Grammar(("ország", "ya", "ia", "a", "i"), ("ca", "ce", "ça", "çe"), shortest=4)
_GRAMMARS = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg"), _CYRILLIC),
    **dict.fromkeys(("pl", "cs", "sk", "sl", "hr", "bs"), _SLAVIC),
    **dict.fromkeys(("lt", "lv"), _BALTIC),
    **dict.fromkeys(("es", "pt", "it", "fr", "ca", "gl", "ro"), _ROMANCE),
    **dict.fromkeys(("de", "nl", "sv", "da", "nb", "is", "af"), _GERMANIC),
    **dict.fromkeys(("hi", "bn", "mr", "ne", "gu", "pa"), _INDIC),
    **dict.fromkeys(("fi", "et", "hu", "tr", "az", "uz", "sq", "ka", "hy", "eu"), _AGGLUTINATING),
    "en": _Grammar(("y", "a", "e", "o"), inflects=False, lower=False),
    "el": _Grammar(("ία", "α", "ο", "ος"), ("ικά", "ά"), shortest=4),
    "ar": _Grammar(("يا", "ا"), ("يه", "ية", "ي"), shortest=4),
    "he": _Grammar(("יה",), ("ית",), shortest=4),
    "fa": _Grammar((), ("ی",), shortest=4),
}
_UNCHANGED = _Grammar(inflects=False, lower=False)
_ANY_CASE = 5  # letters of a stem that may stand without its capital, or before that a Slavic -sk-, -ck-
_SHORT_STEM = 4
_SHORT_CYRILLIC = ("а", "я", "о", "е", "и", "ы", "у", "ю", "ой", "ей", "ом", "ем", "ії", "ію", "ия", "ии", "ию", "ией")
_SHORT_LATIN = (
    "a",
    "e",
    "i",
    "o",
    "u",
    "y",
    "ou",
    "em",
    "ě",
    "ie",
    "ii",
    "ij",
    "ia",
    "é",
    "ja",
    "n",
    "an",
    "in",
    "ban",
)
_SHORT_ENGLISH = ("", "n", "i", "an", "ian")  # Iran, Iranian; Mali, Malian, but not Malibu


def names_of(country: str, language: str) -> dict[Entry, list[Name]]:
    """The names of a country (ISO 3166-1 alpha-2) for texts of a language.

    Names of other countries that hold them hide them (Nigeria for Niger). English where CLDR does not know the
    language; nothing where it does not know the country.
    """
    together: dict[Entry, list[Name]] = {}
    for identifier in LOCALES.get(language, (language,)):
        known = localedata.exists(identifier)
        tables = tables_of(identifier if known else "en")
        written_in = identifier.partition("_")[0] if known else "en"
        for entry, names in _entries(country, written_in, tables):
            together.setdefault(entry, []).extend(names)
    return together


def all_names(language: str) -> dict[Entry, list[Name]]:
    """The names of every country and of a city for each time zone, for texts of a language; nothing hides another.

    English where CLDR does not know the language.
    """
    together: dict[Entry, list[Name]] = {}
    for identifier in LOCALES.get(language, (language,)):
        known = localedata.exists(identifier)
        tables = tables_of(identifier if known else "en")
        written_in = identifier.partition("_")[0] if known else "en"
        for country in sorted(set(tables["territories"]) - _NO_COUNTRIES):
            if country.isalpha():
                for entry, names in _named(country, written_in, tables):
                    together.setdefault(entry, []).extend(names)
    return together


def tables_of(identifier: str) -> dict[str, dict[str, str]]:
    """The names that a locale gives countries, national languages and the cities of time zones."""
    return kept(f"cldr/{identifier}", lambda: cldr_tables(identifier))


def cldr_tables(identifier: str) -> dict[str, dict[str, str]]:
    """The same from Babel, for set-up to keep.

    What Babel holds of a locale, about a megabyte each, is let go unless it was in use.
    """
    held = localedata._cache  # noqa: SLF001 - Babel has no other way to forget a locale
    in_use = identifier in held
    data: Mapping[Any, Any] = localedata.LocaleDataDict(
        cast("dict[str | int | None, Any]", localedata.load(identifier))
    )
    tables: dict[str, dict[str, str]] = {
        "territories": {code: name for code, name in data["territories"].items() if len(code) == len("VN")},
        "languages": {code: name for code, name in data["languages"].items() if code in _NATIONAL},
        "zones": {zone: names["city"] for zone, names in data.get("time_zones", {}).items() if "city" in names},
    }
    if not in_use:
        held.pop(identifier, None)
    return tables


def _entries(country: str, language: str, tables: Mapping[str, Any]) -> Iterator[tuple[Entry, list[Name]]]:
    names: list[Name] = []
    for entry, own in _named(country, language, tables):
        names += own if entry.kind == "country" else ()
        yield entry, own
    if names:
        grammar = _GRAMMARS.get(language, _UNCHANGED)
        hidden = list(_hiding(country, names, tables["territories"], language, grammar))
        yield Entry("looks-like", "country", "a name of something else", 0.0), hidden


def _named(country: str, language: str, tables: Mapping[str, Any]) -> Iterator[tuple[Entry, list[Name]]]:
    """The country itself, then its cities, each with its names."""
    grammar = _GRAMMARS.get(language, _UNCHANGED)
    english = _english_name(country)
    own = tables["territories"].get(country)
    if own is None:
        return
    entry = Entry(country.lower(), "country", english, 1.0)
    names = list(written(own, language, grammar.endings, grammar))
    for spoken in sorted(code for code, home in _NATIONAL.items() if home == country):
        if spoken in tables["languages"]:
            names += written(_adjective(tables["languages"][spoken], language), language, grammar.adjectives, grammar)
    yield entry, names
    for zone, city in sorted(_cities(country, language, tables["zones"]).items()):
        seat = _is_seat(country, zone)
        known = written(city, language, grammar.endings, grammar, proper=True)
        yield (
            Entry(f"{country.lower()}:{zone}", "place", _city_of(zone), 1.0),
            [dataclasses.replace(name, ambiguous=name.ambiguous or not seat) for name in known],
        )


def _hiding(
    country: str, names: Iterable[Name], territories: Mapping[str, str], language: str, grammar: _Grammar
) -> Iterator[Name]:
    """Names of other countries in which one of ``names`` would be found."""
    finder = Matcher(table_of({Entry(country, "country", country, 1.0): list(names)}))
    others = [other for code, other in sorted(territories.items()) if code != country]
    # All at once, a line each: no name goes on behind the end of a line.
    text = "\n".join(others)
    lines = {text.count("\n", 0, hit.start) for hit in finder.find_once(Words(text), language)}
    for line in sorted(lines):
        yield from written(others[line], language, grammar.endings, grammar, proper=True)


def written(
    name: str, language: str, endings: tuple[str, ...], grammar: _Grammar, *, proper: bool = False
) -> Iterator[Name]:
    """``name`` as texts of the language have it: with its ending cut off where there is one, free to go on.

    A ``proper`` name, a city's or one that hides another, keeps its capital.
    """
    name = _bare(unicodedata.normalize("NFC", name), language)
    if language == "vi" and " " not in name:
        # Đức, Anh, Pháp are given names and words as well.
        yield from (Name(f"{before} {name}", lenient=True) for before in ("nước", "người", "tiếng", "Cộng hòa"))
        yield Name(name, ambiguous=True)
    elif language == "en" and len(name) < grammar.shortest:
        yield from (Name(name + ending, lenient=True) for ending in _SHORT_ENGLISH)
    else:
        words = name.split()
        stems = [_stem(word, endings, grammar, alone=len(words) == 1) for word in words]
        if grammar.lower and not proper:
            stems = [stem.lower() if _reads_without_capital(stem) else stem for stem in stems]
        yield from spelt(Name(" ".join(stems), lenient=True), language)


def country_forms(name: str, language: str) -> Iterator[Name]:
    """A country's or region's name in the forms that texts of the language give it; it keeps its capital.

    A stem of four letters begins too many other words (Samo-), so what may stand behind it is said.
    """
    grammar = _GRAMMARS.get(language, _UNCHANGED)
    for form in written(name, language, grammar.endings, grammar, proper=True):
        stem = form.written.removesuffix("*")
        if stem == form.written or " " in stem or len(stem) > _SHORT_STEM:
            yield form
        else:
            endings = _SHORT_CYRILLIC if stem[-1] >= "\u0400" else _SHORT_LATIN
            yield from (dataclasses.replace(form, written=stem + ending) for ending in ("", *endings))


def _stem(word: str, endings: tuple[str, ...], grammar: _Grammar, *, alone: bool) -> str:
    """``word`` without its ending, with the sign that it may go on; whole where it is short or does not change."""
    caseless = word[0].lower() == word[0].upper()
    shortest = grammar.shortest if endings is grammar.endings or caseless else _ANY_CASE
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            return word.removesuffix(ending) + "*"
    return word + "*" if len(word) >= grammar.shortest and (alone or grammar.inflects) else word


def _reads_without_capital(stem: str) -> bool:
    bare = stem.removesuffix("*")
    return len(bare) >= _ANY_CASE or bare.endswith(("sk", "ck"))


def _bare(name: str, language: str) -> str:
    """An Arabic name without its article: the article is among what is attached again."""
    return name.removeprefix("ال") if language == "ar" and len(name) > len("ال") + 2 else name


def _adjective(name: str, language: str) -> str:
    """The name of a language without the word for language."""
    for ending in {"ja": ("語",), "zh": ("语", "文"), "ko": ("어",)}.get(language, ()):
        shorter = name.removesuffix(ending)
        if len(shorter) > 1:
            name = shorter
    return name


def _cities(country: str, language: str, zones: Mapping[str, str]) -> dict[str, str]:
    """Time zones of a country, and the city of each in the language; zones named after more than a city left out."""
    territory = get_global("zone_territories")
    found = {zone: city for zone, city in zones.items() if territory.get(zone) == country}
    if _is_latin(language):
        for zone in get_global("territory_zones").get(country, ()):
            if zone.count("/") == 1:
                found.setdefault(zone, _city_of(zone))
    return {zone: city for zone, city in found.items() if "," not in city and "(" not in city}


def _is_seat(country: str, zone: str) -> bool:
    zones = get_global("territory_zones").get(country, ())
    return len(zones) == 1 or _SEATS.get(country) == zone


def _city_of(zone: str) -> str:
    return str(zone.rpartition("/")[2].replace("_", " "))


def _is_latin(language: str) -> bool:
    likely = get_global("likely_subtags").get(language, "")
    return "_Latn" in likely


def _english_name(country: str) -> str:
    from nhipcau.newswire.gazetteer.display import country_name

    return country_name(country, "en")
