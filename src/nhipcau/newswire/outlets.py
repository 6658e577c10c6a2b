"""The publisher behind an address: its host in one form, and its country with what said so.

In this order: the operator's list of outlets, the ending of the address, our list of well-known outlets, what the page
declares of itself, and a language that one country alone has as its own.
"""

from __future__ import annotations

import dataclasses
import functools
import ipaddress
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import idna

from nhipcau.newswire.gazetteer.names import DATA
from nhipcau.newswire.records import Outlet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Labels in front of a host that name another view of the same publication.
_VIEWS = re.compile(r"^(?:www\d{0,2}|m|mobile|amp)\.(?=[^.]+\.)")
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}

# ISO 3166-1 alpha-2. Two letters at the end of a host that are not here (eu, su) name no country.
_COUNTRY_CODES = """
    ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz ca cc
    cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk fm fo fr ga gb gd
    ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh
    ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw
    mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc
    sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy
    uz va vc ve vg vi vn vu wf ws ye yt za zm zw
"""
_COUNTRIES: Final = frozenset(_COUNTRY_CODES.split())
# Country domains sold to anybody for what their letters mean, or given away. They say something only below a second
# label that the registry keeps for the country (com.co, gov.me).
_VANITY_CODES = "ag ai as bz cc cf co cx fm ga gg gq gs im io me ml ms nu pw sc sh so st tk to tv vc vg ws"
_VANITY: Final = frozenset(_VANITY_CODES.split())
_KEPT_FOR_THE_COUNTRY: Final = frozenset(("com", "edu", "gob", "gov", "mil", "net", "org"))
# Country domains in other letters than Latin.
_NATIVE: Final[Mapping[str, str]] = {
    "рф": "RU",
    "бел": "BY",
    "бг": "BG",
    "қаз": "KZ",
    "мкд": "MK",
    "мон": "MN",
    "срб": "RS",
    "укр": "UA",
    "ελ": "GR",
    "հայ": "AM",
    "გე": "GE",
    "中国": "CN",
    "中國": "CN",
    "台湾": "TW",
    "台灣": "TW",
    "香港": "HK",
    "澳門": "MO",
    "新加坡": "SG",
    "한국": "KR",
    "ไทย": "TH",
    "ລາວ": "LA",
    "भारत": "IN",
    "বাংলা": "BD",
    "ලංකා": "LK",
    "الاردن": "JO",
    "الجزائر": "DZ",
    "السعودية": "SA",
    "المغرب": "MA",
    "امارات": "AE",
    "ایران": "IR",
    "تونس": "TN",
    "سورية": "SY",
    "عمان": "OM",
    "فلسطين": "PS",
    "قطر": "QA",
    "مصر": "EG",
    "پاکستان": "PK",
}
#: What stands for the host of a page that came as a file and names no address.
NO_HOST = "file"


# Languages of which one country has most of the press. Not Vietnamese: what is written abroad in it is the point.
_SPOKEN_IN: Final[Mapping[str, str]] = {
    "bg": "BG", "cs": "CZ", "da": "DK", "et": "EE", "fi": "FI", "he": "IL", "hi": "IN", "hu": "HU", "hy": "AM",
    "id": "ID", "is": "IS", "ja": "JP", "ka": "GE", "km": "KH", "ko": "KR", "lo": "LA", "lt": "LT", "lv": "LV",
    "mk": "MK", "mn": "MN", "my": "MM", "nb": "NO", "pl": "PL", "sk": "SK", "sl": "SI", "th": "TH", "tr": "TR",
    "uk": "UA",
}  # fmt: skip
# Regions that a language's tag has by default: sites everywhere leave them as their software put them.
_USUAL_TAGS = "ar-AR de-DE en-US es-ES fr-FR it-IT nl-NL pt-BR pt-PT ru-RU sv-SE vi-VN zh-CN"
_BY_DEFAULT: Final = frozenset(_USUAL_TAGS.split())
_TAG = re.compile(r"([a-z]{2,3})[-_](?:[A-Z][a-z]{3}[-_])?([A-Z]{2})")


def outlet_of(url: str, *, name: str | None = None) -> Outlet:
    """The outlet at an address, under the name it prints, or else under its host.

    ``country`` follows from the end of the host where that belongs to a country, or from our list of outlets; ``None``
    for others under ``.com`` and the like.
    """
    host = host_of(url)
    country, said = _country(host), "domain"
    if country is None:
        country, said = _well_known(host), "known"
    return Outlet(
        host=host,
        name=(name or "").strip() or _readable(host),
        country=country,
        country_from=said if country else None,
    )


def told_by_page(outlet: Outlet, *, places: Sequence[str], tags: Sequence[str], language: str) -> Outlet:
    """The outlet with the country that its page or its language says, where nothing better said one.

    Args:
        outlet: as far as its address told.
        places: country codes (``VN``, ``VN-HN``) that the page gives for itself or its publisher.
        tags: language tags that it declares; one with a region that is not the usual one was chosen (``en-CA``).
        language: of the text, BCP 47.
    """
    if outlet.country is not None or outlet.host == NO_HOST:
        return outlet
    declared = [place[:2].upper() for place in places if re.fullmatch(r"[A-Za-z]{2}(?:-\w{1,3})?", place)]
    declared += [
        match[2] for tag in tags if (match := _TAG.fullmatch(tag)) and f"{match[1]}-{match[2]}" not in _BY_DEFAULT
    ]
    for country in declared:
        if country.lower() in _COUNTRIES:
            return dataclasses.replace(outlet, country=country, country_from="page")
    spoken = _SPOKEN_IN.get(language.partition("-")[0])
    return dataclasses.replace(outlet, country=spoken, country_from="language") if spoken else outlet


def host_of(url: str) -> str:
    """The host in lower-case ASCII without ``www.``, ``m.`` or ``amp.``; :data:`NO_HOST` where there is none.

    An IP address or ``localhost`` keeps a port that is not the usual one: several outlets may live there.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except ValueError:
        return NO_HOST
    if not host:
        return NO_HOST
    if is_numeric(host) or host == "localhost":
        shown = f"[{host}]" if ":" in host else host
        return shown if port in {None, _DEFAULT_PORTS.get(parts.scheme)} else f"{shown}:{port}"
    host = ascii_host(host)
    while stripped := _VIEWS.sub("", host, count=1):
        if stripped == host:
            break
        host = stripped
    return host


def is_numeric(host: str) -> bool:
    """Whether a host is an IP address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def ascii_host(host: str) -> str:
    """A host as it is sent to the name service; as it stands, in lower case, where it is no valid name."""
    host = host.lower()
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return host


def _readable(host: str) -> str:
    if "xn--" not in host:
        return host
    try:
        return idna.decode(host)
    except (idna.IDNAError, UnicodeError):
        return host


def _well_known(host: str) -> str | None:
    """The country of a host on our list, or of the domain that it lies under."""
    known = _known_outlets()
    labels = host.split(".")
    return next((known[name] for at in range(len(labels) - 1) if (name := ".".join(labels[at:])) in known), None)


@functools.cache
def _known_outlets() -> dict[str, str]:
    rows = (DATA / "places" / "outlets.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return dict(row.split("\t") for row in rows)


def _country(host: str) -> str | None:
    labels = host.split(".")
    if len(labels) == 1:
        return None
    end = labels[-1]
    if end == "uk":
        return "GB"
    if end.startswith("xn--"):
        return _NATIVE.get(_readable(end))
    if end not in _COUNTRIES or (end in _VANITY and labels[-2] not in _KEPT_FOR_THE_COUNTRY):
        return None
    return end.upper()
