"""How a form is laid out in sheets: the same plan is written and, where marks are gone, recognised by its words.

Column A and row 1 of each sheet are hidden and hold the marks. What says a row and what says a column say together
which field a cell is (:func:`path_of`), wherever the two were moved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.documents.forms.form import FigureItem, TableItem, TextItem
from nhipcau.documents.sentences import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nhipcau.documents.forms.form import Axis, Form

#: An axis with more choices than this stands downwards, its figures across.
MOST_ACROSS = 24
#: Figures across one sheet.
MOST_FIGURES_ACROSS = 40
#: Characters of the name of a sheet.
MOST_NAME = 31
#: Empty rows of a table that are made ready.
READY_ROWS = 60

TEXTS, FIGURES, AXIS, TABLE = "texts", "figures", "axis", "table"

GUIDE = gettext_noop("How to fill in")
TEXTS_SHEET = gettext_noop("Texts")
FIGURES_SHEET = gettext_noop("Figures")
BY_SHEET = gettext_noop("By {axis}")
SECTION = gettext_noop("Part")
WHAT = gettext_noop("What is asked")
GUIDANCE = gettext_noop("What is to be said")
ANSWER = gettext_noop("Answer")
NONE = gettext_noop("None to report")
UNIT = gettext_noop("Unit")
TOTAL = gettext_noop("Total")
ESTIMATE = gettext_noop("Of which estimated")
COMMENT = gettext_noop("Comment")
TOTAL_GIVEN = gettext_noop("Total given")
SUM = gettext_noop("Sum of the parts")
CHOICE = gettext_noop("Broken down by")
NO_ROWS = gettext_noop("No activity of this kind: put x here")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPlan:
    """A column: what it says of its cells, its heading, how wide it is, and what its cells hold.

    ``holds`` is ``text``, ``mark``, ``number`` (as the figure of the row or the column says), ``label``, ``info``, or
    the kind of a column of a table.
    """

    says: str
    heading: str
    width: int
    holds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlan:
    """A row: what it says of its cells, and the words that stand in it before any answer, by column."""

    says: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPlan:
    """A sheet.

    Attributes:
        kind: ``texts``, ``figures``, ``axis`` or ``table``.
        key: of the axis or the table; empty for the others.
        name: of its tab.
        title: its first line that is seen.
        notes: lines below it.
        columns: behind column A.
        rows: in order; of a table those that are fixed: the others hold activities.
    """

    kind: str
    key: str
    name: str
    title: str
    notes: tuple[str, ...]
    columns: tuple[ColumnPlan, ...]
    rows: tuple[RowPlan, ...]


def plan(form: Form, translate: Callable[[str], str]) -> list[SheetPlan]:
    """The sheets of a form that people fill in, in order."""
    taken: set[str] = {translate(GUIDE).casefold()}
    sheets = [each for each in (_texts(form, translate), _figures(form, translate)) if each.rows]
    sheets += [sheet for axis in form.axes for sheet in _axis(form, axis, translate)]
    sheets += [_table(item, translate) for item in form.items.values() if isinstance(item, TableItem)]
    return [_named(sheet, taken) for sheet in sheets]


def _named(sheet: SheetPlan, taken: set[str]) -> SheetPlan:
    """The sheet under a name that Excel accepts and no other sheet has."""
    bare = re.sub(r"[\[\]:*?/\\]", " ", sheet.name).strip("' ")
    if len(bare) > MOST_NAME:
        bare = bare[: MOST_NAME - 1].rpartition(" ")[0].strip() + "…"
    bare = bare or sheet.key
    name, count = bare, 1
    while name.casefold() in taken:
        count += 1
        name = f"{bare[:27]} {count}"
    taken.add(name.casefold())
    return SheetPlan(
        kind=sheet.kind,
        key=sheet.key,
        name=name,
        title=sheet.title,
        notes=sheet.notes,
        columns=sheet.columns,
        rows=sheet.rows,
    )


def _texts(form: Form, translate: Callable[[str], str]) -> SheetPlan:
    columns = (
        ColumnPlan(says="@info:section", heading=translate(SECTION), width=8, holds="info"),
        ColumnPlan(says="@label", heading=translate(WHAT), width=30, holds="label"),
        ColumnPlan(says="@info:guidance", heading=translate(GUIDANCE), width=40, holds="info"),
        ColumnPlan(says="@text:value", heading=translate(ANSWER), width=90, holds="text"),
        ColumnPlan(says="@text:none", heading=translate(NONE), width=11, holds="mark"),
    )
    rows = tuple(
        RowPlan(says=f"t:{item.key}", words=(section.number, item.label, item.guidance, "", ""))
        for section in form.sections
        for item in section.items
        if isinstance(item, TextItem)
    )
    return _sheet((TEXTS, ""), translate(TEXTS_SHEET), form.title, columns, rows)


def _figures(form: Form, translate: Callable[[str], str]) -> SheetPlan:
    columns = (
        ColumnPlan(says="@info:section", heading=translate(SECTION), width=8, holds="info"),
        ColumnPlan(says="@label", heading=translate(WHAT), width=44, holds="label"),
        ColumnPlan(says="@info:unit", heading=translate(UNIT), width=12, holds="info"),
        ColumnPlan(says="@figure:value", heading=translate(TOTAL), width=15, holds="number"),
        ColumnPlan(says="@figure:none", heading=translate(NONE), width=11, holds="mark"),
        ColumnPlan(says="@figure:estimate", heading=translate(ESTIMATE), width=15, holds="number"),
        ColumnPlan(says="@figure:comment", heading=translate(COMMENT), width=50, holds="text"),
        ColumnPlan(says="@info:guidance", heading=translate(GUIDANCE), width=50, holds="info"),
    )
    rows = tuple(
        RowPlan(says=f"f:{item.key}", words=(section.number, item.label, item.unit, "", "", "", "", item.guidance))
        for section in form.sections
        for item in section.items
        if isinstance(item, FigureItem)
    )
    return _sheet((FIGURES, ""), translate(FIGURES_SHEET), form.title, columns, rows)


def _axis(form: Form, axis: Axis, translate: Callable[[str], str]) -> Iterator[SheetPlan]:
    figures = [item for item in form.figures.values() if axis.key in item.axes]
    if not figures:
        return
    name = translate(BY_SHEET).format(axis=axis.label.lower())
    if len(axis.choices) <= MOST_ACROSS:
        choices = [
            ColumnPlan(says=f"@c:{axis.key}:{choice.key}", heading=choice.label, width=13, holds="number")
            for choice in axis.choices
        ]
        columns = (
            ColumnPlan(says="@label", heading=translate(WHAT), width=40, holds="label"),
            ColumnPlan(says="@info:unit", heading=translate(UNIT), width=10, holds="info"),
            ColumnPlan(says="@info:total", heading=translate(TOTAL_GIVEN), width=13, holds="info"),
            ColumnPlan(says="@info:sum", heading=translate(SUM), width=13, holds="info"),
            *choices,
        )
        rest = ("",) * (len(choices) + 2)
        rows = tuple(RowPlan(says=f"f:{item.key}", words=(item.label, item.unit, *rest)) for item in figures)
        yield _sheet((AXIS, axis.key), name, f"{form.title} – {axis.label}", columns, rows)
        return
    for start in range(0, len(figures), MOST_FIGURES_ACROSS):
        across = figures[start : start + MOST_FIGURES_ACROSS]
        columns = (
            ColumnPlan(says="@label", heading=translate(CHOICE), width=34, holds="label"),
            *(ColumnPlan(says=f"@f:{item.key}", heading=_with_unit(item), width=16, holds="number") for item in across),
        )
        rest = ("",) * len(across)
        head = [
            RowPlan(says="h:total", words=(translate(TOTAL_GIVEN), *rest)),
            RowPlan(says="h:sum", words=(translate(SUM), *rest)),
        ]
        rows = (
            *head,
            *(RowPlan(says=f"c:{axis.key}:{choice.key}", words=(choice.label, *rest)) for choice in axis.choices),
        )
        yield _sheet((AXIS, axis.key), name, f"{form.title} – {axis.label}", columns, rows)


def _with_unit(item: FigureItem) -> str:
    return f"{item.label} ({item.unit})" if item.unit else item.label


def _table(item: TableItem, translate: Callable[[str], str]) -> SheetPlan:
    widths = {"text": 34, "choice": 22, "date": 13}
    columns = tuple(
        ColumnPlan(
            says=f"@x:{item.key}:{column.key}",
            heading=f"{column.label} *" if column.required else column.label,
            width=widths.get(column.holds, 15),
            holds=column.holds,
        )
        for column in item.columns
    )
    notes = (item.guidance,) if item.guidance else ()
    row = RowPlan(says=f"n:{item.key}", words=("", translate(NO_ROWS)))
    return SheetPlan(
        kind=TABLE, key=item.key, name=item.label, title=item.label, notes=notes, columns=columns, rows=(row,)
    )


def _sheet(
    names: tuple[str, str], name: str, title: str, columns: Sequence[ColumnPlan], rows: Sequence[RowPlan]
) -> SheetPlan:
    kind, key = names
    return SheetPlan(kind=kind, key=key, name=name, title=title, notes=(), columns=tuple(columns), rows=tuple(rows))


def path_of(row: str, column: str) -> str | None:
    """The path of the field that a row and a column say together; None where they say none."""
    kind, *rest = row.split(":", 2)
    across, *more = column.split(":", 2)
    parts: tuple[str, ...] = ()
    match kind, len(rest), across, len(more):
        case "t", 1, "@text", 1:
            parts = ("texts" if more[0] == "value" else "nones", rest[0])
        case "f", 1, "@figure", 1:
            parts = ("figures", rest[0]) if more[0] == "value" else ("figures", rest[0], more[0])
        case "f", 1, "@c", 2:
            parts = ("figures", rest[0], *more)
        case "c", 2, "@f", 1:
            parts = ("figures", more[0], *rest)
        case "r", 2, "@x", 2 if rest[0] == more[0]:
            parts = ("tables", rest[0], rest[1], more[1])
        case "n", 1, "@x", 2 if rest[0] == more[0]:
            parts = ("tables", rest[0], "none")
    return ".".join(parts) or None
