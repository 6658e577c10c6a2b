"""What a peer of ``bench/duplicates.py`` is told on each line of standard input, and what it answers on one of output.

Told: ``filled``, how many invented articles its index holds beforehand, and ``texts``: name and text of each article in
order. Answered: ``matches``, for each the name of the earlier one that it repeats or null; processor ``seconds``.
Runs of five words; of scripts without blanks, runs of ten characters.
"""

from __future__ import annotations

import json
import re
import sys
import time

_DENSE = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff"
_WORDS = re.compile(r"\w+")
_UNSPACED = re.compile(f"[{_DENSE}]")
WORDS, CHARACTERS = 5, 10


def runs_of(text: str) -> list[str]:
    if len(_UNSPACED.findall(text)) * 2 > len(text):
        bare = "".join(_WORDS.findall(text))
        return [bare[start : start + CHARACTERS] for start in range(max(1, len(bare) - CHARACTERS + 1))]
    words = _WORDS.findall(text.lower())
    return [" ".join(words[start : start + WORDS]) for start in range(max(1, len(words) - WORDS + 1))]


def answer(index_of) -> None:
    for line in sys.stdin:
        told = json.loads(line)
        index = index_of(told["filled"])
        started = time.process_time()
        matches = [index.judge(name, text) for name, text in told["texts"]]
        print(json.dumps({"matches": matches, "seconds": time.process_time() - started}), flush=True)
