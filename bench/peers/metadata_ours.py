"""What the news engine reads off a page: the whole article is made of it. Asked by ``bench/metadata.py``."""

from __future__ import annotations

from one_page_a_line import answer, cut_off

cut_off()

from nhipcau.newswire.extract import extract_article


def read(page: str, url: str) -> dict[str, object]:
    """Title, byline and day of the article; nothing where it makes none of the page."""
    found = extract_article(page.encode(), url=url)
    if found is None:
        return {}
    return {"title": found.title, "authors": [found.byline] if found.byline else [], "published": found.published_at}


answer(read)
