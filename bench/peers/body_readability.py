"""Body text as readability-lxml finds it, and how long that takes."""

from __future__ import annotations

import logging
import time

from one_page_a_line import answer, cut_off

cut_off()
logging.disable(logging.CRITICAL)

from lxml.html import fromstring
from readability import Document


def read(page: str, _url: str) -> dict[str, object]:
    """Text and processor seconds; its answer is HTML, of which each block becomes a line."""
    started = time.process_time()
    summary = Document(page).summary(html_partial=True)
    text = "\n".join(part for part in fromstring(summary).itertext() if part.strip()) if summary.strip() else ""
    return {"readability-lxml": [text, time.process_time() - started]}


answer(read)
