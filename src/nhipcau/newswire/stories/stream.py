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
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Self

from nhipcau.newswire.garbage import collected_seldom
from nhipcau.newswire.records import Changes, Corrections, Story
from nhipcau.newswire.state import read_state, write_state
from nhipcau.newswire.stories.clusters import Part, part_line, parts_from_lines
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
from nhipcau.newswire.stories.likeness import Voice
from nhipcau.newswire.stories.openstories import OpenStories
from nhipcau.newswire.stories.placing import place
from nhipcau.newswire.stories.regrouping import settle
from nhipcau.newswire.stories.termspace import TermSpace
from nhipcau.newswire.stories.thresholds import COMPARED, WINDOW_DAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from nhipcau.newswire.records import Article, HandTitle
    from nhipcau.newswire.state import Line

    Translate = Callable[[Sequence[Article]], Sequence[Article]]

_BATCH = 256
# Weights follow rarity: they are made anew when this share of what was known has come in addition. From so many
# articles on they change little: stories are not grouped otherwise, and the other share is enough.
_STALE, _KNOWN_WELL, _STALE_LATER = 0.3, 5_000, 1.0
# From so many on each keeps the weights that it came with, until it is saved: by then rarity is known.
_KNOWN_ENOUGH = 40_000

_KIND, _VERSION = "nhipcau-stories", 3
_DAY = 86_400
_AT_ONCE = 2_000
# So many of the heaviest terms of an article are kept as its text spells them, to say what stories share.
SPELT = 16


class StoryStream:
    """The stories now open, and those that closed since the stream was made or loaded.

    Args:
        window_days: how long after its last article a story stays open.
        translate: gives articles as they read in one language, each in its place; stories are then made of what it
            gives. Nothing of the kind ships, and nothing needs it.
    """

    def __init__(self, *, window_days: float = WINDOW_DAYS, translate: Translate | None = None) -> None:
        self.window_days = float(window_days)
        self._translate = translate
        self._space = TermSpace()
        self._arrived = 0
        self._unweighed = 0
        self._stories = OpenStories(self.window_days)
        self._reader = Reader()
        # Stories near a touched one, as found when articles were placed.
        self._near: dict[int, set[int]] = defaultdict(set)
        self._corrections = Corrections()

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
        self._corrections = corrections
        self._stories.bonds, self._stories.homes = Bonds(corrections), {}
        before: dict[str, str | None] = {}
        for stories in entangled(self._stories.clusters.values(), self._stories.bonds):
            parts = [part for cluster in stories for part in cluster.parts]
            self._stories.exchange(stories, divided(parts, self._stories.bonds, self._space), before)
        for cluster in self._stories.clusters.values():
            self._stories.name(cluster, before)
        touched = [
            number
            for number, cluster in self._stories.clusters.items()
            if any(part.id in ids for part in cluster.parts)
        ]
        self._near.clear()
        for number in touched:
            self._stories.clusters[number].grouped = 0
        settle(self._stories, touched, self._near, before)
        return self._changes(before)

    @collected_seldom()
    def add(self, articles: Iterable[Article]) -> Changes:
        """Put articles into stories, best in order of time; one that is already in a story stays there.

        ``assigned`` also names earlier articles that went into another story.
        """
        coming = iter(articles)
        before: dict[str, str | None] = {}
        while batch := list(islice(coming, _BATCH)):
            self._add_batch(
                {article.id: article for article in batch if article.id not in self._stories.story_of}, before
            )
        return self._changes(before)

    def stories(self) -> list[Story]:
        """All stories, in the order in which they were founded; ``novelty`` is the share of articles not loaded."""
        found = {
            **self._stories.closed,
            **{number: cluster.story() for number, cluster in self._stories.clusters.items()},
        }
        told = [found[number] for number in sorted(found)]
        if not self._corrections:
            return told
        titles = self._titles()
        return [self._by_hand(story, titles.get(story.id)) for story in told]

    def explained(self, story_id: str) -> Explanation | None:
        """Why an open story's articles are one; ``None`` where no open story has this id."""
        cluster = next((one for one in self._stories.clusters.values() if one.id == story_id), None)
        if cluster is None:
            return None
        near = self._stories.index.near(cluster.voices, COMPARED + 1)
        numbers = {number for found in near for number, _ in found} - {cluster.number}
        others = [
            self._stories.clusters[number] for number in sorted(numbers) if self._stories.clusters[number].languages
        ]
        found = Explanation(
            story_id, members_of(cluster), by_hand=any(part.id in self._stories.bonds.of for part in cluster.parts)
        )
        if not others:
            return found
        alike = [
            (likeness_between(cluster, other) * self._stories.nearness(cluster.span, other.span), other)
            for other in others
        ]
        likeness, nearest = max(alike, key=lambda pair: (pair[0], -pair[1].number))
        return dataclasses.replace(
            found,
            nearest_id=nearest.id,
            nearest_articles=tuple(part.id for part in nearest.parts),
            nearest_likeness=round(likeness, 4),
            nearest_shared=shared_by(cluster.voices, nearest.voices)[0],
            held_apart=self._stories.barred(cluster.parts, nearest.parts),
        )

    def save(self, file: Path) -> None:
        """Write the stories that the window still holds, and what was learned of terms; same state, same bytes."""
        self._stories.close_outside_window()
        self._weigh()
        parts = sum(len(cluster.parts) for cluster in self._stories.clusters.values())
        header = {"window_days": self.window_days, "arrived": self._arrived, "parts": parts}
        known = (part.id for cluster in self._stories.clusters.values() for part in cluster.parts)
        corrections = list(correction_lines(told_of(self._corrections, known)))
        if corrections:
            header["corrections"] = len(corrections)
        write_state(file, kind=_KIND, version=_VERSION, header=header, lines=self._lines(corrections))

    @classmethod
    def load(cls, file: Path, *, translate: Translate | None = None) -> Self:
        """The stream saved in ``file``; nothing in it is new.

        Raises:
            StateError: ``file`` is damaged, or of another kind or version.
            OSError: ``file`` cannot be read.
        """
        with read_state(file, kind=_KIND, version=_VERSION) as (header, lines):
            stream = cls(window_days=float(header["window_days"]), translate=translate)
            stream._arrived = int(header["arrived"])
            saved = list(islice(lines, int(header["parts"])))
            # A state written before there were corrections names none.
            stream._corrections = corrections_from_lines(islice(lines, int(header.get("corrections", 0))))
            stream._stories.bonds = Bonds(stream._corrections)
            stream._space.restore(lines)
            stream._stories.clusters = {cluster.number: cluster for cluster in parts_from_lines(saved, stream._space)}
            stream._stories.reindex()
        return stream

    def _add_batch(self, articles: Mapping[str, Article], before: dict[str, str | None]) -> None:
        if not articles:
            return
        read: Sequence[Article] = list(articles.values())
        if self._translate is not None:
            read = self._translate(read)
        if len(read) != len(articles):
            raise ValueError("a translator gives as many articles as it is given")
        batch = self._reader.read(read)
        self._space.learn(batch)
        times = [time for article in articles.values() if (time := _seconds(article)) is not None]
        if times:
            self._stories.close_before(min(times) - self.window_days * _DAY)
        self._unweighed += len(articles)
        touched = []
        known_well = self._space.articles >= _KNOWN_WELL
        if self._unweighed > (_STALE_LATER if known_well else _STALE) * self._space.articles:
            if self._space.articles < _KNOWN_ENOUGH:
                self._weigh()
            else:
                self._unweighed = 0
                self._stories.pack()
            if not known_well:
                touched = [number for number, cluster in self._stories.clusters.items() if len(cluster.parts) > 1]
        counts = self._space.most_telling(batch.counts)
        vectors = self._space.vectors(counts)
        voices = [
            Voice(own, vector, spelt=batch.spelt(place, vector.heaviest(SPELT)))
            for place, (own, vector) in enumerate(zip(counts, vectors, strict=True))
        ]
        self._stories.take_in(voices)
        self._near.clear()
        parts = [
            Part(article_id, number, _seconds(article), voice)
            for number, ((article_id, article), voice) in enumerate(
                zip(articles.items(), voices, strict=True), start=self._arrived + 1
            )
        ]
        self._arrived += len(parts)
        for part, number, others, unsure in place(self._stories, parts):
            self._near[number] |= others
            touched += [number] if unsure else []
            before[part.id] = None
        settle(self._stories, touched, self._near, before)

    def _weigh(self) -> None:
        """Make all weights anew by what is known of rarity now."""
        self._unweighed = 0
        voices = [voice for _, cluster in sorted(self._stories.clusters.items()) for voice in cluster.voices]
        for start in range(0, len(voices), _AT_ONCE):
            some = voices[start : start + _AT_ONCE]
            for voice, vector in zip(some, self._space.vectors([one.counts for one in some]), strict=True):
                voice.vector = vector
        self._stories.reindex()

    def _lines(self, corrections: Iterable[Line]) -> Iterator[Line]:
        for _, cluster in sorted(self._stories.clusters.items()):
            for part in cluster.parts:
                yield part_line(cluster, part)
        yield from corrections
        yield from self._space.lines()

    def _titles(self) -> dict[str, HandTitle]:
        """The title that a person gave each story, by its id; of several the one given last."""
        titles: dict[str, HandTitle] = {}
        for title in self._corrections.titles:
            known = next((article for article in title.article_ids if article in self._stories.story_of), None)
            if known is not None:
                titles[self._stories.story_of[known]] = title
        return titles

    def _by_hand(self, story: Story, title: HandTitle | None) -> Story:
        """A story with what people corrected in it."""
        return dataclasses.replace(
            story,
            title=None if title is None else title.title,
            by_hand=any(article in self._stories.bonds.of for article in story.article_ids),
        )

    def _changes(self, before: Mapping[str, str | None]) -> Changes:
        assigned = {article_id: self._stories.story_of[article_id] for article_id in before}
        moved: dict[str, list[str]] = {}
        for article_id, old in before.items():
            if old is not None and old != assigned[article_id]:
                moved.setdefault(old, []).append(assigned[article_id])
        living = {cluster.id for cluster in self._stories.clusters.values()} if moved else set()
        into = {old: tuple(dict.fromkeys([*([old] if old in living else []), *new])) for old, new in moved.items()}
        return Changes(
            assigned={article_id: now for article_id, now in assigned.items() if now != before[article_id]},
            merged={old: new[0] for old, new in into.items() if len(new) == 1},
            split={old: new for old, new in into.items() if len(new) > 1},
        )


def _seconds(article: Article) -> int | None:
    return None if article.published_at is None else int(article.published_at.timestamp())
