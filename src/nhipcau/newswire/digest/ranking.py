"""Which story comes first, and why: five parts in [0, 1], weighted and added."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from nhipcau.newswire.outlets import NO_HOST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nhipcau.newswire.records import Article, Outlet

#: What each part weighs. Breadth (outlets, countries) is half of it; how centrally a story is about the focus country
#: and how wide its outlets reach come next; a story that earlier digests told in full loses its share for novelty.
WEIGHTS: Mapping[str, float] = {"outlets": 0.30, "countries": 0.20, "reach": 0.10, "centrality": 0.25, "novelty": 0.15}
#: Numbers of outlets and countries at which their part is full; each doubling below adds the same.
FULL_OUTLETS, FULL_COUNTRIES = 32, 16
#: The reach of an outlet of which the operator's source list says nothing: neither small nor large.
UNKNOWN_REACH = 0.5


def outlet_key(outlet: Outlet) -> str | None:
    """What tells outlets apart: the host; for a page file without an address the printed name, ``None`` without one."""
    if outlet.host != NO_HOST:
        return outlet.host
    return outlet.name if outlet.name != NO_HOST else None


def score_parts(articles: Sequence[Article], *, novelty: float) -> dict[str, float]:
    """The parts for one story, from its articles of this run, reprints included (they show how far it went).

    ``reach`` is that of the widest outlet; ``centrality`` is the mean relevance of what is no reprint.
    """
    reaches = [a.outlet.reach if a.outlet.reach is not None else UNKNOWN_REACH for a in articles]
    originals = [a.relevance for a in articles if a.duplicate_of is None] or [a.relevance for a in articles]
    parts = {
        "outlets": _breadth(len({outlet_key(a.outlet) for a in articles}), full=FULL_OUTLETS),
        "countries": _breadth(len({a.outlet.country for a in articles} - {None}), full=FULL_COUNTRIES),
        "reach": max(reaches),
        "centrality": math.fsum(originals) / len(originals),
        "novelty": novelty,
    }
    return {name: round(value, 4) for name, value in parts.items()}


def _breadth(number: int, *, full: int) -> float:
    return min(1.0, math.log2(1 + number) / math.log2(1 + full))


def total(parts: Mapping[str, float]) -> float:
    """The score of a story in [0, 1]."""
    return round(math.fsum(WEIGHTS[name] * parts[name] for name in WEIGHTS), 4)
