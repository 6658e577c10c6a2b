"""A form with its answers as screens show them: to be filled in, or as submitted. Built once, drawn by templates.

Nothing here writes. Numbers are shown as the reader's language has them; paths are those of
:mod:`nhipcau.documents.forms.flat`, and name the fields, the problems and the comments alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext

from nhipcau.documents.forms import FigureItem, FileItem, TableItem, TextItem
from nhipcau.documents.forms.answers import number
from nhipcau.documents.forms.checking import counted, problems
from nhipcau.documents.forms.flat import flatten
from nhipcau.reporting.consolidated_annexes import cell_words
from nhipcau.reporting.usual import unusual
from nhipcau.text import format_number
from nhipcau.text.staleness import kept_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nhipcau.documents.forms import Answers, Axis, Column, Form, Item, PulledFigure, Row, Section
    from nhipcau.reporting.usual import Unusual
    from nhipcau.text.staleness import Kept
    from nhipcau.workspace.models import Attachment


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One field: where it is, what it is called, what is in it as the reader writes it, and as it is read.

    A field of a date holds ``2026-11-30``, one of a choice its key; ``said`` is the date and the choice as people read
    them.
    """

    path: str
    label: str
    value: str
    wrong: Sequence[str] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class ShownAxis:
    """A breakdown of a figure: its choices, what they add up to, and what is wrong with that."""

    axis: Axis
    path: str
    cells: Sequence[ShownCell]
    total: str
    wrong: Sequence[str] = ()

    @property
    def begun(self) -> bool:
        """Whether anything is in it."""
        return any(cell.value for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a table: the column of each cell, and the cell."""

    id: str
    cells: Sequence[tuple[Column, ShownCell, Sequence[tuple[str, str]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """An item of the form with its answer; what does not belong to its kind is empty."""

    item: Item
    path: str
    value: str = ""
    none: bool = False
    comment: str = ""
    estimate: str = ""
    axes: Sequence[ShownAxis] = ()
    pulled: PulledFigure | None = None
    pulled_value: str = ""
    counted: str = ""
    rows: Sequence[ShownRow] = ()
    files: Sequence[Attachment] = ()
    wrong: Sequence[str] = ()
    remarks: Sequence[str] = ()
    kept: Kept | None = None
    before: str = ""
    unusual: Unusual | None = None
    threads: Sequence[Any] = ()

    @property
    def untouched(self) -> bool:
        """Whether nothing is answered yet: what is missing then is no mistake."""
        return not (self.value or self.none or self.comment or self.rows or self.files) and not any(
            axis.begun for axis in self.axes
        )

    @property
    def more(self) -> bool:
        """Whether something stands below the total that should be in sight."""
        if self.untouched:
            return False
        return bool(self.comment or self.estimate or self.wrong or any(axis.begun or axis.wrong for axis in self.axes))

    @property
    def wrong_within(self) -> list[str]:
        """What is wrong in its breakdowns and in the rows of a table, each sentence by itself."""
        found = []
        for axis in self.axes:
            found += axis.wrong
            found += [f"{cell.label}: {sentence}" for cell in axis.cells for sentence in cell.wrong]
        return found + [
            sentence for row in self.rows for _column, cell, _choices in row.cells for sentence in cell.wrong
        ]

    @property
    def speaks(self) -> bool:
        """Whether anything is to be said of it below its answer; of most items of a form there is nothing."""
        beside = self.remarks or self.kept or self.counted or self.before or self.unusual
        return bool(self.wrong or beside or self.wrong_within)

    @property
    def wrong_in_rows(self) -> int:
        """How many cells of its rows are wrong."""
        return sum(bool(cell.wrong) for row in self.rows for _column, cell, _choices in row.cells)


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A part of the form with its items."""

    section: Section
    items: Sequence[ShownItem]

    @property
    def wrong(self) -> int:
        """How many things in it keep the report from being submitted."""
        return sum(
            len(item.wrong) + item.wrong_in_rows + sum(len(axis.wrong) + _wrong_in(axis) for axis in item.axes)
            for item in self.items
        )


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What is shown beside the answers.

    Attributes:
        texts: the texts of the period before, by item.
        values: the office's earlier totals by figure, the last first.
        files: the files of the draft or of the submission, by key.
        threads: the line comments by place.
        judged: whether problems are said; a submission that was taken has none to say.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Sequence[Decimal]] = field(default_factory=dict)
    files: Mapping[int, Attachment] = field(default_factory=dict)
    threads: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    judged: bool = False


def shown(form: Form, answers: Answers, beside: Beside | None = None) -> list[ShownSection]:
    """Every part of the form with what is answered, what is wrong with it, and what stands beside it."""
    return _Shower(form, answers, beside or Beside()).sections()


def printed(text: str) -> str:
    """Decimal text as the reader's language has numbers; what is no number as it was typed."""
    try:
        value = number(text)
    except ValueError:
        return text
    return "" if value is None else format_number(value, get_language() or "vi")


class _Shower:
    """The answers of one form while they are put into words."""

    def __init__(self, form: Form, answers: Answers, beside: Beside) -> None:
        self.form, self.answers, self.beside = form, answers, beside
        self.fields = flatten(answers)
        self.wrong: dict[str, list[str]] = {}
        self.remarks: dict[str, list[str]] = {}
        if beside.judged:
            for problem in problems(form, answers, lang=get_language() or "vi"):
                said = self.wrong if problem.strict else self.remarks
                said.setdefault(problem.place, []).append(problem.sentence.told(gettext))

    def sections(self) -> list[ShownSection]:
        return [ShownSection(section, [self._item(item) for item in section.items]) for section in self.form.sections]

    def _item(self, item: Item) -> ShownItem:
        match item:
            case TextItem():
                return self._text(item)
            case FigureItem():
                return self._figure(item)
            case TableItem():
                return self._table(item)
            case FileItem():
                return self._files(item)

    def _common(self, path: str) -> dict[str, Any]:
        return {
            "path": path,
            "wrong": self.wrong.get(path, ()),
            "remarks": self.remarks.get(path, ()),
            "threads": self.beside.threads.get(path, ()),
        }

    def _text(self, item: TextItem) -> ShownItem:
        text = self.answers.texts.get(item.key, "")
        before = self.beside.texts.get(item.key, "")
        kept = kept_of(before, text) if before and text else None
        return ShownItem(
            item=item,
            value=text,
            none=item.key in self.answers.nones,
            kept=kept if kept and kept.percent else None,
            before=before,
            **self._common(f"texts.{item.key}"),
        )

    def _figure(self, item: FigureItem) -> ShownItem:
        path, answer = f"figures.{item.key}", self.answers.figure(item.key)
        before = list(self.beside.values.get(item.key, ()))
        total = _number_or_none(answer.value) if not answer.none else Decimal(0)
        by_table = counted(item, self.answers)
        return ShownItem(
            item=item,
            value=printed(answer.value),
            none=answer.none,
            comment=answer.comment,
            estimate=printed(answer.estimate),
            axes=[self._axis(path, axis) for axis in item.axes],
            pulled=answer.pulled,
            pulled_value=printed(answer.pulled.value) if answer.pulled else "",
            counted="" if by_table is None else format_number(by_table, get_language() or "vi"),
            before=printed(format(before[0].normalize(), "f")) if before else "",
            unusual=unusual(total, before) if total is not None else None,
            **self._common(path),
        )

    def _axis(self, figure: str, key: str) -> ShownAxis:
        axis, path = self.form.axis[key], f"{figure}.{key}"
        cells = [
            ShownCell(place, choice.label, printed(self.fields.get(place, "")), self.wrong.get(place, ()))
            for choice in axis.choices
            if (place := f"{path}.{choice.key}")
        ]
        numbers = [_number_or_none(self.fields.get(cell.path, "")) for cell in cells]
        added = sum((value for value in numbers if value is not None), Decimal(0))
        return ShownAxis(axis, path, cells, format_number(added, get_language() or "vi"), self.wrong.get(path, ()))

    def _table(self, item: TableItem) -> ShownItem:
        path, answer = f"tables.{item.key}", self.answers.table(item.key)
        return ShownItem(
            item=item,
            none=answer.none,
            rows=[self._row(path, item, row) for row in answer.rows],
            **self._common(path),
        )

    def _row(self, path: str, item: TableItem, row: Row) -> ShownRow:
        return ShownRow(row.id, [self._cell(f"{path}.{row.id}.{column.key}", column, row) for column in item.columns])

    def _cell(self, path: str, column: Column, row: Row) -> tuple[Column, ShownCell, Sequence[tuple[str, str]]]:
        text = row.cells.get(column.key, "")
        choices = [(each.key, each.label) for each in self.form.axis[column.axis].choices] if column.axis else []
        value = printed(text) if column.numeric else text
        said = value if column.numeric else cell_words(self.form, column, text)
        return column, ShownCell(path, column.label, value, self.wrong.get(path, ()), said), choices

    def _files(self, item: FileItem) -> ShownItem:
        keys = self.answers.files.get(item.key, ())
        return ShownItem(
            item=item,
            none=item.key in self.answers.nones,
            files=[self.beside.files[key] for key in keys if key in self.beside.files],
            **self._common(f"files.{item.key}"),
        )


def _wrong_in(axis: ShownAxis) -> int:
    return sum(bool(cell.wrong) for cell in axis.cells)


def paths_of(section: Section, form: Form, rows: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every field of a part of the form; ``rows`` are the ids of the rows of its tables."""
    for item in section.items:
        match item:
            case TextItem():
                yield f"texts.{item.key}"
                yield f"nones.{item.key}"
            case FileItem():
                yield f"nones.{item.key}"
            case FigureItem():
                path = f"figures.{item.key}"
                yield from (path, f"{path}.none", f"{path}.estimate", f"{path}.comment")
                for axis in item.axes:
                    yield from (f"{path}.{axis}.{choice.key}" for choice in form.axis[axis].choices)
            case TableItem():
                path = f"tables.{item.key}"
                yield f"{path}.none"
                yield f"{path}.rows"
                for row in rows.get(item.key, ()):
                    yield from (f"{path}.{row}.{column.key}" for column in item.columns)


def _number_or_none(text: str) -> Decimal | None:
    try:
        return number(text)
    except ValueError:
        return None
