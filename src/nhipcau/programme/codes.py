"""The countries and languages that the work names, by code; their names come from the gazetteer."""

from __future__ import annotations

from nhipcau.text import sort_key
from nhipcau.ui.templatetags.ui import country_name, language_name

#: The members and observers of the United Nations, and the two special administrative regions with offices of ours.
COUNTRIES = frozenset((
    "AD", "AE", "AF", "AG", "AL", "AM", "AO", "AR", "AT", "AU", "AZ", "BA", "BB", "BD", "BE", "BF", "BG", "BH",
    "BI", "BJ", "BN", "BO", "BR", "BS", "BT", "BW", "BY", "BZ", "CA", "CD", "CF", "CG", "CH", "CI", "CL", "CM",
    "CN", "CO", "CR", "CU", "CV", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "ER", "ES",
    "ET", "FI", "FJ", "FM", "FR", "GA", "GB", "GD", "GE", "GH", "GM", "GN", "GQ", "GR", "GT", "GW", "GY", "HK",
    "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IN", "IQ", "IR", "IS", "IT", "JM", "JO", "JP", "KE", "KG", "KH",
    "KI", "KM", "KN", "KP", "KR", "KW", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY",
    "MA", "MC", "MD", "ME", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MR", "MT", "MU", "MV", "MW", "MX", "MY",
    "MZ", "NA", "NE", "NG", "NI", "NL", "NO", "NP", "NR", "NZ", "OM", "PA", "PE", "PG", "PH", "PK", "PL", "PS",
    "PT", "PW", "PY", "QA", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SI", "SK", "SL", "SM",
    "SN", "SO", "SR", "SS", "ST", "SV", "SY", "SZ", "TD", "TG", "TH", "TJ", "TL", "TM", "TN", "TO", "TR", "TT",
    "TV", "TZ", "UA", "UG", "US", "UY", "UZ", "VA", "VC", "VE", "VN", "VU", "WS", "YE", "ZA", "ZM", "ZW",
))  # fmt: skip
#: BCP 47 tags of the languages in which plans, as seen, are carried out.
LANGUAGES = (
    "ar", "bg", "cs", "de", "en", "es", "fr", "hi", "hu", "id", "it", "ja", "km", "ko", "lo", "ms", "my", "pl", "pt",
    "ru", "th", "vi", "zh",
)  # fmt: skip


def countries() -> list[tuple[str, str]]:
    """Every country with its name, in the alphabetical order of the reader's language."""
    named = ((code, country_name(code)) for code in COUNTRIES)
    return sorted(named, key=lambda pair: sort_key(pair[1]))


def languages() -> list[tuple[str, str]]:
    """The languages of the work with their names, in alphabetical order."""
    return sorted(((code, language_name(code)) for code in LANGUAGES), key=lambda pair: sort_key(pair[1]))


#: The regions that reports tell apart; three neighbours and the country itself stand by themselves.
_REGIONS = {
    "asean": ("BN", "ID", "MM", "MY", "PH", "SG", "TH", "TL"),
    "east_asia": ("HK", "JP", "KP", "KR", "MN", "MO"),
    "south_asia": ("AF", "BD", "BT", "IN", "LK", "MV", "NP", "PK"),
    "north_america": ("CA", "US"),
    "latin_america": (
        "AG", "AR", "BB", "BO", "BR", "BS", "BZ", "CL", "CO", "CR", "CU", "DM", "DO", "EC", "GD", "GT", "GY", "HN",
        "HT", "JM", "KN", "LC", "MX", "NI", "PA", "PE", "PY", "SR", "SV", "TT", "UY", "VC", "VE",
    ),
    "oceania": ("AU", "FJ", "FM", "KI", "MH", "NR", "NZ", "PG", "PW", "SB", "TO", "TV", "VU", "WS"),
    "europe": (
        "AD", "AL", "AM", "AT", "AZ", "BA", "BE", "BG", "BY", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR",
        "GB", "GE", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL",
        "NO", "PL", "PT", "RO", "RS", "RU", "SE", "SI", "SK", "SM", "UA", "VA",
    ),
    "africa_middle_east": (
        "AE", "AO", "BF", "BH", "BI", "BJ", "BW", "CD", "CF", "CG", "CI", "CM", "CV", "DJ", "DZ", "EG", "ER", "ET",
        "GA", "GH", "GM", "GN", "GQ", "GW", "IL", "IQ", "IR", "JO", "KE", "KM", "KW", "LB", "LR", "LS", "LY", "MA",
        "MG", "ML", "MR", "MU", "MW", "MZ", "NA", "NE", "NG", "OM", "PS", "QA", "RW", "SA", "SC", "SD", "SL", "SN",
        "SO", "SS", "ST", "SY", "SZ", "TD", "TG", "TN", "TR", "TZ", "UG", "YE", "ZA", "ZM", "ZW",
    ),
}  # fmt: skip
_REGION_OF = {code: region for region, codes in _REGIONS.items() for code in codes}


def region_of(code: str) -> str:
    """The region under which a report counts a country; ``la``, ``kh``, ``cn`` and ``vn`` are their own. Else empty."""
    return code.lower() if code in {"LA", "KH", "CN", "VN"} else _REGION_OF.get(code, "")
