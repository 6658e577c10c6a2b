"""Body text as trafilatura finds it in each of its modes, and how long that takes."""

from __future__ import annotations

import logging
import time

from one_page_a_line import answer, cut_off

cut_off()
logging.disable(logging.CRITICAL)

from trafilatura import extract

MODES = {
    "trafilatura": {},
    "trafilatura, precision": {"favor_precision": True},
    "trafilatura, recall": {"favor_recall": True},
    "trafilatura, fast": {"fast": True},
}


def read(page: str, _url: str) -> dict[str, object]:
    """Each mode: text and processor seconds. Comments are left out, as in ours."""
    found = {}
    for mode, options in MODES.items():
        started = time.process_time()
        text = extract(page, include_comments=False, **options) or ""
        found[mode] = [text, time.process_time() - started]
    return found


answer(read)
