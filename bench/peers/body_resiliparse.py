"""Body text as resiliparse finds it, and how long that takes; with the time of its parser alone."""

from __future__ import annotations

import time

from one_page_a_line import answer, cut_off

cut_off()

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree


def read(page: str, _url: str) -> dict[str, object]:
    """Text and processor seconds."""
    started = time.process_time()
    text = extract_plain_text(page, main_content=True)
    done = time.process_time()
    HTMLTree.parse(page)
    return {"resiliparse": [text, done - started], "resiliparse, parsing alone": ["", time.process_time() - done]}


answer(read)
