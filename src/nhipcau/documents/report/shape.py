"""What a printed report is made of, read strictly: a key too many or too few is an error, never a gap on paper.

Numbers are decimal text in the notation of the program (``1234.5``); None where there is none, which is never zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping  # noqa: TC003 - the types are read when a report is
from dataclasses import dataclass
from typing import Any

from nhipcau.documents.paper.shape import Edition, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Sentences that have one source: their text, and the offices that they come from; none for words of its own."""

    text: str
    offices: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An answer, or what was made of the answers of many: its heading and its paragraphs, each of pieces said."""

    title: str
    paragraphs: list[list[Said]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Where the offices' values of a number stand: which annex, which of its columns, and that of the estimates."""

    annex: int
    column: int
    estimated: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A total, or one choice of a breakdown of it.

    Attributes:
        label: what is counted; of a breakdown the choice.
        axis: what it is broken down by; empty for the total.
        unit: of what.
        value: the number.
        estimated: how much of it is estimated; None for nothing.
        before: of the compared period, of the same offices on the same map; None where it cannot be compared.
        change: against ``before``, in words: ``+12 (+4,5 %)``, or why there is none.
        offices: how many offices have it.
        comment: what is said of it.
        cells: None where the report has no annex.
    """

    label: str
    axis: str
    unit: str
    value: str | None
    estimated: str | None
    before: str | None
    change: str
    offices: int
    comment: str
    cells: Cells | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A total and its breakdowns."""

    total: Number
    parts: list[Number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table."""

    label: str
    numeric: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a row for each activity; numbers as decimal text."""

    title: str
    columns: list[Column]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the form: ``number`` as the official one has it."""

    number: str
    title: str
    texts: list[Text]
    figures: list[Figure]
    tables: list[Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """Values office by office. ``rows`` are ``(texts by head, values by column)``; ``totals`` what they add up to."""

    title: str
    heads: list[str]
    columns: list[str]
    rows: Iterable[tuple[list[str], list[str | None]]]
    totals: list[str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All of it.

    Attributes:
        lead: what stands under the title, before the sections.
        compared: heading of the column of the compared period; empty where nothing is compared.
        cited: whether each sentence names its office.
        method: how it was made, sentence by sentence.
        lists: more for the method note: heading -> lines, as the offices that are not in.
        annexes: for Excel.
        activities: tables of all offices, for Excel.
    """

    lang: str
    sample: bool
    kind: str
    title: str
    period: str
    day: str | None
    made_by: str
    edition: Edition | None
    lead: list[str]
    sections: list[Section]
    compared: str
    cited: bool
    method: list[str]
    lists: list[Table]
    annexes: list[Annex]
    activities: list[Table]


def read_report(plain: Mapping[str, Any]) -> Report:
    """The report that these plain values are, its texts fit for any paper.

    Raises:
        ShapeError: naming the place.
    """
    report: Report = read(Report, plain, "report")
    return report
