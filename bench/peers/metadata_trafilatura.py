"""What trafilatura reads off a page, and what htmldate alone says of its day. Asked by ``bench/metadata.py``."""

from __future__ import annotations

import logging

from one_page_a_line import answer, cut_off

cut_off()
logging.disable(logging.CRITICAL)

from htmldate import find_date
from trafilatura.metadata import extract_metadata
from trafilatura.utils import load_html


def read(page: str, url: str) -> dict[str, object]:
    """Title, authors and day as trafilatura gives them; htmldate's day with the address of the page beside it."""
    tree = load_html(page)
    found = extract_metadata(tree, default_url=url, extensive=True)
    alone = find_date(page, original_date=True, url=url)
    return {
        "title": found.title if found else None,
        "authors": [found.author] if found and found.author else [],
        "published": found.date if found else None,
        "htmldate": alone,
    }


answer(read)
