"""Sitemaps (sitemaps.org) and sitemap indexes.

Of their extensions news gives titles and dates, and images and videos say what a page shows.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from nhipcau.newswire.calendars import calendar_of
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources.addresses import entry_address
from nhipcau.newswire.sources.dates import parse_date
from nhipcau.newswire.sources.entries import Enclosure, Entry, as_html, plain
from nhipcau.newswire.sources.xmltext import clean_xml, cut_short

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOTS = frozenset({"urlset", "sitemapindex"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """``entries`` of a sitemap, or the addresses of the ``children`` of an index; ``problem`` as for a feed."""

    entries: tuple[Entry, ...] = ()
    children: tuple[str, ...] = ()
    problem: Sentence | None = None


def parse_sitemap(raw: bytes, *, base: str, charset: str | None = None) -> Sitemap:
    """Read a sitemap or an index. Never raises; an entry without an address is left out.

    The time a page was last changed is not when it was published, so only the news extension gives a date, or else the
    one video of a page. Images, videos and translations are no entries of their own.
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
            address = entry_address(_own_address(element), base)
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
    news = next(_children(element, "news"), None)
    images = [_address(image, "loc", address) for image in _children(element, "image")]
    videos = list(_children(element, "video"))
    # The only video of a page is what the page is about; which of several it would be nothing says.
    video = videos[0] if len(videos) == 1 else None
    publication = next(_children(news, "publication"), None) if news is not None else None
    language = _child_text(publication, "language")
    published = _child_text(news, "publication_date") or _child_text(video, "publication_date")
    pictures = [image for image in images if image]
    thumbnails = (_address(one, "thumbnail_loc", address) for one in videos)
    shown = [_address(one, "content_loc", address) or _address(one, "player_loc", address) for one in videos]
    return Entry(
        number=number,
        url=address,
        title=plain(_child_text(news, "title") or _child_text(video, "title")),
        published_at=parse_date(published, calendar_of(language)),
        updated_at=parse_date(_child_text(element, "lastmod")),
        language=language,
        summary=as_html(plain(_child_text(video, "description")) or ""),
        image=next(filter(None, [*pictures, *thumbnails]), None),
        enclosures=tuple(
            Enclosure(url=one, kind=kind)
            for kind, addresses in (("image", pictures), ("video", shown))
            for one in addresses
            if one
        ),
    )


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if _local(child) == name)


def _child_text(element: etree._Element | None, name: str) -> str | None:
    """The text of the first child with this name."""
    child = next(_children(element, name), None) if element is not None else None
    return (child.text or "").strip() or None if child is not None else None


def _address(element: etree._Element, name: str, base: str) -> str | None:
    return entry_address(_child_text(element, name), base)


def _own_address(element: etree._Element) -> str | None:
    """The ``loc`` of a page: never that of a picture or a video that stands before it without its frame."""
    for child in _children(element, "loc"):
        if "/schemas/sitemap-" not in child.tag and not child.tag.startswith(("image:", "video:")):
            return (child.text or "").strip() or None
    return None


def _local(element: etree._Element) -> str:
    """The element's name without namespace or prefix; ``""`` for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""
