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
from nhipcau.newswire.termspace import Counts, Terms, Vector, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from nhipcau.newswire.state import Line
    from nhipcau.newswire.termspace import TermSpace

#: As many first and as many latest articles speak for a story; the first keep it from drifting to another event.
FIRST, LATEST = 16, 16

# Two articles in different languages have only names to agree in: the pair counts half, and so does what it adds.
_ACROSS = 0.5


@dataclass(slots=True, eq=False)
class Voice:
    """What an article says for its story: its terms, and their weights as last made."""

    counts: Counts
    vector: Vector


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


@dataclass(slots=True, eq=False)
class Cluster:
    """A story: its articles in order of arrival, and the one that founded it and gives it its id.

    ``posted`` are the terms under which the stream looks it up, ascending; ``span`` the times of its dated articles;
    ``last`` when anything was last heard of it; ``called`` the id that a person's correction gives it.
    """

    founder: Part
    parts: list[Part]
    called: str | None = None
    posted: Terms = field(default_factory=lambda: np.empty(0, np.uint32))
    centre: Vector = field(init=False)
    languages: Counter[str] = field(init=False)
    span: tuple[int, int] | None = field(init=False)
    last: int | None = field(init=False)

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
        return [part.voice for part in self.parts if part.voice is not None]

    @property
    def whole(self) -> bool:
        """Every article still speaks for it, so that it can be taken apart."""
        return all(part.voice is not None for part in self.parts)

    def settle(self) -> None:
        """Find its centre again after its articles changed; only first and latest ones go on speaking for it."""
        self.parts.sort(key=attrgetter("number"))
        self.centre = total([voice.vector for voice in self.voices])
        silenced = [part for part in self.parts if part.voice is not None][FIRST:-LATEST]
        for part in silenced:
            part.centrality = self._centrality(part)
            part.voice = None
        if silenced:
            self.centre = total([voice.vector for voice in self.voices])
        self.languages = Counter(voice.counts.language for voice in self.voices)
        times = [part.seen for part in self.parts if part.seen is not None]
        self.span = (min(times), max(times)) if times else None
        self.last = max((*times, *(part.read for part in self.parts if part.read is not None)), default=None)

    def read_at(self, present: int) -> None:
        """Note for undated articles that they were read at this time, unless it is known already."""
        for part in self.parts:
            if part.seen is None and part.read is None:
                part.read = present
                self.last = max(present, self.last or present)

    def pairs(self, languages: Counter[str]) -> float:
        """How much all pairs of its voices with others in these languages count."""
        same = sum(count * self.languages[language] for language, count in languages.items())
        return same + _ACROSS * (languages.total() * self.languages.total() - same)

    def story(self) -> Story:
        """The story as the rest of the engine knows it."""
        ordered = sorted(self.parts, key=lambda part: (part.seen is None, part.seen or 0, part.number))
        return Story(
            id=self.id,
            article_ids=tuple(part.id for part in ordered),
            first_seen=None if self.span is None else datetime.fromtimestamp(self.span[0], UTC),
            last_seen=None if self.span is None else datetime.fromtimestamp(self.span[1], UTC),
            centrality={part.id: self._centrality(part) for part in ordered},
            novelty=round(sum(part.new for part in self.parts) / len(self.parts), 4),
        )

    def _centrality(self, part: Part) -> float:
        """The cosine of an article and the centre."""
        if part.voice is None:
            return part.centrality
        vector = part.voice.vector
        _, ours, its = np.intersect1d(self.centre.terms, vector.terms, assume_unique=True, return_indices=True)
        product = float(np.sum(self.centre.weights[ours] * vector.weights[its], dtype=np.float64))
        lengths = self.centre.length * vector.length
        return round(min(product / lengths, 1.0), 4) if lengths else 1.0


def story_id(founder: str) -> str:
    """The id of a story that this article founded: sixteen hexadecimal digits."""
    return blake2b(founder.encode(errors="surrogatepass"), digest_size=8, person=b"story").hexdigest()


def pair_row(
    voice: Voice, others: Sequence[Voice], space: TermSpace
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What one voice and each of some others add to a likeness, and how much each pair counts."""
    products = space.products(voice.vector, [other.vector for other in others])
    language = voice.counts.language
    pairs = [1.0 if language == other.counts.language else _ACROSS for other in others]
    return np.array(products), np.array(pairs)


def pair_tables(voices: Sequence[Voice], space: TermSpace) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """:func:`pair_row` for each of some voices against all of them."""
    rows = [pair_row(voice, voices, space) for voice in voices]
    return np.array([products for products, _ in rows]), np.array([pairs for _, pairs in rows])


def part_line(cluster: Cluster, part: Part) -> Line:
    """A part as a line of the saved state."""
    line: list[Any] = [cluster.number, part.id, part.number, part.seen, part.read, part.centrality]
    if part.voice is not None:
        counts = part.voice.counts
        line += [counts.language, counts.terms.tolist(), counts.times.tolist(), counts.named.astype(int).tolist()]
    return line


def parts_from_lines(lines: Iterable[Any], space: TermSpace) -> list[Cluster]:
    """The clusters that :func:`part_line` told of; raises ``ValueError`` or ``TypeError`` for anything else."""
    found: dict[int, list[Part]] = {}
    for cluster, article, number, seen, read, centrality, *spoken in lines:
        part = Part(str(article), int(number), _time(seen), None, float(centrality), read=_time(read), new=False)
        if spoken:
            language, terms, times, named = spoken
            counts = Counts(
                str(language), np.array(terms, np.uint32), np.array(times, np.uint16), np.array(named, np.bool_)
            )
            part.voice = Voice(counts, space.vector(counts))
        found.setdefault(int(cluster), []).append(part)
    return [Cluster({part.number: part for part in parts}[number], parts) for number, parts in found.items()]


def _time(value: Any) -> int | None:
    """Seconds that a ``datetime`` can hold; raises ``ValueError``, ``TypeError`` or ``OverflowError`` for others."""
    return None if value is None else int(datetime.fromtimestamp(int(value), UTC).timestamp())
