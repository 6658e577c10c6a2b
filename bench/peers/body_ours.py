"""Body text as Nhịp Cầu finds it, and how long that takes; with the time of reading the tree alone."""

from __future__ import annotations

import time

from one_page_a_line import answer, cut_off

cut_off()

from nhipcau.newswire.extract.body import main_text
from nhipcau.newswire.extract.metadata import Page
from nhipcau.newswire.extract.model import body_model
from nhipcau.newswire.extract.tree import Tree

FIRST = "<p>A first page, so that everything is loaded before time is taken.</p>"
body_model()
main_text(Page(Tree(FIRST), url=""))


def read(page: str, url: str) -> dict[str, object]:
    """``ours`` and ``parsing alone``: text and processor seconds."""
    started = time.process_time()
    text = main_text(Page(Tree(page), url=url))
    whole = time.process_time() - started
    started = time.process_time()
    Tree(page)
    return {"ours": [text, whole], "parsing alone": ["", time.process_time() - started]}


answer(read)
