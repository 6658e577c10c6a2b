"""Body text as Nhịp Cầu finds it, and how long that takes; with the time of reading the tree alone."""

from __future__ import annotations

import functools
import time

from one_page_a_line import answer, cut_off

cut_off()

from nhipcau.newswire.extract.body import main_text
from nhipcau.newswire.extract.metadata import Page
from nhipcau.newswire.extract.model import body_models
from nhipcau.newswire.extract.second_opinion import second_opinion
from nhipcau.newswire.extract.tree import Tree

FIRST = "<p>A first page, so that everything is loaded before time is taken.</p>"
body_models()
main_text(Page(Tree(FIRST), url=""), second=functools.partial(second_opinion, FIRST))


def read(page: str, _url: str) -> dict[str, object]:
    """``ours``, the same without its second opinion, and ``parsing alone``: text and processor seconds."""
    found = {}
    for name, second in (("ours", functools.partial(second_opinion, page)), ("ours, no second opinion", None)):
        started = time.process_time()
        text = main_text(Page(Tree(page), url=""), second=second)
        found[name] = [text, time.process_time() - started]
    started = time.process_time()
    Tree(page)
    return {**found, "parsing alone": ["", time.process_time() - started]}


answer(read)
