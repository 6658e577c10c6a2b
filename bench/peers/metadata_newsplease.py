"""What news-please reads off a page. Asked by ``bench/metadata.py``."""

from __future__ import annotations

import logging

from one_page_a_line import answer, cut_off

cut_off()
logging.disable(logging.CRITICAL)

from newsplease import NewsPlease


def read(page: str, url: str) -> dict[str, object]:
    """Title, authors and day of an article parsed without its images."""
    found = NewsPlease.from_html(page, url=url, fetch_images=False)
    return {"title": found.title, "authors": found.authors or [], "published": found.date_publish}


answer(read)
