"""The stream of stories: articles come in, stories come out, the same from one run to the next.

A story is as like an article as its members are on average (average linkage; pairs across languages count half), and at
least half of them must be like it one by one: a quorum, so that nothing chains. An article joins the story most like
it, or founds one. After each batch, the stories it touched are grouped afresh with those around them, by average
linkage over their articles, and all of them whenever weights were made anew while little was known: what fell together
too early comes apart, what belongs together meets, and the order of arrival matters little.

What people correct by hand is obeyed when articles are placed and whenever stories are grouped afresh: articles bound
together are one story however unlike, groups held apart are never one however alike.

Memory is bounded by the story: its first and latest articles speak for it, each by its most telling terms. Texts are
not kept. No clock is asked: time is the articles' own.
"""

from __future__ import annotations

import dataclasses
import math
from collections import defaultdict
from itertools import combinations, islice
from typing import TYPE_CHECKING, Self

import numpy as np

from nhipcau.newswire.records import Changes, Corrections, Story
from nhipcau.newswire.state import present_rank, read_state, write_state
from nhipcau.newswire.stories.clusters import Cluster, Part, part_line, parts_from_lines
from nhipcau.newswire.stories.corrections import (
    Bonds,
    correction_lines,
    corrections_from_lines,
    divided,
    entangled,
    told_of,
)
from nhipcau.newswire.stories.explaining import Explanation, likeness_between, members_of, shared_by
from nhipcau.newswire.stories.features import Reader
from nhipcau.newswire.stories.index import Index
from nhipcau.newswire.stories.likeness import ACROSS, Chorus, Voice
from nhipcau.newswire.stories.linkage import COPIES, LEAST_COHESIVE, groups
from nhipcau.newswire.stories.termspace import TermSpace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from nhipcau.newswire.records import Article, HandTitle
    from nhipcau.newswire.state import Line

#: A story that nothing was added to for so long is over; what comes after is another one.
WINDOW_DAYS = 7

# Chosen on topics 1 to 16 of the ECB+ articles, and on nothing else: in the middle of where neither matters much (from
# 0.09 to 0.14 and from 0.55 to 0.6 BCubed F1 in one batch is between 0.94 and 0.955).
JOINED, COHESION = 0.11, 0.6
# Added to JOINED, divided by how many pairs of articles two stories have: one pair may be alike by chance.
DOUBT = 0.05
# One by one, half of a story's articles must be at least this like a new one. On ECB+ this never decides, because small
# stories are grouped afresh; it keeps a large one from being joined through a few of its articles.
ALIKE, QUORUM = 0.08, 0.5
# Stories this like a touched one, as a share of JOINED, are grouped afresh with it, up to so many articles. One that is
# joined by an article this like it, and has no such story around it, is left as it is. NEARLY is what the index may see
# of a likeness, and how far below cohesion the likeness of one article may be to that of its story.
AROUND, SURE, MOST_AT_ONCE, NEARLY = 0.75, 1.5, 40, 0.7
LEAST_PART = 0.4
# So many times as large as when it was last grouped a story must be to be grouped again.
GROWN = 1.25

# Of the stories that the index finds, so many are compared.
_COMPARED = 6
_BATCH = 256
# Weights follow rarity: they are made anew when this share of what was known has come in addition. From so many
# articles on they change little: stories are not grouped otherwise, and the other share is enough.
_STALE, _KNOWN_WELL, _STALE_LATER = 0.3, 5_000, 1.0

_KIND, _VERSION = "nhipcau-stories", 3
_DAY = 86_400
_AT_ONCE = 2_000
# So many of the heaviest terms of an article are kept as its text spells them, to say what stories share.
SPELT = 16


class StoryStream:
    """The stories now open, and those that closed since the stream was made or loaded.

    Args:
        window_days: how long after its last article a story stays open.
    """

    def __init__(self, *, window_days: float = WINDOW_DAYS) -> None:
        self.window_days = float(window_days)
        self._space = TermSpace()
        self._arrived = 0
        self._unweighed = 0
        self._open: dict[int, Cluster] = {}
        self._closed: dict[int, Story] = {}
        self._story_of: dict[str, str] = {}
        self._reader = Reader()
        self._index = Index()
        self._chorus = Chorus()
        # Stories near a touched one, as found when articles were placed.
        self._near: dict[int, set[int]] = defaultdict(set)
        self._homes: dict[int, int] = {}
        self._corrections = Corrections()
        self._bonds = Bonds(self._corrections)

    @property
    def corrections(self) -> Corrections:
        """What people corrected, as far as it is obeyed now."""
        return self._corrections

    def correct(self, corrections: Corrections) -> Changes:
        """Obey these corrections from now on, in the place of those obeyed so far.

        What they say is brought about among the open stories at once; stories around what changed are grouped afresh,
        so that a correction taken back leaves what the engine itself would say.
        """
        changed = set(self._corrections.groupings) ^ set(corrections.groupings)
        ids = {article for grouping in changed for group in grouping for article in group.article_ids}
        self._corrections, self._bonds, self._homes = corrections, Bonds(corrections), {}
        before: dict[str, str | None] = {}
        for stories in entangled(self._open.values(), self._bonds):
            parts = [part for cluster in stories for part in cluster.parts]
            self._exchange(stories, divided(parts, self._bonds, self._space), before)
        for cluster in self._open.values():
            self._name(cluster, before)
        touched = [number for number, cluster in self._open.items() if any(part.id in ids for part in cluster.parts)]
        self._near.clear()
        for number in touched:
            self._open[number].grouped = 0
        self._settle(touched, before)
        return self._changes(before)

    def add(self, articles: Iterable[Article]) -> Changes:
        """Put articles into stories, best in order of time; one that is already in a story stays there.

        ``assigned`` also names earlier articles that went into another story.
        """
        coming = iter(articles)
        before: dict[str, str | None] = {}
        while batch := list(islice(coming, _BATCH)):
            self._add_batch({article.id: article for article in batch if article.id not in self._story_of}, before)
        return self._changes(before)

    def stories(self) -> list[Story]:
        """All stories, in the order in which they were founded; ``novelty`` is the share of articles not loaded."""
        found = {**self._closed, **{number: cluster.story() for number, cluster in self._open.items()}}
        told = [found[number] for number in sorted(found)]
        if not self._corrections:
            return told
        titles = self._titles()
        return [self._by_hand(story, titles.get(story.id)) for story in told]

    def explained(self, story_id: str) -> Explanation | None:
        """Why an open story's articles are one; ``None`` where no open story has this id."""
        cluster = next((one for one in self._open.values() if one.id == story_id), None)
        if cluster is None:
            return None
        near = self._index.near(cluster.voices, _COMPARED + 1)
        numbers = {number for found in near for number, _ in found} - {cluster.number}
        others = [self._open[number] for number in sorted(numbers) if self._open[number].languages]
        found = Explanation(
            story_id, members_of(cluster), by_hand=any(part.id in self._bonds.of for part in cluster.parts)
        )
        if not others:
            return found
        alike = [(likeness_between(cluster, other) * self._nearness(cluster, other), other) for other in others]
        likeness, nearest = max(alike, key=lambda pair: (pair[0], -pair[1].number))
        return dataclasses.replace(
            found,
            nearest_id=nearest.id,
            nearest_articles=tuple(part.id for part in nearest.parts),
            nearest_likeness=round(likeness, 4),
            nearest_shared=shared_by(cluster.voices, nearest.voices)[0],
            held_apart=self._barred(cluster, nearest),
        )

    def save(self, file: Path) -> None:
        """Write the stories that the window still holds, and what was learned of terms; same state, same bytes."""
        self._close_outside_window()
        self._weigh()
        parts = sum(len(cluster.parts) for cluster in self._open.values())
        header = {"window_days": self.window_days, "arrived": self._arrived, "parts": parts}
        known = (part.id for cluster in self._open.values() for part in cluster.parts)
        corrections = list(correction_lines(told_of(self._corrections, known)))
        if corrections:
            header["corrections"] = len(corrections)
        write_state(file, kind=_KIND, version=_VERSION, header=header, lines=self._lines(corrections))

    @classmethod
    def load(cls, file: Path) -> Self:
        """The stream saved in ``file``; nothing in it is new.

        Raises:
            StateError: ``file`` is damaged, or of another kind or version.
            OSError: ``file`` cannot be read.
        """
        with read_state(file, kind=_KIND, version=_VERSION) as (header, lines):
            stream = cls(window_days=float(header["window_days"]))
            stream._arrived = int(header["arrived"])
            saved = list(islice(lines, int(header["parts"])))
            # A state written before there were corrections names none.
            stream._corrections = corrections_from_lines(islice(lines, int(header.get("corrections", 0))))
            stream._bonds = Bonds(stream._corrections)
            stream._space.restore(lines)
            stream._open = {cluster.number: cluster for cluster in parts_from_lines(saved, stream._space)}
            stream._reindex()
        return stream

    def _add_batch(self, articles: Mapping[str, Article], before: dict[str, str | None]) -> None:
        if not articles:
            return
        batch = self._reader.read(list(articles.values()))
        self._space.learn(batch)
        times = [time for article in articles.values() if (time := _seconds(article)) is not None]
        if times:
            self._close_before(min(times) - self.window_days * _DAY)
        self._unweighed += len(articles)
        touched = []
        known_well = self._space.articles >= _KNOWN_WELL
        if self._unweighed > (_STALE_LATER if known_well else _STALE) * self._space.articles:
            self._weigh()
            if not known_well:
                touched = [number for number, cluster in self._open.items() if len(cluster.parts) > 1]
        counts = self._space.most_telling(batch.counts)
        vectors = self._space.vectors(counts)
        voices = [
            Voice(own, vector, spelt=batch.spelt(place, vector.heaviest(SPELT)))
            for place, (own, vector) in enumerate(zip(counts, vectors, strict=True))
        ]
        self._take_in(voices)
        nearest = self._index.near(voices, _COMPARED, part=LEAST_PART)
        self._near.clear()
        for (article_id, article), voice, near in zip(articles.items(), voices, nearest, strict=True):
            self._arrived += 1
            number, unsure = self._place(Part(article_id, self._arrived, _seconds(article), voice), near)
            touched += [number] if unsure else []
            before[article_id] = None
        self._settle(touched, before)

    def _take_in(self, voices: Sequence[Voice]) -> None:
        """Let the index know voices, that are of no story yet."""
        for start in range(0, len(voices), _AT_ONCE):
            some = voices[start : start + _AT_ONCE]
            self._chorus.add(some)
            for voice, slot in zip(some, self._index.add(some), strict=True):
                voice.slot = slot

    def _settle(self, touched: Iterable[int], before: dict[str, str | None]) -> None:
        """Group stories afresh with those around them, each once."""
        settled: set[int] = set()
        for number in touched:
            if number not in settled and number in self._open:
                settled |= self._group_around(self._open[number], before)

    def _place(self, part: Part, near: Iterable[tuple[int, float]]) -> tuple[int, bool]:
        """Put an article into the story most like it, or let it found one; its number, and whether it is to be settled.

        ``near`` are the stories that may be like it.
        """
        alone = Cluster(part, [part])
        home = self._open.get(self._homes.get(self._bonds.of.get(part.id, 0), 0))
        if home is not None:
            return self._join(part, home), True
        around = self._around(alone, near)
        joined = None
        for likeness, has_quorum, cluster in around:
            least = JOINED + DOUBT / max(len(cluster.parts), 1)
            if likeness >= least and has_quorum and not self._barred(alone, cluster):
                joined = cluster
                sure = likeness >= SURE * JOINED or len(cluster.parts) == 1
                break
        if joined is None:
            self._keep(alone)
            number, sure = alone.number, True
        else:
            number = self._join(part, joined)
        # Where a story holds together so closely that they could not be one, the other need not be asked.
        least = NEARLY * COHESION * likeness if joined is not None and len(joined.parts) > LEAST_COHESIVE else 0
        others = {other.number for alike, _, other in around if other is not joined and alike >= least}
        self._near[number] |= others
        return number, bool(others) or not sure

    def _join(self, part: Part, cluster: Cluster) -> int:
        cluster.take(part)
        if part.id in self._bonds.of:
            self._keep(cluster)
        else:
            self._story_of[part.id] = cluster.id
            self._speak(cluster, cluster.speaking[-1:])
        return cluster.number

    def _barred(self, one: Cluster, other: Cluster) -> bool:
        """Whether a person said that they are not one story."""
        bonds = self._bonds
        return bool(bonds.apart) and bonds.bar(bonds.among(one.parts), bonds.among(other.parts))

    def _around(self, alone: Cluster, near: Iterable[tuple[int, float]]) -> list[tuple[float, bool, Cluster]]:
        """Of some stories those like an article, most alike first: likeness, whether a quorum is like it, story."""
        (voice,) = alone.voices
        clusters = []
        for place, (number, about) in enumerate(near):
            if place > 1 and about < NEARLY * AROUND * JOINED:
                break
            cluster = self._open.get(number)
            # A story of which a hand left nothing but articles that speak no more is like none.
            if cluster is not None and cluster.languages:
                clusters.append(cluster)
        if not clusters:
            return []
        slots = [cluster.slots for cluster in clusters]
        products, pairs = self._chorus.compared(voice.slot, [slot for some in slots for slot in some])
        sizes = np.array([len(some) for some in slots])
        begins = np.cumsum(sizes) - sizes
        likeness = np.add.reduceat(products, begins) / np.add.reduceat(pairs, begins)
        agreeing = np.add.reduceat((products / pairs >= ALIKE).astype(np.float64), begins) / sizes
        found = []
        for cluster, alike, share in zip(clusters, likeness.tolist(), agreeing.tolist(), strict=True):
            alike *= self._nearness(alone, cluster)
            if alike >= AROUND * JOINED:
                found.append((round(alike, 6), share >= QUORUM, cluster))
        return sorted(found, key=lambda one: (-one[0], one[2].number))

    def _neighbours(self, cluster: Cluster) -> list[Cluster]:
        """The open stories near a story: those found when its articles were placed, or else looked up."""
        if cluster.number in self._near:
            numbers = self._near[cluster.number]
        else:
            found = self._index.near(cluster.voices, _COMPARED + 1)
            numbers = {number for near in found for number, _ in near} - {cluster.number}
        return [
            other for number in sorted(numbers) if (other := self._open.get(number)) is not None and other.languages
        ]

    def _nearness(self, one: Cluster, other: Cluster) -> float:
        """From 1 for stories that overlap in time down to a half at the window's end, and 0 after it.

        An article that comes late must be the more like its story: by then the same words tell of the next event.
        """
        if one.span is None or other.span is None:
            return 1.0
        gap = max(one.span[0] - other.span[1], other.span[0] - one.span[1], 0) / (self.window_days * _DAY)
        return 1 - gap / 2 if gap <= 1 else 0.0

    def _group_around(self, cluster: Cluster, before: dict[str, str | None]) -> set[int]:
        """Group a story's articles afresh with those of the stories near it; the numbers of all stories looked at."""
        chosen, size = [cluster], len(cluster.parts)
        for other in self._neighbours(cluster):
            if not (cluster.whole and other.whole):
                # Of a story so large that not all its articles speak, only the whole can be compared.
                if not self._barred(cluster, other) and self._are_one(cluster, other):
                    return self._exchange([cluster, other], [[*cluster.parts, *other.parts]], before)
            elif size + len(other.parts) <= MOST_AT_ONCE:
                chosen.append(other)
                size += len(other.parts)
        if size == 1 or not cluster.whole or len(cluster.parts) < GROWN * cluster.grouped:
            return {cluster.number}
        parts = [part for one in chosen for part in one.parts]
        products, pairs = self._chorus.tables([slot for one in chosen for slot in one.slots])
        if len(chosen) > 1:
            nearness = np.array([[self._nearness(a, b) for b in chosen] for a in chosen])
            owners = np.repeat(np.arange(len(chosen)), [len(one.parts) for one in chosen])
            products *= nearness[np.ix_(owners, owners)]
        together, apart = self._by_place(parts)
        grouped = groups(products, pairs, JOINED, cohesion=COHESION, doubt=DOUBT, together=together, apart=apart)
        numbers = self._exchange(chosen, [[parts[i] for i in group] for group in grouped], before)
        for number in numbers:
            if number in self._open:
                self._open[number].grouped = len(self._open[number].parts)
        return numbers

    def _are_one(self, one: Cluster, other: Cluster) -> bool:
        """Whether two stories are alike enough as they stand."""
        count = len(one.voices)
        if not (count and other.voices):
            return False
        products, pairs = self._chorus.tables([*one.slots, *other.slots])
        np.fill_diagonal(products, 0)
        np.fill_diagonal(pairs, 0)
        halves = (slice(None, count), slice(count, None))
        between = products[halves].sum() / pairs[halves].sum() * self._nearness(one, other)
        capped = np.minimum(products, COPIES * pairs)
        own = [capped[half, half].sum() / max(pairs[half, half].sum(), ACROSS) for half in halves]
        least = COHESION * math.sqrt(max(own[0] * own[1], 0)) if min(count, len(other.voices)) >= LEAST_COHESIVE else 0
        return bool(between >= max(JOINED, least))

    def _by_place(self, parts: Sequence[Part]) -> tuple[list[list[int]], list[tuple[int, int]]]:
        """What corrections say of some articles, named by their places: which stay together, and pairs held apart."""
        bound: dict[int, list[int]] = {}
        for place, part in enumerate(parts):
            if part.id in self._bonds.of:
                bound.setdefault(self._bonds.of[part.id], []).append(place)
        apart = [
            (bound[one][0], bound[other][0])
            for one, other in combinations(sorted(bound), 2)
            if self._bonds.bar([one], [other])
        ]
        return list(bound.values()), apart

    def _exchange(
        self, old: list[Cluster], groups_of_parts: list[list[Part]], before: dict[str, str | None]
    ) -> set[int]:
        """Put new stories in the place of old ones; the numbers of both.

        A story goes on where its founder is; of several founders the first one names what they are in now.
        """
        founded = {cluster.number: cluster for cluster in old}
        new = set()
        for number in founded:
            del self._open[number]
        for parts in groups_of_parts:
            founder = min(parts, key=lambda part: (part.number not in founded, part.number))
            new.add(founder.number)
            cluster = founded.get(founder.number) or Cluster(founder, parts)
            if cluster.parts == parts and founder.number in founded:
                self._open[founder.number] = cluster
                continue
            cluster.parts = parts
            cluster.settle()
            self._name(cluster, before)
            self._keep(cluster)
        return {*founded, *new}

    def _name(self, cluster: Cluster, before: dict[str, str | None]) -> None:
        """Give a story its id, and note of which story its articles were."""
        self._obey(cluster)
        for part in cluster.parts:
            if self._story_of[part.id] != cluster.id:
                before.setdefault(part.id, self._story_of[part.id])
                self._story_of[part.id] = cluster.id

    def _obey(self, cluster: Cluster) -> None:
        """Let a story go by the id that corrections give it, and be the home of what they bound."""
        cluster.called = self._bonds.name_of(cluster)
        for bond in self._bonds.among(cluster.parts):
            self._homes[bond] = cluster.number

    def _keep(self, cluster: Cluster) -> None:
        """Make a story, or what it has become, known by its articles, to the index as well."""
        self._open[cluster.number] = cluster
        self._obey(cluster)
        story_id = cluster.id
        for part in cluster.parts:
            self._story_of[part.id] = story_id
        self._speak(cluster, cluster.speaking)

    def _speak(self, cluster: Cluster, parts: Iterable[Part]) -> None:
        """Let the index know what speaks for a story now, and what does so no more."""
        slots = [part.voice.slot for part in parts if part.voice is not None]
        self._index.settle(slots, cluster.number, len(cluster.speaking))
        if cluster.silenced:
            self._index.drop([voice.slot for voice in cluster.silenced])
            cluster.silenced.clear()

    def _weigh(self) -> None:
        """Make all weights anew by what is known of rarity now."""
        self._unweighed = 0
        voices = [voice for _, cluster in sorted(self._open.items()) for voice in cluster.voices]
        for start in range(0, len(voices), _AT_ONCE):
            some = voices[start : start + _AT_ONCE]
            for voice, vector in zip(some, self._space.vectors([one.counts for one in some]), strict=True):
                voice.vector = vector
        self._reindex()

    def _reindex(self) -> None:
        """Make the index anew from the open stories."""
        self._index, self._chorus = Index(), Chorus()
        clusters = [cluster for _, cluster in sorted(self._open.items())]
        self._take_in([voice for cluster in clusters for voice in cluster.voices])
        for cluster in clusters:
            cluster.grouped = 0
            cluster.settle()
            self._keep(cluster)

    def _close_before(self, time: float) -> None:
        """Close the stories that nothing was heard of since ``time``."""
        for number, cluster in list(self._open.items()):
            if cluster.last is not None and cluster.last < time:
                self._closed[number] = cluster.story()
                self._index.drop(cluster.slots)
                del self._open[number]

    def _close_outside_window(self) -> None:
        """Close what the window no longer holds; undated articles count as read at the present, as articles tell it."""
        times = sorted(cluster.last for cluster in self._open.values() if cluster.last is not None)
        if not times:
            return
        present = times[present_rank(len(times))]
        for cluster in self._open.values():
            cluster.read_at(present)
        self._close_before(present - self.window_days * _DAY)

    def _lines(self, corrections: Iterable[Line]) -> Iterator[Line]:
        for _, cluster in sorted(self._open.items()):
            for part in cluster.parts:
                yield part_line(cluster, part)
        yield from corrections
        yield from self._space.lines()

    def _titles(self) -> dict[str, HandTitle]:
        """The title that a person gave each story, by its id; of several the one given last."""
        titles: dict[str, HandTitle] = {}
        for title in self._corrections.titles:
            known = next((article for article in title.article_ids if article in self._story_of), None)
            if known is not None:
                titles[self._story_of[known]] = title
        return titles

    def _by_hand(self, story: Story, title: HandTitle | None) -> Story:
        """A story with what people corrected in it."""
        return dataclasses.replace(
            story,
            title=None if title is None else title.title,
            by_hand=any(article in self._bonds.of for article in story.article_ids),
        )

    def _changes(self, before: Mapping[str, str | None]) -> Changes:
        assigned = {article_id: self._story_of[article_id] for article_id in before}
        moved: dict[str, list[str]] = {}
        for article_id, old in before.items():
            if old is not None and old != assigned[article_id]:
                moved.setdefault(old, []).append(assigned[article_id])
        living = {cluster.id for cluster in self._open.values()} if moved else set()
        into = {old: tuple(dict.fromkeys([*([old] if old in living else []), *new])) for old, new in moved.items()}
        return Changes(
            assigned={article_id: now for article_id, now in assigned.items() if now != before[article_id]},
            merged={old: new[0] for old, new in into.items() if len(new) == 1},
            split={old: new for old, new in into.items() if len(new) > 1},
        )


def _seconds(article: Article) -> int | None:
    return None if article.published_at is None else int(article.published_at.timestamp())
