"""A story while it grows: its articles, those of them that speak for it, and how like another story it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from nhipcau.newswire.records import Story
from nhipcau.newswire.stories.features import Counts
from nhipcau.newswire.stories.likeness import ACROSS, Voice
from nhipcau.newswire.stories.termspace import Vector, total

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.newswire.state import Line
    from nhipcau.newswire.stories.termspace import TermSpace

#: As many first and as many latest articles speak for a story; the first keep it from drifting to another event.
FIRST, LATEST = 16, 16


@dataclass(slots=True, eq=False)
class Part:
    """An article in a story.

    Attributes:
        number: its place in the order of arrival.
        seen: when it was published, in seconds since 1970 (UTC).
        voice: while it speaks for the story; ``centrality`` is its last one after that.
        read: for an undated one, the present at the end of the run that read it.
        new: it came after the state was loaded.
    """

    id: str
    number: int
    seen: int | None
    voice: Voice | None
    centrality: float = 1.0
    read: int | None = None
    new: bool = True

    @property
    def span(self) -> tuple[int, int] | None:
        """The time from when to when it tells of anything, as a story has it; none of an undated one."""
        return None if self.seen is None else (self.seen, self.seen)


@dataclass(slots=True, eq=False)
class Cluster:
    """A story: its articles in order of arrival, and the one that founded it and gives it its id.

    ``speaking`` are the articles that speak for it; ``span`` are the times of its dated articles; ``last`` when
    anything was last heard of it; ``called`` the id that a person's correction gives it; ``grouped`` is how large it
    was when last grouped; ``silenced`` are voices that speak no more since anybody took note of it.
    """

    founder: Part
    parts: list[Part]
    called: str | None = None
    speaking: list[Part] = field(init=False)
    languages: Counter[str] = field(init=False)
    span: tuple[int, int] | None = field(init=False)
    last: int | None = field(init=False)
    grouped: int = 0
    silenced: list[Voice] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.settle()

    @property
    def number(self) -> int:
        """The founder's place in the order of arrival."""
        return self.founder.number

    @property
    def id(self) -> str:
        """Made from the founder's id, but where a correction says otherwise."""
        return self.called or story_id(self.founder.id)

    @property
    def voices(self) -> list[Voice]:
        """Of the articles that speak for the story, in order of arrival."""
        return [part.voice for part in self.speaking if part.voice is not None]

    @property
    def slots(self) -> list[int]:
        """Where the index has its voices."""
        return [voice.slot for voice in self.voices]

    @property
    def centre(self) -> Vector:
        """The sum of its voices."""
        return total([voice.vector for voice in self.voices])

    @property
    def whole(self) -> bool:
        """Every article still speaks for it, so that it can be taken apart."""
        return len(self.speaking) == len(self.parts)

    def settle(self) -> None:
        """Take in that its articles changed; only first and latest ones go on speaking for it."""
        self.parts.sort(key=attrgetter("number"))
        self.speaking = [part for part in self.parts if part.voice is not None]
        self.languages = Counter(voice.counts.language for voice in self.voices)
        self._silence()
        times = [part.seen for part in self.parts if part.seen is not None]
        self.span = (min(times), max(times)) if times else None
        self.last = max((*times, *(part.read for part in self.parts if part.read is not None)), default=None)

    def take(self, part: Part) -> None:
        """Take in an article that came after all of its own; as :meth:`settle`, without looking at the others."""
        self.parts.append(part)
        if part.voice is not None:
            self.speaking.append(part)
            self.languages[part.voice.counts.language] += 1
            self._silence()
        if part.seen is not None:
            first, last = self.span or (part.seen, part.seen)
            self.span = (min(first, part.seen), max(last, part.seen))
        self.last = max((time for time in (self.last, part.seen, part.read) if time is not None), default=None)

    def _silence(self) -> None:
        """Let those speak no more that are neither first nor latest."""
        silenced = self.speaking[FIRST:-LATEST]
        if silenced:
            centre = self.centre
            for part, voice in zip(silenced, self.voices[FIRST:-LATEST], strict=True):
                self.silenced.append(voice)
                self.languages[voice.counts.language] -= 1
                part.centrality = _centrality(part, centre)
                part.voice = None
            self.languages = +self.languages
            self.speaking = self.speaking[:FIRST] + self.speaking[-LATEST:]

    def read_at(self, present: int) -> None:
        """Note for undated articles that they were read at this time, unless it is known already."""
        for part in self.parts:
            if part.seen is None and part.read is None:
                part.read = present
                self.last = max(present, self.last or present)

    def pairs(self, languages: Counter[str]) -> float:
        """How much all pairs of its voices with others in these languages count."""
        same = sum(count * self.languages[language] for language, count in languages.items())
        return same + ACROSS * (languages.total() * self.languages.total() - same)

    def story(self) -> Story:
        """The story as the rest of the engine knows it."""
        centre = self.centre
        ordered = sorted(self.parts, key=lambda part: (part.seen is None, part.seen or 0, part.number))
        return Story(
            id=self.id,
            article_ids=tuple(part.id for part in ordered),
            first_seen=None if self.span is None else datetime.fromtimestamp(self.span[0], UTC),
            last_seen=None if self.span is None else datetime.fromtimestamp(self.span[1], UTC),
            centrality={part.id: _centrality(part, centre) for part in ordered},
            novelty=round(sum(part.new for part in self.parts) / len(self.parts), 4),
        )


def _centrality(part: Part, centre: Vector) -> float:
    """The cosine of an article and the centre of its story."""
    if part.voice is None:
        return part.centrality
    vector = part.voice.vector
    places = np.minimum(np.searchsorted(centre.terms, vector.terms), max(len(centre.terms) - 1, 0))
    both = np.flatnonzero(centre.terms[places] == vector.terms)
    product = float(np.sum(centre.weights[places[both]] * vector.weights[both], dtype=np.float64))
    lengths = centre.length * vector.length
    return round(min(product / lengths, 1.0), 4) if lengths else 1.0


def story_id(founder: str) -> str:
    """The id of a story that this article founded: sixteen hexadecimal digits."""
    return blake2b(founder.encode(errors="surrogatepass"), digest_size=8, person=b"story").hexdigest()


def part_line(cluster: Cluster, part: Part) -> Line:
    """A part as a line of the saved state."""
    line: list[Any] = [cluster.number, part.id, part.number, part.seen, part.read, part.centrality]
    if part.voice is not None:
        counts = part.voice.counts
        columns = (counts.terms, counts.times, counts.kinds, counts.leading.astype(np.uint8))
        line += [counts.language, *(column.tolist() for column in columns), sorted(part.voice.spelt.items())]
    return line


def parts_from_lines(lines: Iterable[Any], space: TermSpace) -> list[Cluster]:
    """The clusters that :func:`part_line` told of; raises ``ValueError`` or ``TypeError`` for anything else."""
    found: dict[int, list[Part]] = {}
    spoken_for: list[tuple[Part, dict[int, str]]] = []
    all_counts: list[Counts] = []
    for cluster, article, number, seen, read, centrality, *spoken in lines:
        part = Part(str(article), int(number), _time(seen), None, float(centrality), read=_time(read), new=False)
        if spoken:
            language, terms, times, kinds, leading, spelt = spoken
            all_counts.append(
                Counts(
                    str(language),
                    np.array(terms, np.uint32),
                    np.array(times, np.uint16),
                    np.array(kinds, np.uint8),
                    np.array(leading, np.bool_),
                ).checked()
            )
            spoken_for.append((part, {int(term): str(text) for term, text in spelt}))
        found.setdefault(int(cluster), []).append(part)
    for (part, spelt), counts, vector in zip(spoken_for, all_counts, space.vectors(all_counts), strict=True):
        part.voice = Voice(counts, vector, spelt=spelt)
    return [Cluster({part.number: part for part in parts}[number], parts) for number, parts in found.items()]


def _time(value: Any) -> int | None:
    """Seconds that a ``datetime`` can hold; raises ``ValueError``, ``TypeError`` or ``OverflowError`` for others."""
    return None if value is None else int(datetime.fromtimestamp(int(value), UTC).timestamp())
