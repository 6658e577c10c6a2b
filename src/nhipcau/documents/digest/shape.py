"""What a printed digest is made of, read strictly: a key too many or too few is an error, never a gap on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping  # noqa: TC003 - the types are read when a digest is
from dataclasses import dataclass
from typing import Any

from nhipcau.documents.paper.shape import Edition, Foreign, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One article that a story rests on; ``url`` is None where nobody may follow it."""

    outlet: str
    country: str
    title: Foreign
    when: str
    url: str | None
    reprint: bool
    revised: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story. What an office wrote (``headline``, ``summary``, ``written_by``, ``note``) may be empty."""

    id: str
    number: int
    headline: str
    title: Foreign
    summary: str
    gist: Foreign
    gist_by: str
    written_by: list[str]
    note: str
    breadth: str
    when: str
    continued: bool
    articles: int
    outlets: int
    countries: int
    languages: int
    topics: list[str]
    score: float
    sources: list[Source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part: its heading, what the office wrote under it, its stories."""

    title: str
    paragraphs: list[str]
    stories: list[Story]


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """``12`` and ``12 items``."""

    value: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One value and how many items have it."""

    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """One table of numbers; ``key`` names the column of the articles that the codes stand in."""

    key: str
    title: str
    rows: list[Row]
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What was read and what became of it."""

    name: str
    count: int
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """What one input gave."""

    name: str
    documents: int
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the table of articles."""

    key: str
    label: str
    numeric: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """All of it. ``articles`` (``cells`` by column, ``link``) and ``rejections`` are read as they are gone through."""

    lang: str
    sample: bool
    kind: str
    title: str
    period: str
    day: str | None
    made_by: str
    edition: Edition | None
    totals: list[Total]
    highlights: list[str]
    sections: list[Section]
    nothing: str
    numbers: list[Numbers]
    method: list[str]
    counts: list[Count]
    inputs: list[Input]
    problems: list[str]
    columns: list[Column]
    articles: Iterable[Mapping[str, Any]]
    rejections: Iterable[Mapping[str, Any]]

    @property
    def stories(self) -> list[Story]:
        """In the order in which they are printed."""
        return [story for section in self.sections for story in section.stories]


def read_digest(plain: Mapping[str, Any]) -> Digest:
    """The digest that these plain values are, its texts fit for any paper (:mod:`nhipcau.documents.paper.cleaning`).

    Raises:
        ShapeError: naming the place.
    """
    digest: Digest = read(Digest, plain, "digest")
    return digest
