"""The stories now open: which articles are theirs, what they go by, and where the index finds them."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from nhipcau.newswire.records import Corrections
from nhipcau.newswire.state import present_rank
from nhipcau.newswire.stories.clusters import Cluster
from nhipcau.newswire.stories.corrections import Bonds
from nhipcau.newswire.stories.index import Index
from nhipcau.newswire.stories.likeness import Chorus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhipcau.newswire.records import Story
    from nhipcau.newswire.stories.clusters import Part
    from nhipcau.newswire.stories.likeness import Voice

_DAY = 86_400
_AT_ONCE = 2_000


class OpenStories:
    """The open stories.

    Attributes:
        window_days: how long after its last article a story stays open.
        clusters: by number.
        closed: those that closed, by number.
        story_of: the id of the story of each article.
        bonds: what corrections say of articles; ``homes`` has for each bond the number of the story that it is in.
        index, chorus: the articles that speak for them, by slot.
    """

    def __init__(self, window_days: float) -> None:
        self.window_days = window_days
        self.clusters: dict[int, Cluster] = {}
        self.closed: dict[int, Story] = {}
        self.story_of: dict[str, str] = {}
        self.bonds = Bonds(Corrections())
        self.homes: dict[int, int] = {}
        self.index, self.chorus = Index(), Chorus()
        # When anything was last heard of each story, or sooner, with its number: a heap.
        self._heard: list[tuple[int, int]] = []

    def take_in(self, voices: Sequence[Voice]) -> None:
        """Let the index know voices, that are of no story yet."""
        for start in range(0, len(voices), _AT_ONCE):
            some = voices[start : start + _AT_ONCE]
            self.chorus.add(some)
            for voice, slot in zip(some, self.index.add(some), strict=True):
                voice.slot = slot

    def join(self, part: Part, cluster: Cluster) -> int:
        """Put an article into a story; its number."""
        was_heard = cluster.last is not None
        cluster.take(part)
        if not was_heard:
            self._note_heard(cluster)
        if part.id in self.bonds.of:
            self.keep(cluster)
        else:
            self.story_of[part.id] = cluster.id
            self._speak(cluster, cluster.speaking[-1:])
        return cluster.number

    def barred(self, some: Sequence[Part], others: Sequence[Part]) -> bool:
        """Whether a person said that these articles are not of one story."""
        bonds = self.bonds
        return bool(bonds.apart) and bonds.bar(bonds.among(some), bonds.among(others))

    def nearness(self, one: tuple[int, int] | None, other: tuple[int, int] | None) -> float:
        """By the times of two stories: from 1 where they overlap down to a half at the window's end, and 0 after it.

        An article that comes late must be the more like its story: by then the same words tell of the next event.
        """
        if one is None or other is None:
            return 1.0
        gap = max(one[0] - other[1], other[0] - one[1], 0) / (self.window_days * _DAY)
        return 1 - gap / 2 if gap <= 1 else 0.0

    def exchange(
        self, old: list[Cluster], groups_of_parts: list[list[Part]], before: dict[str, str | None]
    ) -> set[int]:
        """Put new stories in the place of old ones; the numbers of both.

        A story goes on where its founder is; of several founders the first one names what they are in now.
        """
        founded = {cluster.number: cluster for cluster in old}
        new = set()
        for number in founded:
            del self.clusters[number]
        for parts in groups_of_parts:
            founder = min(parts, key=lambda part: (part.number not in founded, part.number))
            new.add(founder.number)
            cluster = founded.get(founder.number) or Cluster(founder, parts)
            if cluster.parts == parts and founder.number in founded:
                self.clusters[founder.number] = cluster
                continue
            cluster.parts = parts
            cluster.settle()
            self.name(cluster, before)
            self.keep(cluster)
        return {*founded, *new}

    def name(self, cluster: Cluster, before: dict[str, str | None]) -> None:
        """Give a story its id, and note of which story its articles were."""
        self.obey(cluster)
        for part in cluster.parts:
            if self.story_of[part.id] != cluster.id:
                before.setdefault(part.id, self.story_of[part.id])
                self.story_of[part.id] = cluster.id

    def obey(self, cluster: Cluster) -> None:
        """Let a story go by the id that corrections give it, and be the home of what they bound."""
        cluster.called = self.bonds.name_of(cluster)
        for bond in self.bonds.among(cluster.parts):
            self.homes[bond] = cluster.number

    def keep(self, cluster: Cluster) -> None:
        """Make a story, or what it has become, known by its articles, to the index as well."""
        self.clusters[cluster.number] = cluster
        self.obey(cluster)
        story_id = cluster.id
        for part in cluster.parts:
            self.story_of[part.id] = story_id
        self._speak(cluster, cluster.speaking)
        self._note_heard(cluster)

    def pack(self) -> None:
        """Make the index anew where most of it speaks for nothing any more."""
        if self.index.used > 2 * sum(len(cluster.speaking) for cluster in self.clusters.values()):
            self.reindex()

    def reindex(self) -> None:
        """Make the index anew from the open stories."""
        self.index, self.chorus, self._heard = Index(), Chorus(), []
        clusters = [cluster for _, cluster in sorted(self.clusters.items())]
        self.take_in([voice for cluster in clusters for voice in cluster.voices])
        for cluster in clusters:
            cluster.grouped = 0
            cluster.settle()
            self.keep(cluster)

    def close_before(self, time: float) -> None:
        """Close the stories that nothing was heard of since ``time``."""
        while self._heard and self._heard[0][0] < time:
            _, number = heappop(self._heard)
            cluster = self.clusters.get(number)
            if cluster is None or cluster.last is None:
                continue
            if cluster.last >= time:
                heappush(self._heard, (cluster.last, number))
                continue
            self.closed[number] = cluster.story()
            self.index.drop(cluster.slots)
            del self.clusters[number]

    def close_outside_window(self) -> None:
        """Close what the window no longer holds; undated articles count as read at the present, as articles tell it."""
        times = sorted(cluster.last for cluster in self.clusters.values() if cluster.last is not None)
        if not times:
            return
        present = times[present_rank(len(times))]
        for cluster in self.clusters.values():
            if cluster.last is None:
                heappush(self._heard, (present, cluster.number))
            cluster.read_at(present)
        self.close_before(present - self.window_days * _DAY)

    def _note_heard(self, cluster: Cluster) -> None:
        """Let a story be closed some time, unless nothing of it is dated."""
        if cluster.last is not None:
            heappush(self._heard, (cluster.last, cluster.number))

    def _speak(self, cluster: Cluster, parts: Iterable[Part]) -> None:
        """Let the index know what speaks for a story now, and what does so no more."""
        slots = [part.voice.slot for part in parts if part.voice is not None]
        self.index.settle(slots, cluster.number, len(cluster.speaking))
        if cluster.silenced:
            self.index.drop([voice.slot for voice in cluster.silenced])
            cluster.silenced.clear()
