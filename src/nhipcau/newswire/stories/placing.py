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

    from nhipcau.newswire.stories.clusters import Part
    from nhipcau.newswire.stories.openstories import OpenStories

    # Likeness, whether a quorum is like it, story; most alike first.
    Around = list[tuple[float, bool, Cluster]]
    Near = Sequence[tuple[int, float]]


def place(stories: OpenStories, parts: Sequence[Part]) -> Iterator[tuple[Part, int, set[int], bool]]:
    """Put each article into the story most like it, or let it found one.

    Each comes with the number of its story; those of others near that; whether all of them are to be grouped afresh.
    """
    for start in range(0, len(parts), AT_ONCE):
        some = parts[start : start + AT_ONCE]
        asked = stories.index.ask([part.voice for part in some if part.voice is not None])
        compared = _around(stories, some, asked.near(COMPARED, part=LEAST_PART))
        for at, (part, around) in enumerate(zip(some, compared, strict=True)):
            if (near := asked.near_now(at)) is not None:
                (around,) = _around(stories, [part], [near])  # noqa: PLW2901 - as it is now
            number, others, unsure = _place(stories, part, around)
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


def _around(stories: OpenStories, parts: Sequence[Part], near: Sequence[Near]) -> list[Around]:
    """Of the stories that the index found near each of some articles, those that are like it."""
    pairs = [(place, cluster) for place, some in enumerate(near) for cluster in _worth_comparing(stories, some)]
    found: list[Around] = [[] for _ in parts]
    if not pairs:
        return found
    slots = [cluster.slots for _, cluster in pairs]
    sizes = np.array([len(some) for some in slots])
    own = np.array([-1 if part.voice is None else part.voice.slot for part in parts])
    ones = np.repeat(own[[place for place, _ in pairs]], sizes)
    products, counted = stories.chorus.compared(ones, [slot for some in slots for slot in some])
    begins = np.cumsum(sizes) - sizes
    likeness = np.add.reduceat(products, begins) / np.add.reduceat(counted, begins)
    agreeing = np.add.reduceat((products / counted >= ALIKE).astype(np.float64), begins) / sizes
    for (place, cluster), of_words, share in zip(pairs, likeness.tolist(), agreeing.tolist(), strict=True):
        alike = of_words * stories.nearness(parts[place].span, cluster.span)
        if alike >= AROUND * JOINED:
            found[place].append((round(alike, 6), share >= QUORUM, cluster))
    for around in found:
        around.sort(key=lambda one: (-one[0], one[2].number))
    return found


def _worth_comparing(stories: OpenStories, near: Near) -> Iterator[Cluster]:
    for place, (number, about) in enumerate(near):
        if place > 1 and about < NEARLY * AROUND * JOINED:
            return
        cluster = stories.clusters.get(number)
        # A story of which a hand left nothing but articles that speak no more is like none.
        if cluster is not None and cluster.languages:
            yield cluster
