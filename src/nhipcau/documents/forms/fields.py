"""Answers field by field: each has a path, so that two who wrote at the same time are told what differs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from nhipcau.documents.forms.answers import Answers, FigureAnswer, Row, TableAnswer
from nhipcau.documents.forms.form import FigureItem, FileItem, Form, TableItem, TextItem
from nhipcau.documents.sentences import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

#: ``("texts", item)``, ``("nones", item)``, ``("figures", item, "value" | "none" | "estimate" | "comment")``,
#: ``("figures", item, "by", axis, choice)``, ``("tables", item, "none")``, ``("tables", item, "rows", row, column)``.
Path = tuple[str, ...]
#: What stands in a field that is a mark, where it is set.
SET = "1"
#: How deep the paths of each kind go.
_BREAKDOWN, _CELL = 5, 5


def fields_of(answers: Answers) -> dict[Path, str]:
    """Everything that is answered, as path -> text; what is empty is left out. Files are none of it."""
    found: dict[Path, str] = {("texts", key): text for key, text in answers.texts.items()}
    found |= {("nones", key): SET for key in answers.nones}
    for key, figure in answers.figures.items():
        found["figures", key, "value"] = figure.value
        found["figures", key, "none"] = SET if figure.none else ""
        found["figures", key, "estimate"] = figure.estimate
        found["figures", key, "comment"] = figure.comment
        for axis, choices in figure.by.items():
            found |= {("figures", key, "by", axis, choice): text for choice, text in choices.items()}
    for key, table in answers.tables.items():
        found["tables", key, "none"] = SET if table.none else ""
        for row in table.rows:
            found |= {("tables", key, "rows", row.id, column): text for column, text in row.cells.items()}
    return {path: text for path, text in found.items() if text}


def with_fields(
    answers: Answers, changes: Mapping[Path, str], order: Mapping[str, Iterable[str]] | None = None
) -> Answers:
    """The answers with some fields changed; an empty text takes an answer away. A row without any cell goes.

    Args:
        answers: as they are.
        changes: path -> text.
        order: table -> keys of rows in their new order; rows that it does not name keep their order behind the others.
    """
    fields = {path: text for path, text in {**fields_of(answers), **changes}.items() if text}
    figures: dict[str, FigureAnswer] = {}
    for key in dict.fromkeys([*answers.figures, *(path[1] for path in fields if path[0] == "figures")]):
        figures[key] = _figure(answers.figure(key), key, fields)
    tables: dict[str, TableAnswer] = {}
    for key in dict.fromkeys([*answers.tables, *(path[1] for path in fields if path[0] == "tables")]):
        tables[key] = _table(answers.table(key), key, fields, list((order or {}).get(key, ())))
    return Answers(
        texts={path[1]: text for path, text in fields.items() if path[0] == "texts"},
        nones=frozenset(path[1] for path in fields if path[0] == "nones"),
        figures=figures,
        tables=tables,
        files=answers.files,
    )


def _figure(before: FigureAnswer, key: str, fields: Mapping[Path, str]) -> FigureAnswer:
    by: dict[str, dict[str, str]] = {}
    for path, text in fields.items():
        if len(path) == _BREAKDOWN and path[:2] == ("figures", key):
            by.setdefault(path[3], {})[path[4]] = text
    return FigureAnswer(
        value=fields.get(("figures", key, "value"), ""),
        none=("figures", key, "none") in fields,
        by=by,
        estimate=fields.get(("figures", key, "estimate"), ""),
        comment=fields.get(("figures", key, "comment"), ""),
        pulled=before.pulled,
    )


def _table(before: TableAnswer, key: str, fields: Mapping[Path, str], order: list[str]) -> TableAnswer:
    cells: dict[str, dict[str, str]] = {}
    for path, text in fields.items():
        if len(path) == _CELL and path[:2] == ("tables", key):
            cells.setdefault(path[3], {})[path[4]] = text
    ids = dict.fromkeys([*order, *(row.id for row in before.rows), *cells])
    rows = tuple(Row(id=row, cells=cells[row]) for row in ids if row in cells)
    return TableAnswer(rows=rows, none=("tables", key, "none") in fields)


def is_number(form: Form, path: Path) -> bool:
    """Whether the field holds a number, so that ``12.50`` and ``12.5`` are the same."""
    if path[0] == "figures":
        return path[2] not in {"none", "comment"}
    item = form.items.get(path[1])
    if len(path) == _CELL and isinstance(item, TableItem):
        column = item.by_key.get(path[4])
        return column is not None and column.holds in {"whole", "decimal", "money"}
    return False


def alike(form: Form, path: Path, one: str, other: str) -> bool:
    """Whether two texts of a field say the same: numbers by their value, texts apart from blanks around them."""
    if one.strip() == other.strip():
        return True
    if is_number(form, path) and one and other:
        try:
            return Decimal(one) == Decimal(other)
        except ArithmeticError:
            return False
    return False


def words_of(form: Form, path: Path, translate: Callable[[str], str]) -> str:
    """A field as people call it: ``Tin, bài phát – Ngôn ngữ: Tiếng Anh``."""
    item = form.items.get(path[1])
    if item is None:
        return path[1]
    parts = [item.label]
    if path[0] == "figures" and isinstance(item, FigureItem):
        if path[2] == "by":
            axis = form.axis.get(path[3])
            choices = {choice.key: choice.label for choice in axis.choices} if axis else {}
            parts.append(f"{axis.label if axis else path[3]}: {choices.get(path[4], path[4])}")
        elif path[2] != "value":
            words = FIGURE_WORDS[path[2]]
            parts.append(translate(words))
    elif len(path) == _CELL and isinstance(item, TableItem):
        column = item.by_key.get(path[4])
        parts.append(column.label if column else path[4])
    elif path[0] == "nones" or path[-1] == "none":
        parts.append(translate(NONE))
    return " – ".join(parts)


NONE = gettext_noop("None to report")
#: What stands beside a figure, as its column is headed.
FIGURE_WORDS = {
    "value": gettext_noop("Total"),
    "none": NONE,
    "estimate": gettext_noop("Of which estimated"),
    "comment": gettext_noop("Comment"),
}


def shown_of(form: Form, path: Path, text: str) -> str:
    """The text of a field as people read it: a choice by its label; numbers and days stay as they are kept."""
    item = form.items.get(path[1])
    if len(path) == _CELL and isinstance(item, TableItem):
        column = item.by_key.get(path[4])
        axis = form.axis.get(column.axis) if column is not None and column.holds == "choice" else None
        if axis is not None:
            return next((choice.label for choice in axis.choices if choice.key == text), text)
    return text


def exists(form: Form, path: Path) -> bool:
    """Whether the form asks for this field."""
    item = form.items.get(path[1])
    match path:
        case ("texts", _):
            found = isinstance(item, TextItem)
        case ("nones", _):
            found = isinstance(item, TextItem | FileItem)
        case ("figures", _, "by", axis, choice):
            known = form.axis.get(axis) if isinstance(item, FigureItem) and axis in item.axes else None
            found = known is not None and any(each.key == choice for each in known.choices)
        case ("figures", _, name):
            found = isinstance(item, FigureItem) and name in FIGURE_WORDS
        case ("tables", _, "none"):
            found = isinstance(item, TableItem)
        case ("tables", _, "rows", _, column):
            found = isinstance(item, TableItem) and column in item.by_key
        case _:
            found = False
    return found
