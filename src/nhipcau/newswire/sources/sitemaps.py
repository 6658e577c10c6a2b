"""Sitemaps (sitemaps.org), sitemap indexes, and the news extension that gives titles and dates."""

from __future__ import annotations

import io
from dataclasses import dataclass

from lxml import etree

from nhipcau.newswire.calendars import calendar_of
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources.addresses import entry_address
from nhipcau.newswire.sources.dates import parse_date
from nhipcau.newswire.sources.entries import Entry, plain
from nhipcau.newswire.sources.xmltext import clean_xml, cut_short

ROOTS = frozenset({"urlset", "sitemapindex"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """``entries`` of a sitemap, or the addresses of the ``children`` of an index; ``problem`` as for a feed."""

    entries: tuple[Entry, ...] = ()
    children: tuple[str, ...] = ()
    problem: Sentence | None = None


def parse_sitemap(raw: bytes, *, base: str, charset: str | None = None) -> Sitemap:
    """Read a sitemap or an index. Never raises; an entry without an address is left out.

    The time a page was last changed is not when it was published, so only the news extension gives a date. Addresses
    of images, videos and translations are not entries.
    """
    cleaned = clean_xml(raw, charset=charset)
    if cleaned.root not in ROOTS:
        return Sitemap(problem=Sentence("It is not a sitemap."))
    entries: list[Entry] = []
    children: list[str] = []
    # huge_tree stays off: libxml2's own limits on depth and size are wanted here.
    events = etree.iterparse(
        io.BytesIO(cleaned.data), events=("end",), recover=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for _, element in events:
            name = _local(element)
            if name not in {"url", "sitemap"} or "/schemas/sitemap-" in element.tag:
                continue
            address = entry_address(_child_text(element, "loc"), base)
            if address and name == "sitemap":
                children.append(address)
            elif address:
                entries.append(_entry(element, len(entries) + 1, address))
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError:
        pass  # recovered as far as could be; the problem was found when the text was cleaned
    return Sitemap(
        entries=tuple(entries), children=tuple(children), problem=cleaned.problem or cut_short(events.error_log)
    )


def _entry(element: etree._Element, number: int, address: str) -> Entry:
    news = next((child for child in element if _local(child) == "news"), None)
    if news is None:
        return Entry(number=number, url=address)
    publication = next((child for child in news if _local(child) == "publication"), None)
    language = _child_text(publication, "language") if publication is not None else None
    return Entry(
        number=number,
        url=address,
        title=plain(_child_text(news, "title")),
        published_at=parse_date(_child_text(news, "publication_date"), calendar_of(language)),
        language=language,
    )


def _child_text(element: etree._Element, name: str) -> str | None:
    """The text of the first child with this name in the sitemap's own or the news namespace."""
    for child in element:
        if _local(child) == name and "sitemap-image" not in child.tag and "sitemap-video" not in child.tag:
            return (child.text or "").strip() or None
    return None


def _local(element: etree._Element) -> str:
    """The element's name without namespace or prefix; ``""`` for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""
