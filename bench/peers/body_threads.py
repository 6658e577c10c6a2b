"""Reads pages again and again on eight threads: ``body_threads.py FOLDER PAGES``. Asked by ``bench/body.py``."""

from __future__ import annotations

import itertools
import sys
import threading
from pathlib import Path

from nhipcau.newswire.extract.body import main_text
from nhipcau.newswire.extract.metadata import Page
from nhipcau.newswire.extract.tree import Tree

THREADS = 8
pages = [file.read_text(encoding="utf-8") for file in sorted(Path(sys.argv[1]).glob("*.html"))]
numbers = iter(range(int(sys.argv[2])))
first = [main_text(Page(Tree(page), url="")) for page in pages]
wrong: list[int] = []
lock = threading.Lock()


def read() -> None:
    """Take the next page until none is left; what differs from the first reading is noted."""
    for _turn in itertools.count():
        with lock:
            number = next(numbers, None)
        if number is None:
            return
        at = number % len(pages)
        if main_text(Page(Tree(pages[at]), url="")) != first[at]:
            wrong.append(number)


threads = [threading.Thread(target=read) for _ in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit(1 if wrong else 0)
