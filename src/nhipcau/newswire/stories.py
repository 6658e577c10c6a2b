"""Stories: articles about one event, found as articles come in.

A story is as like an article as its members are on average (average linkage; pairs across languages count half), and at
least half of them must be like it one by one: a quorum, so that nothing chains. An article joins the story most like
it, or founds one. After each batch, the stories it touched are grouped afresh with those around them, by average
linkage over their articles, and all of them whenever weights were made anew: what fell together too early comes apart,
what belongs together meets, and the order of arrival matters little.

What people correct by hand is obeyed when articles are placed and whenever stories are grouped afresh: articles bound
together are one story however unlike, groups held apart are never one however alike.

Memory is bounded by the story: its first and latest articles speak for it, each by its most telling terms. Texts are
not kept. No clock is asked: time is the articles' own.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from itertools import combinations, islice
from typing import TYPE_CHECKING, Self

import numpy as np

from nhipcau.newswire.clusters import Cluster, Part, Voice, pair_row, pair_tables, part_line, parts_from_lines
from nhipcau.newswire.corrections import (
    Bonds,
    correction_lines,
    corrections_from_lines,
    divided,
    entangled,
    told_of,
)
from nhipcau.newswire.features import features_of
from nhipcau.newswire.linkage import groups
from nhipcau.newswire.records import Changes, Corrections, Story
from nhipcau.newswire.state import present_rank, read_state, write_state
from nhipcau.newswire.termspace import TermSpace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from nhipcau.newswire.records import Article, HandTitle
    from nhipcau.newswire.state import Line
    from nhipcau.newswire.termspace import Counts

#: A story that nothing was added to for so long is over; what comes after is another one.
WINDOW_DAYS = 7

# Chosen, in steps of 0.01, for the best BCubed F1 on topics 1 to 16 of the ECB+ articles, and on nothing else.
JOINED = 0.18
# One by one, half of a story's articles must be at least this like a new one. On ECB+ this never decides, because small
# stories are grouped afresh; it keeps a large one from being joined through a few of its articles.
ALIKE, QUORUM = 0.12, 0.5
# Stories this like a touched one, as a share of JOINED, are grouped afresh with it, up to so many articles.
AROUND, MOST_AT_ONCE = 0.6, 96

# Stories are found by their heaviest terms; of those found, the ones that share most are compared.
_POSTED = 96
_COMPARED = 64
_BATCH = 256
# Weights follow rarity: they are made anew when this share of what was known has come in addition.
_STALE = 0.3

_KIND, _VERSION = "nhipcau-stories", 1
_DAY = 86_400


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
        self._postings: dict[int, list[int]] = {}
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
            for cluster in parts_from_lines(saved, stream._space):
                stream._keep(cluster)
        return stream

    def _add_batch(self, articles: Mapping[str, Article], before: dict[str, str | None]) -> None:
        counted = {article_id: self._space.learn(features_of(article)) for article_id, article in articles.items()}
        times = [time for article in articles.values() if (time := _seconds(article)) is not None]
        if times:
            self._close_before(min(times) - self.window_days * _DAY)
        self._unweighed += len(articles)
        touched = []
        if self._unweighed > _STALE * self._space.articles:
            self._weigh()
            touched = [number for number, cluster in self._open.items() if len(cluster.parts) > 1]
        for article_id, article in articles.items():
            touched.append(self._place(self._part(article, counted[article_id])))
            before[article_id] = None
        self._settle(touched, before)

    def _settle(self, touched: Iterable[int], before: dict[str, str | None]) -> None:
        """Group stories afresh with those around them, each once."""
        settled: set[int] = set()
        for number in touched:
            if number not in settled and number in self._open:
                settled |= self._group_around(self._open[number], before)

    def _part(self, article: Article, counted: Counts) -> Part:
        counts = self._space.most_telling(counted)
        self._arrived += 1
        return Part(article.id, self._arrived, _seconds(article), Voice(counts, self._space.vector(counts)))

    def _place(self, part: Part) -> int:
        """Put an article into the story most like it, or let it found one; the number of that story."""
        alone = Cluster(part, [part])
        (voice,) = alone.voices
        home = self._open.get(self._homes.get(self._bonds.of.get(part.id, 0), 0))
        if home is not None:
            return self._join(part, home)
        for likeness, cluster in self._around(alone):
            if likeness >= JOINED and self._has_quorum(voice, cluster) and not self._barred(alone, cluster):
                return self._join(part, cluster)
        self._keep(alone)
        return alone.number

    def _join(self, part: Part, cluster: Cluster) -> int:
        cluster.parts.append(part)
        cluster.settle()
        self._keep(cluster)
        return cluster.number

    def _barred(self, one: Cluster, other: Cluster) -> bool:
        """Whether a person said that they are not one story."""
        bonds = self._bonds
        return bool(bonds.apart) and bonds.bar(bonds.among(one.parts), bonds.among(other.parts))

    def _has_quorum(self, voice: Voice, cluster: Cluster) -> bool:
        products, pairs = pair_row(voice, cluster.voices, self._space)
        return bool(np.mean(products / pairs >= ALIKE) >= QUORUM)

    def _around(self, cluster: Cluster) -> list[tuple[float, Cluster]]:
        """The open stories near a story with their likeness to it, most alike first."""
        hits: Counter[int] = Counter()
        for term in cluster.centre.heaviest(_POSTED).tolist():
            hits.update(self._postings.get(term, ()))
        del hits[cluster.number]
        # A story of which a hand left nothing but articles that speak no more is like none.
        open_hits = [number for number in hits if number in self._open and self._open[number].languages]
        nearest = sorted(open_hits, key=lambda number: (-hits[number], number))[:_COMPARED]
        others = [self._open[number] for number in nearest]
        products = self._space.products(cluster.centre, [other.centre for other in others])
        found = [
            (round(product / cluster.pairs(other.languages) * self._nearness(cluster, other), 6), other)
            for product, other in zip(products, others, strict=True)
        ]
        return sorted(
            ((likeness, other) for likeness, other in found if likeness >= AROUND * JOINED),
            key=lambda pair: (-pair[0], pair[1].number),
        )

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
        for likeness, other in self._around(cluster):
            if not (cluster.whole and other.whole):
                # Of a story so large that not all its articles speak, only the sum can be compared.
                if likeness >= JOINED and not self._barred(cluster, other):
                    return self._exchange([cluster, other], [[*cluster.parts, *other.parts]], before)
            elif size + len(other.parts) <= MOST_AT_ONCE:
                chosen.append(other)
                size += len(other.parts)
        if size == 1 or not cluster.whole:
            return {cluster.number}
        parts = [part for one in chosen for part in one.parts]
        owners = [one for one in chosen for _ in one.parts]
        products, pairs = pair_tables([voice for one in chosen for voice in one.voices], self._space)
        nearness = {(a.number, b.number): self._nearness(a, b) for a in chosen for b in chosen}
        products *= np.array([[nearness[a.number, b.number] for b in owners] for a in owners])
        together, apart = self._by_place(parts)
        grouped = groups(products, pairs, JOINED, together=together, apart=apart)
        return self._exchange(chosen, [[parts[i] for i in group] for group in grouped], before)

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
        """Make a story, or what it has become, known by its articles and its heaviest terms."""
        self._open[cluster.number] = cluster
        self._obey(cluster)
        story_id = cluster.id
        for part in cluster.parts:
            self._story_of[part.id] = story_id
        wanted = np.sort(cluster.centre.heaviest(_POSTED))
        for term in np.setdiff1d(wanted, cluster.posted, assume_unique=True).tolist():
            self._postings.setdefault(term, []).append(cluster.number)
        cluster.posted = np.union1d(wanted, cluster.posted)

    def _weigh(self) -> None:
        """Make all weights anew by what is known of rarity now."""
        self._unweighed = 0
        self._postings = {}
        for cluster in self._open.values():
            for voice in cluster.voices:
                voice.vector = self._space.vector(voice.counts)
            cluster.settle()
            cluster.posted = np.empty(0, np.uint32)
            self._keep(cluster)

    def _close_before(self, time: float) -> None:
        """Close the stories that nothing was heard of since ``time``."""
        for number, cluster in list(self._open.items()):
            if cluster.last is not None and cluster.last < time:
                self._closed[number] = cluster.story()
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
