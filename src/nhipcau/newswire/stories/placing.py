"""Where new articles go: each into the story most like it that a quorum of agrees to, or it founds one.

A few are compared at once with the stories as they are, and then placed one after the other; what an earlier one
changed is compared again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nhipcau.newswire.stories.clusters import Cluster
from nhipcau.newswire.stories.index import AT_ONCE
from nhipcau.newswire.stories.linkage import LEAST_COHESIVE
from nhipcau.newswire.stories.thresholds import (
    ALIKE,
    AROUND,
    COHESION,
    COMPARED,
    DOUBT,
    JOINED,
    LEAST_PART,
    NEARLY,
    QUORUM,
    SURE,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhipcau.newswire.stories.asked import Asked, Near
    from nhipcau.newswire.stories.clusters import Part
    from nhipcau.newswire.stories.openstories import OpenStories

    # Likeness, whether a quorum is like it, story; most alike first.
    Around = list[tuple[float, bool, Cluster]]
    # By slot, what the pair with it adds to a likeness, and how much it counts.
    Compared = dict[int, tuple[float, float]]

# What the index may see of the least likeness that matters.
_LEAST_SEEN = NEARLY * AROUND * JOINED


def place(stories: OpenStories, parts: Sequence[Part]) -> Iterator[tuple[Part, int, set[int], bool]]:
    """Put each article into the story most like it, or let it found one.

    Each comes with the number of its story; those of others near that; whether all of them are to be grouped afresh.
    """
    for start in range(0, len(parts), AT_ONCE):
        some = parts[start : start + AT_ONCE]
        asked = stories.index.ask([part.voice for part in some if part.voice is not None])
        compared = _compared(stories, some, asked)
        for at, part in enumerate(some):
            clusters = _worth_comparing(stories, asked.near_now(at))
            number, others, unsure = _place(stories, part, _around(stories, part, clusters, compared[at]))
            asked.settled(at, number)
            yield part, number, others, unsure


def _place(stories: OpenStories, part: Part, around: Around) -> tuple[int, set[int], bool]:
    home = stories.clusters.get(stories.homes.get(stories.bonds.of.get(part.id, 0), 0))
    if home is not None:
        return stories.join(part, home), set(), True
    joined = None
    for likeness, has_quorum, cluster in around:
        least = JOINED + DOUBT / max(len(cluster.parts), 1)
        if likeness >= least and has_quorum and not stories.barred([part], cluster.parts):
            joined = cluster
            sure = likeness >= SURE * JOINED or len(cluster.parts) == 1
            break
    if joined is None:
        stories.keep(Cluster(part, [part]))
        number, sure = part.number, True
    else:
        number = stories.join(part, joined)
    # Where a story holds together so closely that they could not be one, the other need not be asked.
    least = NEARLY * COHESION * likeness if joined is not None and len(joined.parts) > LEAST_COHESIVE else 0
    others = {other.number for alike, _, other in around if other is not joined and alike >= least}
    return number, others, bool(others) or not sure


def _compared(stories: OpenStories, parts: Sequence[Part], asked: Asked) -> list[Compared]:
    """Each article compared with the stories near it as they are now, and with those before it that may join them."""
    slots = [
        [slot for cluster in _worth_comparing(stories, near) for slot in cluster.slots] + asked.mates(at, _LEAST_SEEN)
        for at, near in enumerate(asked.near(COMPARED, part=LEAST_PART, seen=_LEAST_SEEN))
    ]
    sizes = [len(some) for some in slots]
    ones = np.repeat(np.array([_slot(part) for part in parts]), sizes)
    columns = stories.chorus.compared(ones, [slot for some in slots for slot in some])
    pairs = zip(*(column.tolist() for column in columns), strict=True)
    return [dict(zip(some, pairs, strict=False)) for some in slots]


def _around(stories: OpenStories, part: Part, clusters: Sequence[Cluster], compared: Compared) -> Around:
    """Of some stories those like an article, as far as it was compared with them already."""
    slots = [cluster.slots for cluster in clusters]
    missing = [slot for some in slots for slot in some if slot not in compared]
    if missing:
        columns = stories.chorus.compared(_slot(part), missing)
        compared.update(zip(missing, zip(*(column.tolist() for column in columns), strict=True), strict=True))
    found = []
    for cluster, some in zip(clusters, slots, strict=True):
        pairs = [compared[slot] for slot in some]
        likeness = sum(product for product, _ in pairs) / sum(counted for _, counted in pairs)
        alike = likeness * stories.nearness(part.span, cluster.span)
        if alike >= AROUND * JOINED:
            agreeing = sum(product / counted >= ALIKE for product, counted in pairs)
            found.append((round(alike, 6), agreeing >= QUORUM * len(pairs), cluster))
    return sorted(found, key=lambda one: (-one[0], one[2].number))


def _worth_comparing(stories: OpenStories, near: Near) -> list[Cluster]:
    """The stories that may be like an article, of those that the index found near it."""
    clusters = [stories.clusters.get(number) for number, _ in near]
    # A story of which a hand left nothing but articles that speak no more is like none.
    return [cluster for cluster in clusters if cluster is not None and cluster.languages]


def _slot(part: Part) -> int:
    return -1 if part.voice is None else part.voice.slot
