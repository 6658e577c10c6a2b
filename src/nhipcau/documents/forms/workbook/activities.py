"""Rows of a table with activities: those that were copied, inserted or lost their mark get a key of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.documents.forms.paths import column_of, shown_of
from nhipcau.documents.forms.workbook.cells import as_typed
from nhipcau.documents.forms.workbook.findings import Finding
from nhipcau.documents.forms.workbook.placing import Hit
from nhipcau.documents.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nhipcau.documents.forms.form import Form
    from nhipcau.documents.forms.workbook.findings import Reading
    from nhipcau.documents.forms.workbook.placing import Known
    from nhipcau.documents.sheets import Page

ROW_ADDED = Sentence("This row was added: it was taken as a new one.")


def sort_out_rows(known: Sequence[Known], form: Form, before: Mapping[str, str], *, book: str, result: Reading) -> None:
    """Give each row with activities its key.

    Args:
        known: the pages of tables.
        form: what is asked.
        before: with what the workbook was filled: a row that says the same is that row.
        book: of the workbook; keys of new rows begin with it, and end with where they stand, so that the same file
            given back twice says the same.
        result: gets what is to be said of rows.
    """
    met: dict[str, Hit] = {}
    for page in known:
        table = page.planned.key
        asked = {column for column, says in page.marks.columns.items() if says.startswith(f"@x:{table}:")}
        for row in _filled(page, asked):
            says = page.marks.rows.get(row, "")
            here = _first_cell(page, row, asked)
            there = met.get(says)
            if says and there is None:
                met[says] = here
                continue
            if there is not None and there.page is not page.page and _same(page.page, row, there):
                page.skipped.add(row)
                told = Sentence(
                    "This row stands at {place} as well, word for word: it was taken once.", place=there.place
                )
            else:
                key = _key_of_the_same(page, row, asked, form, before) or f"{book}at{row}"
                page.marks.rows.setdefault(row, "")
                page.added[row] = f"r:{table}:{key}"
                told = ROW_ADDED
                if there is not None:
                    told = Sentence("This row is a copy of row {row}: it was taken as a row of its own.", row=there.row)
            result.conversions.append(Finding(place=here.place, sentence=told))


def _filled(known: Known, asked: set[int]) -> list[int]:
    """Rows below the headings that hold something and are no other row."""
    marked = [row for row, says in known.marks.rows.items() if says.startswith("r:")]
    head = known.marks.head or min(marked, default=1) - 1
    rows = {row for row, column in known.page.cells if column in asked and row > head}
    return sorted(row for row in rows if known.marks.rows.get(row, "r:").startswith("r:"))


def _first_cell(known: Known, row: int, asked: set[int]) -> Hit:
    column = min(column for column in asked if (row, column) in known.page.cells)
    return Hit(path="", page=known.page, row=row, column=column, cell=known.page.cells[row, column])


def _same(page: Page, row: int, other: Hit) -> bool:
    def words(sheet: Page, number: int) -> list[str]:
        return [as_typed(cell) for (each, _column), cell in sheet.cells.items() if each == number]

    return words(page, row) == words(other.page, other.row)


def _key_of_the_same(known: Known, row: int, asked: set[int], form: Form, before: Mapping[str, str]) -> str:
    """The key of the row that said before what this row says, where no row carries it; else empty."""
    table = known.planned.key
    said = {
        known.marks.columns[column].split(":", 2)[2]: as_typed(known.page.cells[row, column]).strip()
        for column in asked
        if (row, column) in known.page.cells
    }
    marked = {*known.marks.rows.values(), *known.added.values()}
    rows: dict[str, dict[str, str]] = {}
    for path, text in before.items():
        key = path.split(".")[2] if path.startswith(f"tables.{table}.") else ""
        if key and column_of(form, path) and f"r:{table}:{key}" not in marked:
            rows.setdefault(key, {})[path.split(".")[3]] = _as_shown(form, path, text)
    return next((key for key, cells in rows.items() if cells == said), "")


def _as_shown(form: Form, path: str, text: str) -> str:
    """The text of a field as the workbook shows it: a choice by its label, a day like 30/11/2026."""
    column = column_of(form, path)
    if column is not None and column.holds == "date":
        return "/".join(reversed(text.split("-")))
    return shown_of(form, path, text).strip()


def keep_rows(tables: set[str], hits: Mapping[str, Sequence[Hit]], result: Reading) -> None:
    """Say which rows each table has, in their order. Rows that hold nothing are none: they were emptied."""
    for table in tables:
        keys: dict[str, tuple[str, int]] = {}
        for path, found in hits.items():
            if path.startswith(f"tables.{table}.") and any(hit.cell is not None for hit in found):
                first = min(found, key=lambda hit: hit.row)
                keys.setdefault(path.split(".")[2], (first.page.name, first.row))
        result.rows[table] = tuple(sorted(keys, key=lambda key: keys[key]))
    kept = {f"tables.{table}.{key}" for table, keys in result.rows.items() for key in keys}
    for path in [path for path in result.given if path.startswith("tables.") and path.count(".") > 2]:  # noqa: PLR2004
        if path.rpartition(".")[0] not in kept:
            del result.given[path]
