"""What newspaper4k reads off a page. Asked by ``bench/metadata.py``."""

from __future__ import annotations

import logging

from one_page_a_line import answer, cut_off

cut_off()
logging.disable(logging.CRITICAL)

from newspaper import Article


def read(page: str, url: str) -> dict[str, object]:
    """Title, authors and day of an article parsed without its images."""
    article = Article(url, fetch_images=False)
    article.download(input_html=page)
    article.parse()
    return {"title": article.title, "authors": article.authors, "published": article.publish_date}


answer(read)
