"""Articles of known story, and how well found stories agree with them."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from nhipcau.newswire.records import Article, Outlet

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from datetime import datetime
    from pathlib import Path

ECBPLUS, PARALLEL = "stories/ecbplus.jsonl", "stories/parallel-news.jsonl"
#: Topics of ECB+ on which thresholds are chosen, ours and the others'; every other topic is reported.
CHOOSING = range(1, 17)


def rows_of(data: Path, part: str) -> list[dict[str, Any]]:
    """The documents of a set, in its order."""
    with (data / part).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def article(name: str, text: str, title: str = "", *, language: str, seen: datetime | None = None) -> Article:
    """An article of which nothing is known but its text, its language and, where given, when it was published."""
    address = f"https://set.example/{name}"
    return Article(
        id=name,
        url=address,
        canonical_url=address,
        outlet=Outlet(host="set.example", name="Set"),
        title=title,
        text=text,
        language=language,
        published_at=seen,
    )


def bcubed(known: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> tuple[float, float, float]:
    """Precision, recall and F1 of found stories, averaged over articles (Bagga and Baldwin 1998)."""
    of_known, of_found = defaultdict(set), defaultdict(set)
    for name, label in known.items():
        of_known[label].add(name)
        of_found[found[name]].add(name)
    shared = {name: len(of_known[known[name]] & of_found[found[name]]) for name in known}
    precision = sum(shared[name] / len(of_found[found[name]]) for name in known) / len(known)
    recall = sum(shared[name] / len(of_known[known[name]]) for name in known) / len(known)
    return precision, recall, 2 * precision * recall / (precision + recall)
