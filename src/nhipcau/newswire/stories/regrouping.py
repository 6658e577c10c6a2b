"""Stories grouped afresh with those around them, by average linkage over their articles.

What fell together too early comes apart, and what belongs together meets.
"""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from nhipcau.newswire.stories.likeness import ACROSS
from nhipcau.newswire.stories.linkage import COPIES, LEAST_COHESIVE, groups
from nhipcau.newswire.stories.thresholds import COHESION, COMPARED, DOUBT, GROWN, JOINED, MOST_AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nhipcau.newswire.stories.clusters import Cluster, Part
    from nhipcau.newswire.stories.openstories import OpenStories


def settle(
    stories: OpenStories, touched: Iterable[int], near: Mapping[int, set[int]], before: dict[str, str | None]
) -> None:
    """Group stories afresh with those around them, each once.

    ``near`` has by number of a story those found near it already. ``before`` takes in of which story articles were that
    are in another one now.
    """
    settled: set[int] = set()
    for number in touched:
        if number not in settled and number in stories.clusters:
            settled |= _group_around(stories, stories.clusters[number], near, before)


def _neighbours(stories: OpenStories, cluster: Cluster, near: Mapping[int, set[int]]) -> list[Cluster]:
    """The open stories near a story: those found when its articles were placed, or else looked up."""
    if cluster.number in near:
        numbers = near[cluster.number]
    else:
        found = stories.index.near(cluster.voices, COMPARED + 1)
        numbers = {number for homes in found for number, _ in homes} - {cluster.number}
    return [
        other for number in sorted(numbers) if (other := stories.clusters.get(number)) is not None and other.languages
    ]


def _group_around(
    stories: OpenStories, cluster: Cluster, near: Mapping[int, set[int]], before: dict[str, str | None]
) -> set[int]:
    """Group a story's articles afresh with those of the stories near it; the numbers of all stories looked at."""
    chosen, size = [cluster], len(cluster.parts)
    for other in _neighbours(stories, cluster, near):
        if not (cluster.whole and other.whole):
            # Of a story so large that not all its articles speak, only the whole can be compared.
            if not stories.barred(cluster.parts, other.parts) and _are_one(stories, cluster, other):
                return stories.exchange([cluster, other], [[*cluster.parts, *other.parts]], before)
        elif size + len(other.parts) <= MOST_AT_ONCE:
            chosen.append(other)
            size += len(other.parts)
    if size == 1 or not cluster.whole or len(cluster.parts) < GROWN * cluster.grouped:
        return {cluster.number}
    parts = [part for one in chosen for part in one.parts]
    products, pairs = stories.chorus.tables([slot for one in chosen for slot in one.slots])
    if len(chosen) > 1:
        nearness = np.array([[stories.nearness(a.span, b.span) for b in chosen] for a in chosen])
        owners = np.repeat(np.arange(len(chosen)), [len(one.parts) for one in chosen])
        products *= nearness[np.ix_(owners, owners)]
    together, apart = _by_place(stories, parts)
    grouped = groups(products, pairs, JOINED, cohesion=COHESION, doubt=DOUBT, together=together, apart=apart)
    numbers = stories.exchange(chosen, [[parts[i] for i in group] for group in grouped], before)
    for number in numbers:
        if number in stories.clusters:
            stories.clusters[number].grouped = len(stories.clusters[number].parts)
    return numbers


def _are_one(stories: OpenStories, one: Cluster, other: Cluster) -> bool:
    """Whether two stories are alike enough as they stand."""
    count = len(one.voices)
    if not (count and other.voices):
        return False
    products, pairs = stories.chorus.tables([*one.slots, *other.slots])
    np.fill_diagonal(products, 0)
    np.fill_diagonal(pairs, 0)
    halves = (slice(None, count), slice(count, None))
    between = products[halves].sum() / pairs[halves].sum() * stories.nearness(one.span, other.span)
    capped = np.minimum(products, COPIES * pairs)
    own = [capped[half, half].sum() / max(pairs[half, half].sum(), ACROSS) for half in halves]
    least = COHESION * math.sqrt(max(own[0] * own[1], 0)) if min(count, len(other.voices)) >= LEAST_COHESIVE else 0
    return bool(between >= max(JOINED, least))


def _by_place(stories: OpenStories, parts: Sequence[Part]) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """What corrections say of some articles, named by their places: which stay together, and pairs held apart."""
    bound: dict[int, list[int]] = {}
    for place, part in enumerate(parts):
        if part.id in stories.bonds.of:
            bound.setdefault(stories.bonds.of[part.id], []).append(place)
    apart = [
        (bound[one][0], bound[other][0])
        for one, other in combinations(sorted(bound), 2)
        if stories.bonds.bar([one], [other])
    ]
    return list(bound.values()), apart
