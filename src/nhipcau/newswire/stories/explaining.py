"""Why articles are one story: what each shares with the others, how like them it is, and what the nearest story was."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nhipcau.newswire.stories.features import NAME, NUMBER, SOUNDING, WORD
from nhipcau.newswire.stories.likeness import Chorus, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.newswire.stories.clusters import Cluster
    from nhipcau.newswire.stories.likeness import Voice

#: What kinds of term are called, for machines.
KINDS = {WORD: "word", NUMBER: "number", NAME: "name", SOUNDING: "sound"}
_MOST_SHARED = 12


@dataclass(frozen=True, slots=True)
class Shared:
    """A term that an article shares with others: its ``kind``, how they spell it, its part of the likeness."""

    kind: str
    spelt: tuple[str, ...]
    part: float


@dataclass(frozen=True, slots=True)
class Membership:
    """An article in its story.

    Attributes:
        article_id: which.
        likeness: to the other articles of the story that still speak for it; ``None`` where it does not, or is alone.
        shared: what makes it so, most first; only what is kept spelt.
        unspelt: the part of the likeness that rests on terms that are not kept spelt.
    """

    article_id: str
    likeness: float | None
    shared: tuple[Shared, ...] = ()
    unspelt: float = 0.0


@dataclass(frozen=True, slots=True)
class Explanation:
    """A story: its articles, and the story nearest to it with its likeness (``None`` where none is near).

    ``held_apart``: a person said that these two are not one. ``by_hand``: a person put articles of it together.
    """

    story_id: str
    members: tuple[Membership, ...]
    nearest_id: str | None = None
    nearest_articles: tuple[str, ...] = ()
    nearest_likeness: float | None = None
    nearest_shared: tuple[Shared, ...] = ()
    held_apart: bool = False
    by_hand: bool = False


def members_of(cluster: Cluster) -> tuple[Membership, ...]:
    """Each article of a story against the others, in order of arrival."""
    voices, found = cluster.voices, []
    chorus = Chorus(voices)
    for part in cluster.parts:
        others = [voice for voice in voices if voice is not part.voice]
        if part.voice is None or not others:
            found.append(Membership(part.id, None))
            continue
        place = voices.index(part.voice)
        products, pairs = chorus.compared(place, [slot for slot in range(len(voices)) if slot != place])
        likeness = float(products.sum() / pairs.sum())
        shared, unspelt = shared_by([part.voice], others)
        found.append(Membership(part.id, round(likeness, 4), shared, unspelt))
    return tuple(found)


def likeness_between(one: Cluster, other: Cluster) -> float:
    """Of all pairs across two stories, the mean."""
    count = len(one.voices)
    products, pairs = tables([*one.voices, *other.voices])
    return round(float(products[:count, count:].sum() / pairs[:count, count:].sum()), 4)


def shared_by(some: Sequence[Voice], others: Sequence[Voice]) -> tuple[tuple[Shared, ...], float]:
    """The terms that make two groups of articles alike, most first, and what rests on those whose spelling is lost.

    Nothing is taken off for what speaks against it.
    """
    spelt: dict[int, dict[str, None]] = defaultdict(dict)
    for voice in (*some, *others):
        for term, text in voice.spelt.items():
            if text:
                spelt[term][text] = None
    weights, kinds = _weights(some)
    opposite, _ = _weights(others)
    pairs = len(some) * len(others)
    parts = {term: weights[term] * opposite[term] / pairs for term in weights.keys() & opposite.keys()}
    ranked = sorted(parts, key=lambda term: (-parts[term], term))
    named = [term for term in ranked if term in spelt]
    shared = tuple(
        Shared(KINDS[kinds[term]], tuple(spelt[term]), round(parts[term], 4)) for term in named[:_MOST_SHARED]
    )
    return shared, round(sum(parts[term] for term in ranked if term not in spelt), 4)


def _weights(voices: Sequence[Voice]) -> tuple[dict[int, float], dict[int, int]]:
    """What each term weighs in some articles together, and its kind."""
    weights: dict[int, float] = defaultdict(float)
    kinds: dict[int, int] = {}
    for voice in voices:
        terms = voice.vector.terms.tolist()
        kinds |= dict(zip(terms, voice.counts.kinds.tolist(), strict=True))
        for term, weight in zip(terms, voice.vector.weights.astype(np.float64).tolist(), strict=True):
            weights[term] += weight
    return weights, kinds
