"""Sentences of several offices that say nearly the same. No database here.

Offices copy from the same guidance letter; the coordinator merges what they copied to one sentence that cites them all.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhipcau.newswire.tokens import shingles
from nhipcau.text import fold

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from typing import TypeVar

    Key = TypeVar("Key", bound=Hashable)

#: Share of the runs of five words that two sentences have in common, of all that either has.
NEARLY = 0.5


def groups_of(sentences: Mapping[Key, str], *, nearly: float = NEARLY) -> list[list[Key]]:
    """Sentences in groups of two and more, each nearly the same as the first of its group; in the order given.

    A sentence is compared with first ones only, so that nothing chains from one end to another.
    """
    firsts: list[tuple[Key, frozenset[int]]] = []
    holding: dict[int, list[int]] = defaultdict(list)
    groups: dict[Key, list[Key]] = {}
    for key, text in sentences.items():
        runs = frozenset(shingles(fold(text)).tolist())
        if not runs:
            continue
        shared: dict[int, int] = defaultdict(int)
        for run in runs:
            for place in holding[run]:
                shared[place] += 1
        best = max(shared, key=lambda place: (_alike(shared[place], runs, firsts[place][1]), -place), default=None)
        if best is not None and _alike(shared[best], runs, firsts[best][1]) >= nearly:
            groups[firsts[best][0]].append(key)
            continue
        for run in runs:
            holding[run].append(len(firsts))
        firsts.append((key, runs))
        groups[key] = [key]
    return [group for group in groups.values() if len(group) > 1]


def _alike(shared: int, one: frozenset[int], other: frozenset[int]) -> float:
    return shared / (len(one) + len(other) - shared)
