"""Sheets of a workbook as they fill, row by row in constant memory; no cell of foreign text is ever a formula."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nhipcau.documents.paper.cleaning import clean
from nhipcau.documents.tables import NARROWEST, PADDING, WIDEST, cell_text, set_up_print, write_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: A filter's heading needs room for its arrow.
ARROW = 3


@dataclass
class Sheet:
    """A sheet as it fills: where its next row goes, and how wide its columns have become."""

    sheet: Any
    formats: dict[str, Any]
    row: int = 0
    widths: list[int] = field(default_factory=list)

    def headings(self, labels: Sequence[str], *, numeric: frozenset[int] = frozenset()) -> None:
        """Write a row of headings; those of figures stand on the right."""
        for column, label in enumerate(labels):
            look = self.formats["figures" if column in numeric else "heading"]
            self.sheet.write_string(self.row, column, cell_text(label), look)
            self.widen(column, min(len(label) + ARROW, WIDEST // 2))
        self.row += 1

    def cells(self, values: Iterable[Any]) -> None:
        """Write a row; a text is text whatever it looks like."""
        for column, value in enumerate(values):
            if value is None or value == "":
                continue
            shown = clean(value) if isinstance(value, str) else value
            self.widen(column, write_cell(self.sheet, self.row, column, shown, self.formats))
        self.row += 1

    def widen(self, column: int, width: int) -> None:
        """Make a column at least so many characters wide."""
        self.widths += [NARROWEST] * (column + 1 - len(self.widths))
        self.widths[column] = max(self.widths[column], width)

    def filtered(self, *, columns: int = 1) -> None:
        """Filters in row 1, which stays in sight with the first columns, and is printed on every page."""
        self.sheet.autofilter(0, 0, max(self.row - 1, 1), max(len(self.widths) - 1, 0))
        self.sheet.freeze_panes(1, columns)
        self.sheet.repeat_rows(0)

    def close(self, title: str, marks: str) -> None:
        """Set widths and how it prints: ``marks`` say that it holds sample data."""
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, min(width + PADDING, WIDEST))
        set_up_print(self.sheet, title, marks)
        if marks:
            self.sheet.set_tab_color("#8A5A0B")
