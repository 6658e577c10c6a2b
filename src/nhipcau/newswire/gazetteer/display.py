"""Countries and languages by name, for people, from the Unicode CLDR through Babel."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from nhipcau.newswire.gazetteer.compiled import kept

if TYPE_CHECKING:
    from collections.abc import Mapping

# The State and the United Nations write the name in two words; CLDR writes one.
_OFFICIAL = {("VN", "en"): "Viet Nam"}


def country_name(code: str, lang: str) -> str:
    """The name of a country (ISO 3166-1 alpha-2) in a language; where CLDR has none in English, else the code."""
    code = code.upper()
    official = _OFFICIAL.get((code, lang.partition("-")[0].lower()))
    return official or _country(code, lang) or _country(code, "en") or code


def language_name(code: str, lang: str) -> str:
    """The name of a language (BCP 47) in a language.

    Where CLDR has none: in English; then the name of the language without its script or region; then the code.
    """
    key = code.replace("-", "_")
    for wanted in (key, key.partition("_")[0]):
        for written_in in (lang, "en"):
            name = _named("languages", wanted, written_in)
            if name:
                return name
    return code


def _country(code: str, lang: str) -> str | None:
    return _kept_countries(lang).get(code) or _named("territories", code, lang)


@functools.lru_cache(maxsize=16)
def _kept_countries(lang: str) -> Mapping[str, str]:
    """The countries' names in a language as set-up kept them; Babel reads all that it knows of a language for them."""
    none: dict[str, dict[str, str]] = {"territories": {}}
    return kept(f"cldr/{lang}", lambda: none)["territories"]


def _named(table: str, key: str, lang: str) -> str | None:
    locale = _locale(lang)
    name = None if locale is None else getattr(locale, table).get(key)
    return str(name) if name else None


@functools.lru_cache(maxsize=16)
def _locale(lang: str) -> Locale | None:
    try:
        return Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        base = lang.partition("-")[0]
        return _locale(base) if base != lang else None
