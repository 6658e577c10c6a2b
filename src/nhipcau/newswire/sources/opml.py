"""OPML: the operator's list of feeds, nested as it may be.

An outline with an ``xmlUrl`` is a feed. What it says about its outlet is kept: ``title`` or ``text`` is the name,
``htmlUrl`` the site, ``country`` (ISO 3166-1 alpha-2, also as ``/country/XX`` in ``category``) where it publishes from,
``reach`` the weight of its audience in [0, 1], ``sample="true"`` that it is invented. These three hold for the outlines
inside as well.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources.addresses import entry_address, without_credentials
from nhipcau.newswire.sources.entries import plain
from nhipcau.newswire.sources.xmltext import clean_xml, cut_short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhipcau.newswire.records import Outlet

_COUNTRY = re.compile(r"[A-Za-z]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed or sitemap the operator has chosen, and what its server said last time."""

    url: str
    outlet: Outlet | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """The feeds of a list in its order, and what could not be used: sentences."""

    subscriptions: tuple[Subscription, ...]
    problems: tuple[Sentence, ...]


def parse_opml(raw: bytes) -> Outlines:
    """Read a list of feeds. Never raises; an address listed twice counts once."""
    cleaned = clean_xml(raw)
    problems = [cleaned.problem] if cleaned.problem else []
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(cleaned.data, parser) if cleaned.root == "opml" else None
    if root is None:
        return Outlines(subscriptions=(), problems=(Sentence("It is not an OPML file."),))
    if not problems and (cut := cut_short(parser.error_log)) is not None:
        problems.append(cut)
    found: dict[str, Subscription] = {}
    for attributes in _outlines(root):
        given = attributes.get("xmlurl", "")
        address = entry_address(given, "")
        if address and without_credentials(given) != given:
            # Without them the server would refuse; with them every office would hold somebody's password.
            problems.append(
                Sentence("An address with a user name or password in it is not opened ({host}).", host=address)
            )
        elif address:
            found.setdefault(address, Subscription(address, _outlet(address, attributes)))
        elif "xmlurl" in attributes:
            problems.append(Sentence("This is not the address of a feed: {url}", url=attributes["xmlurl"]))
        elif attributes.get("type", "").lower() in {"include", "link"}:
            problems.append(Sentence("A list inside the list is not followed: {url}", url=attributes.get("url", "")))
    return Outlines(subscriptions=tuple(found.values()), problems=tuple(problems))


def _outlines(root: etree._Element) -> Iterator[Mapping[str, str]]:
    """Every outline's attributes, names in lower case, with what holds for all that it lies in."""
    inherited: dict[etree._Element, dict[str, str]] = {}
    for element in root.iter("{*}outline"):
        own = {str(name).lower(): str(value).strip() for name, value in element.attrib.items()}
        parent = element.getparent()
        passed = dict(inherited.get(parent, {})) if parent is not None else {}
        inherited[element] = passed | {name: own[name] for name in ("country", "reach", "sample") if name in own}
        yield inherited[element] | own


def _outlet(address: str, attributes: Mapping[str, str]) -> Outlet:
    from nhipcau.newswire.outlets import outlet_of

    site = entry_address(attributes.get("htmlurl"), "") or address
    outlet = outlet_of(site, name=plain(attributes.get("title")) or plain(attributes.get("text")))
    if country := _country(attributes):
        outlet = dataclasses.replace(outlet, country=country, country_from="registry")
    sample = attributes.get("sample", "").lower() == "true"
    return dataclasses.replace(outlet, reach=_reach(attributes.get("reach")), sample=sample)


def _country(attributes: Mapping[str, str]) -> str | None:
    if _COUNTRY.fullmatch(given := attributes.get("country", "")):
        return given.upper()
    for category in attributes.get("category", "").split(","):
        steps = [step.strip() for step in category.strip().strip("/").split("/")]
        if len(steps) == 2 and steps[0].lower() == "country" and _COUNTRY.fullmatch(steps[1]):  # noqa: PLR2004
            return steps[1].upper()
    return None


def _reach(value: str | None) -> float | None:
    try:
        reach = float(value or "")
    except ValueError:
        return None
    return reach if 0.0 <= reach <= 1.0 else None
