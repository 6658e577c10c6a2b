"""Where a new article goes: into the story most like it that a quorum of agrees to, or it founds one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nhipcau.newswire.stories.clusters import Cluster
from nhipcau.newswire.stories.linkage import LEAST_COHESIVE
from nhipcau.newswire.stories.thresholds import (
    ALIKE,
    AROUND,
    COHESION,
    DOUBT,
    JOINED,
    NEARLY,
    QUORUM,
    SURE,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.newswire.stories.clusters import Part
    from nhipcau.newswire.stories.openstories import OpenStories


def place(stories: OpenStories, part: Part, near: Iterable[tuple[int, float]]) -> tuple[int, set[int], bool]:
    """Put an article into the story most like it, or let it found one.

    ``near`` are the stories that may be like it. The number of its story; those of others near that; whether all of
    them are to be grouped afresh.
    """
    alone = Cluster(part, [part])
    home = stories.clusters.get(stories.homes.get(stories.bonds.of.get(part.id, 0), 0))
    if home is not None:
        return stories.join(part, home), set(), True
    around = _around(stories, alone, near)
    joined = None
    for likeness, has_quorum, cluster in around:
        least = JOINED + DOUBT / max(len(cluster.parts), 1)
        if likeness >= least and has_quorum and not stories.barred(alone, cluster):
            joined = cluster
            sure = likeness >= SURE * JOINED or len(cluster.parts) == 1
            break
    if joined is None:
        stories.keep(alone)
        number, sure = alone.number, True
    else:
        number = stories.join(part, joined)
    # Where a story holds together so closely that they could not be one, the other need not be asked.
    least = NEARLY * COHESION * likeness if joined is not None and len(joined.parts) > LEAST_COHESIVE else 0
    others = {other.number for alike, _, other in around if other is not joined and alike >= least}
    return number, others, bool(others) or not sure


def _around(
    stories: OpenStories, alone: Cluster, near: Iterable[tuple[int, float]]
) -> list[tuple[float, bool, Cluster]]:
    """Of some stories those like an article, most alike first: likeness, whether a quorum is like it, story."""
    (voice,) = alone.voices
    clusters = []
    for place, (number, about) in enumerate(near):
        if place > 1 and about < NEARLY * AROUND * JOINED:
            break
        cluster = stories.clusters.get(number)
        # A story of which a hand left nothing but articles that speak no more is like none.
        if cluster is not None and cluster.languages:
            clusters.append(cluster)
    if not clusters:
        return []
    slots = [cluster.slots for cluster in clusters]
    products, pairs = stories.chorus.compared(voice.slot, [slot for some in slots for slot in some])
    sizes = np.array([len(some) for some in slots])
    begins = np.cumsum(sizes) - sizes
    likeness = np.add.reduceat(products, begins) / np.add.reduceat(pairs, begins)
    agreeing = np.add.reduceat((products / pairs >= ALIKE).astype(np.float64), begins) / sizes
    found = []
    for cluster, of_words, share in zip(clusters, likeness.tolist(), agreeing.tolist(), strict=True):
        alike = of_words * stories.nearness(alone, cluster)
        if alike >= AROUND * JOINED:
            found.append((round(alike, 6), share >= QUORUM, cluster))
    return sorted(found, key=lambda one: (-one[0], one[2].number))
