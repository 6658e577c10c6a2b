"""What an office answered to a form. Plain data: JSON keeps it, the browser, Excel and the paper read the same.

Numbers are decimal text in the notation of the program (``1234.5``), so that JSON loses nothing. "None" (không có) is
an answer; no answer is no answer, and never zero.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: More than this many digits is a slip of the keyboard.
MOST_DIGITS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class PulledFigure:
    """What the rooms of the desk offered for a figure when it was pulled in: value, moment, and where it comes from."""

    value: str
    as_of: str
    #: ``(words, path on the desk)`` of each thing it is made of.
    sources: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureAnswer:
    """The answer to a figure.

    Attributes:
        value: the total, decimal text; empty where none is given.
        none: whether the answer is "none": it counts as answered, and as zero in a sum.
        by: axis -> choice -> decimal text; a breakdown that is begun adds up to the total.
        estimate: the part that is estimated for the days after the figures-as-of date, decimal text; within ``value``.
        comment: why it is missing, far from the usual, or other than what was pulled in.
        pulled: what the desk offered.
    """

    value: str = ""
    none: bool = False
    by: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    estimate: str = ""
    comment: str = ""
    pulled: PulledFigure | None = None

    @property
    def number(self) -> Decimal | None:
        """The total; zero for "none"; None where it is not given."""
        return Decimal(0) if self.none else number(self.value)

    @property
    def given(self) -> bool:
        """Whether it is answered."""
        return self.none or self.value != ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table: ``id`` stays the same while its cells change."""

    id: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableAnswer:
    """The rows of a table, in order; dates as ``2026-11-30``, numbers as decimal text, choices as their keys."""

    rows: tuple[Row, ...] = ()
    none: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Everything that an office answered; what is not there is not answered.

    Attributes:
        texts: item -> text.
        nones: texts and files of which the answer is "none".
        figures: item -> answer.
        tables: item -> rows.
        files: item -> keys of attachments of the report.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    nones: frozenset[str] = frozenset()
    figures: Mapping[str, FigureAnswer] = field(default_factory=dict)
    tables: Mapping[str, TableAnswer] = field(default_factory=dict)
    files: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def figure(self, key: str) -> FigureAnswer:
        """The answer to a figure; an empty one where there is none."""
        return self.figures.get(key) or FigureAnswer()

    def table(self, key: str) -> TableAnswer:
        """The rows of a table; none where there is no answer."""
        return self.tables.get(key) or TableAnswer()

    def cells(self) -> Iterator[tuple[str, str, str, Decimal]]:
        """Every number as ``(figure, axis, choice, value)``; axis and choice are empty for the total."""
        for key, answer in self.figures.items():
            total = answer.number
            if total is not None:
                yield key, "", "", total
            for axis, choices in answer.by.items():
                for choice, text in choices.items():
                    value = number(text)
                    if value is not None:
                        yield key, axis, choice, value

    def to_plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "texts": dict(self.texts),
            "nones": sorted(self.nones),
            "figures": {key: asdict(answer) for key, answer in self.figures.items()},
            "tables": {key: asdict(answer) for key, answer in self.tables.items()},
            "files": {key: list(keys) for key, keys in self.files.items()},
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_plain` wrote."""
        return cls(
            texts=dict(plain.get("texts", {})),
            nones=frozenset(plain.get("nones", ())),
            figures={key: _figure(answer) for key, answer in plain.get("figures", {}).items()},
            tables={key: _table(answer) for key, answer in plain.get("tables", {}).items()},
            files={key: tuple(keys) for key, keys in plain.get("files", {}).items()},
        )


def number(text: str) -> Decimal | None:
    """The number that decimal text says; None for no text.

    Raises:
        ValueError: it is no finite number, or longer than anybody counts.
    """
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not value.is_finite() or value.adjusted() >= MOST_DIGITS:
        raise ValueError(text)
    return value


def _figure(plain: Mapping[str, Any]) -> FigureAnswer:
    pulled = plain.get("pulled")
    if pulled is not None:
        sources = tuple((str(words), str(path)) for words, path in pulled.get("sources", ()))
        pulled = PulledFigure(value=pulled["value"], as_of=pulled["as_of"], sources=sources)
    by = {axis: dict(choices) for axis, choices in plain.get("by", {}).items()}
    return FigureAnswer(**{**plain, "by": by, "pulled": pulled})


def _table(plain: Mapping[str, Any]) -> TableAnswer:
    rows = tuple(Row(id=row["id"], cells=dict(row["cells"])) for row in plain.get("rows", ()))
    return TableAnswer(rows=rows, none=plain.get("none", False))
