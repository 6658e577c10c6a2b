"""The report as Excel: totals that add up the rows of the offices by themselves, then the rows, then the activities.

No cell of foreign text is ever a formula; formulas name cells only.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from nhipcau.documents.packages import column_letters
from nhipcau.documents.paper.letterhead import dated
from nhipcau.documents.paper.sheets import Sheet
from nhipcau.documents.sentences import gettext_noop
from nhipcau.documents.tables import SAMPLE, cell_formats, cell_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nhipcau.documents.report.shape import Annex, Column, Number, Report, Table

#: Columns of the sheet of totals, counted from 0.
TOTAL, ESTIMATED, OFFICES, BEFORE, CHANGE = 5, 6, 7, 8, 9
_HEADS = (
    gettext_noop("Section"),
    gettext_noop("Figure"),
    gettext_noop("Broken down by"),
    gettext_noop("Choice"),
    gettext_noop("Unit"),
    gettext_noop("Total"),
    gettext_noop("Of which estimated"),
    gettext_noop("Offices"),
)
_LONGEST_NAME = 31


def write_xlsx(report: Report, out: IO[bytes], translate: Callable[[str], str]) -> None:
    """Write the workbook."""
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "remove_timezone": True}
    with xlsxwriter.Workbook(out, options) as book:
        pages = _Pages(book, report, translate)
        pages.totals()
        for place in range(len(report.annexes)):
            pages.annex(place)
        for table in report.activities or [table for section in report.sections for table in section.tables]:
            pages.table(table)
        pages.method()
        marks = SAMPLE if report.sample else ""
        properties = {"title": report.title[:255], "subject": marks, "comments": report.made_by[:255]}
        book.set_properties({**properties, "created": dated(report.day)})


class _Pages:
    """The sheets of one workbook, written one after the other: memory stays constant."""

    def __init__(self, book: Any, report: Report, translate: Callable[[str], str]) -> None:
        self.book, self.report, self._ = book, report, translate
        self.formats = cell_formats(book)
        base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "bold": True, "top": 1}
        self.formats["sum"] = book.add_format({**base, "num_format": "#,##0.####"})
        self.formats["sum_label"] = book.add_format(base)
        self.formats["computed"] = book.add_format({**base, "bold": False, "top": 0, "num_format": "#,##0.####"})
        self.marks = SAMPLE if report.sample else ""
        self.taken: set[str] = set()
        # Formulas of the first sheet name the sheets behind it.
        first = self._name(translate("Totals"))
        self.names = [self._name(annex.title) for annex in report.annexes]
        self.first = first
        self.sizes = [list(annex.rows) for annex in report.annexes]

    def _name(self, title: str) -> str:
        """A name that Excel accepts and no other sheet has."""
        plain = re.sub(r"[\[\]:*?/\\']", " ", title).strip() or "-"
        name, number = plain[:_LONGEST_NAME].strip(), 1
        while name.casefold() in self.taken:
            number += 1
            name = f"{plain[: _LONGEST_NAME - len(str(number)) - 3].strip()} ({number})"
        self.taken.add(name.casefold())
        return name

    def totals(self) -> None:
        """Every figure with its breakdowns; sums of the rows of the offices where there are such rows."""
        sheet = Sheet(self.book.add_worksheet(self.first), self.formats)
        heads = [self._(word) for word in _HEADS]
        heads += [self.report.compared or self._("Compared"), self._("Change"), self._("Comment")]
        sheet.headings(heads, numeric=frozenset(range(TOTAL, CHANGE + 1)))
        for section in self.report.sections:
            for figure in section.figures:
                for number in (figure.total, *figure.parts):
                    label = number.label if number.axis else ""
                    head = (section.number, figure.total.label, number.axis, label, number.unit)
                    self._total(sheet, head, number)
        sheet.filtered(columns=2)
        sheet.close(self.report.title, self.marks)

    def _total(self, sheet: Sheet, head: Sequence[str], number: Number) -> None:
        row = sheet.row
        value, estimated, before = map(_number, (number.value, number.estimated, number.before))
        plain: list[Any] = [*head, None, None, None, before, None, number.comment]
        where = self._where(number.cells.annex, number.cells.column) if number.cells else ""
        if not where:
            plain[TOTAL], plain[ESTIMATED] = value, estimated
        sheet.cells(plain)
        if where and value is not None:
            self._formula(sheet, row, TOTAL, f"=SUM({where})", value)
            self._formula(sheet, row, OFFICES, f"=COUNT({where})", number.offices)
        if number.cells and number.cells.estimated is not None and estimated is not None:
            there = self._where(number.cells.annex, number.cells.estimated)
            self._formula(sheet, row, ESTIMATED, f"=SUM({there})", estimated)
        # The compared value is of the offices of both periods, so the change is told in words where theirs differ.
        sheet.sheet.write_string(row, CHANGE, cell_text(number.change), self.formats["text"])

    def _formula(self, sheet: Sheet, row: int, column: int, formula: str, value: Any) -> None:
        sheet.sheet.write_formula(row, column, formula, self.formats["computed"], value)
        sheet.widen(column, len(f"{value:,}"))

    def _where(self, annex: int, column: int) -> str:
        """The cells of a column of an annex as formulas name them; empty where it has no row."""
        rows = len(self.sizes[annex])
        letters = column_letters(len(self.report.annexes[annex].heads) + column + 1)
        return f"'{self.names[annex]}'!${letters}$2:${letters}${rows + 1}" if rows else ""

    def annex(self, place: int) -> None:
        """A row for each office, and under them what they add up to."""
        annex, rows = self.report.annexes[place], self.sizes[place]
        sheet = Sheet(self.book.add_worksheet(self.names[place]), self.formats)
        first = len(annex.heads)
        sheet.headings([*annex.heads, *annex.columns], numeric=frozenset(range(first, first + len(annex.columns))))
        for texts, values in rows:
            sheet.cells([*texts, *map(_number, values)])
        sheet.filtered()
        if rows:
            self._sums(sheet, annex, first, len(rows))
        sheet.close(f"{self.report.title}: {annex.title}", self.marks)

    def _sums(self, sheet: Sheet, annex: Annex, first: int, rows: int) -> None:
        sheet.sheet.write_string(sheet.row, 0, self._("Sum"), self.formats["sum_label"])
        for column, total in enumerate(annex.totals, start=first):
            if total is not None:
                letters = column_letters(column + 1)
                formula = f"=SUM({letters}2:{letters}{rows + 1})"
                sheet.sheet.write_formula(sheet.row, column, formula, self.formats["sum"], Decimal(total))
        sheet.row += 1

    def table(self, table: Table) -> None:
        """Activities, one row each."""
        sheet = Sheet(self.book.add_worksheet(self._name(table.title)), self.formats)
        numeric = frozenset(at for at, column in enumerate(table.columns) if column.numeric)
        sheet.headings([column.label for column in table.columns], numeric=numeric)
        for row in table.rows:
            sheet.cells(_typed(row, table.columns))
        sheet.filtered()
        sheet.close(f"{self.report.title}: {table.title}", self.marks)

    def method(self) -> None:
        """How it was made, and the offices that are not in."""
        sheet = Sheet(self.book.add_worksheet(self._name(self._("Method note"))), self.formats)
        sheet.headings([self._("Method note")])
        for sentence in (self.report.title, self.report.period, *self.report.method, self.report.made_by):
            sheet.cells([sentence])
        for each in self.report.lists:
            sheet.row += 1
            sheet.headings([each.title, *[column.label for column in each.columns[1:]]])
            for row in each.rows:
                sheet.cells(_typed(row, each.columns))
        sheet.sheet.freeze_panes(1, 0)
        sheet.close(self.report.title, self.marks)


def _number(text: str | None) -> Any:
    """The number that decimal text says; whole ones as such."""
    if text is None or text == "":
        return None
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else value


def _typed(row: Sequence[str], columns: Sequence[Column]) -> Iterable[Any]:
    return [_number(cell) if column.numeric else cell for cell, column in zip(row, columns, strict=True)]
