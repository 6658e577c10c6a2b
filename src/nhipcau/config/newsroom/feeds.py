"""The feeds of the sample newsroom, one kind an outlet, and the OPML that lists them."""

from __future__ import annotations

import json
from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from nhipcau.config.newsroom.content import MARK, newest_first

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.config.newsroom.content import Item, SampleOutlet

XML = '<?xml version="1.0" encoding="utf-8"?>\n'


def feed(outlet: SampleOutlet, base: str) -> tuple[str, bytes]:
    """Content type and body of the outlet's feed."""
    if outlet.feed == "atom":
        return "application/atom+xml", _atom(outlet, base).encode()
    if outlet.feed == "json":
        return "application/feed+json", _json(outlet, base).encode()
    if outlet.feed == "sitemap":
        return "application/xml", _sitemap(outlet, base).encode()
    body = _rss(outlet, base).encode()
    if outlet.feed == "rss-cut":
        # Broken off inside the last entry, as a feed is when a connection drops behind a cache.
        body = body[: body.rindex(b"<item>") + 40]
    return "application/rss+xml", body


def opml(outlets: Iterable[tuple[SampleOutlet, str]]) -> str:
    """The source list: (outlet, base address) pairs as an OPML document."""
    outlines = "\n".join(
        f'<outline type="rss" text={quoteattr(outlet.name)} xmlUrl={quoteattr(base + outlet.feed_path)}'
        f' htmlUrl={quoteattr(base + "/")} language="{outlet.language}" country="{outlet.country}" sample="true"/>'
        for outlet, base in outlets
    )
    return f'{XML}<opml version="2.0"><head><title>{MARK}</title></head><body>\n{outlines}\n</body></opml>\n'


def _summary(item: Item) -> str:
    return item.paragraphs[0][:160]


def _rss(outlet: SampleOutlet, base: str) -> str:
    items = "\n".join(
        f"<item><title>{escape(item.title)}</title><link>{base}{item.path}</link>"
        f'<guid isPermaLink="false">{outlet.key}:{item.slug}</guid>'
        f"<pubDate>{format_datetime(item.published)}</pubDate>"
        f"<description>{escape(_summary(item))}</description></item>"
        for item in newest_first(outlet)
    )
    return (
        f'{XML}<rss version="2.0"><channel><title>{escape(outlet.name)}</title><link>{base}/</link>'
        f"<description>{MARK}</description><language>{outlet.language}</language>\n{items}\n</channel></rss>\n"
    )


def _atom(outlet: SampleOutlet, base: str) -> str:
    items = newest_first(outlet)
    entries = "\n".join(
        f'<entry><title>{escape(item.title)}</title><link href="{base}{item.path}"/>'
        f"<id>tag:{outlet.key},{item.slug}</id>"
        f"<published>{item.published.isoformat()}</published><updated>{item.published.isoformat()}</updated>"
        f"<summary>{escape(_summary(item))}</summary></entry>"
        for item in items
    )
    return (
        f'{XML}<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(outlet.name)}</title><id>tag:{outlet.key}</id>'
        f'<link href="{base}/"/><updated>{items[0].published.isoformat()}</updated>\n{entries}\n</feed>\n'
    )


def _json(outlet: SampleOutlet, base: str) -> str:
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": outlet.name,
            "home_page_url": f"{base}/",
            "language": outlet.language,
            "items": [
                {
                    "id": f"{outlet.key}:{item.slug}",
                    "url": base + item.path,
                    "title": item.title,
                    "summary": _summary(item),
                    "date_published": item.published.isoformat(),
                }
                for item in newest_first(outlet)
            ],
        },
        ensure_ascii=False,
    )


def _sitemap(outlet: SampleOutlet, base: str) -> str:
    urls = "\n".join(
        f"<url><loc>{base}{item.path}</loc><news:news><news:publication><news:name>{escape(outlet.name)}</news:name>"
        f"<news:language>{outlet.language}</news:language></news:publication>"
        f"<news:publication_date>{item.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(item.title)}</news:title></news:news></url>"
        for item in newest_first(outlet)
    )
    return (
        f'{XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{urls}\n</urlset>\n'
    )
