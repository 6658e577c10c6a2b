"""Pages of the sample newsroom, with what surrounds the text of a real one: navigation, teasers, a cookie note."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from nhipcau.config.newsroom.content import MARK

if TYPE_CHECKING:
    from nhipcau.config.newsroom.content import Item, SampleOutlet

STYLE = (
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.6 serif}"
    ".mark{background:#fbe9a9;padding:.3rem .6rem}"
)


def article_page(outlet: SampleOutlet, item: Item, base: str) -> str:
    """The page of one item; ``base`` is the outlet's address without a trailing slash."""
    url = base + item.path
    text = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in item.paragraphs)
    credit = f'<p class="credit">© {escape(item.credit)}</p>' if item.credit else ""
    byline = f'<p class="byline" rel="author">{escape(item.byline)}</p>' if item.byline else ""
    teasers = "".join(
        f'<li><a href="{other.path}">{escape(other.title)}</a></li>' for other in outlet.items if other is not item
    )
    return f"""<!DOCTYPE html>
<html lang="{outlet.language}">
<head><meta charset="utf-8"><title>{escape(item.title)} | {escape(outlet.name)}</title>
<link rel="canonical" href="{url}">
<meta property="og:site_name" content="{escape(outlet.name)}"><meta property="og:title" content="{escape(item.title)}">
{_head_time(outlet, item, url)}<style>{STYLE}</style></head>
<body><p class="mark">{MARK}</p>
<header><strong>{escape(outlet.name)}</strong><nav><a href="/">Home</a></nav></header>
<main><article><h1>{escape(item.title)}</h1>
{byline}{_body_time(outlet, item)}
{text}
{credit}</article></main>
<aside><ul class="related">{teasers}</ul></aside>
<footer><p>Cookies: this sample page sets none.</p></footer>
</body></html>
"""


def front_page(outlet: SampleOutlet) -> str:
    """The outlet's front page, for people who follow a link back to it."""
    links = "".join(f'<li><a href="{item.path}">{escape(item.title)}</a></li>' for item in outlet.items)
    return (
        f'<!DOCTYPE html><html lang="{outlet.language}"><head><meta charset="utf-8">'
        f"<title>{escape(outlet.name)}</title>"
        f'<style>{STYLE}</style></head><body><p class="mark">{MARK}</p><h1>{escape(outlet.name)}</h1>'
        f"<ul>{links}</ul></body></html>"
    )


def _head_time(outlet: SampleOutlet, item: Item, url: str) -> str:
    stamp = item.published.isoformat()
    if outlet.page == "meta":
        return f'<meta property="article:published_time" content="{stamp}">\n'
    if outlet.page == "json-ld":
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": item.title,
            "datePublished": stamp,
            "mainEntityOfPage": url,
        }
        return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>\n'
    return ""


def _body_time(outlet: SampleOutlet, item: Item) -> str:
    if outlet.page != "time":
        return ""
    return f'<time datetime="{item.published.isoformat()}">{item.published:%Y-%m-%d %H:%M}</time>'
