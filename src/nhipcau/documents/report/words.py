"""The words of the paper around a report, the same in every form."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from nhipcau.documents.paper.letterhead import Letterhead
from nhipcau.text import format_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nhipcau.documents.report.shape import Figure, Number, Report, Said, Table

#: Rows of a table on paper; the others stand in the Excel form, and the paper says so.
MOST_ROWS = 300
#: Offices named behind a sentence; more are counted.
MOST_OFFICES = 6


@dataclass(frozen=True)
class Paper:
    """One report and the words around it."""

    report: Report
    translate: Callable[[str], str]

    @property
    def letterhead(self) -> Letterhead:
        """What stands before and after the content."""
        report = self.report
        return Letterhead(
            lang=report.lang,
            kind=report.kind,
            title=report.title,
            period=report.period,
            day=report.day,
            edition=report.edition,
            translate=self.translate,
        )

    def number(self, value: str | None) -> str:
        """``1.234,5``; a dash where there is none."""
        return "–" if value is None else format_number(Decimal(value), self.report.lang)

    def heads(self, figures: Sequence[Figure]) -> list[str]:
        """The columns of a table of figures: those that hold nothing are not there."""
        translate, kept = self.translate, _kept(self.report, figures)
        named = {
            "label": translate("Figure"),
            "unit": translate("Unit"),
            "value": translate("Total"),
            "estimated": translate("Of which estimated"),
            "before": self.report.compared,
            "change": translate("Change"),
        }
        return [named[name] for name in kept]

    def rows(self, figures: Sequence[Figure]) -> list[tuple[int, list[str]]]:
        """Depth (0 total, 1 breakdown) and cells of each row of that table."""
        kept, found = _kept(self.report, figures), []
        for figure in figures:
            found.append((0, self._cells(figure.total, kept)))
            axis = ""
            for part in figure.parts:
                label = part.label if part.axis == axis else f"{part.axis}: {part.label}"
                axis = part.axis
                found.append((1, [label, *self._cells(part, kept)[1:]]))
        return found

    def _cells(self, number: Number, kept: Sequence[str]) -> list[str]:
        said = {
            "label": number.label,
            "unit": number.unit if not number.axis else "",
            "value": self.number(number.value),
            "estimated": self.number(number.estimated) if number.estimated is not None else "",
            "before": self.number(number.before),
            "change": number.change,
        }
        return [said[name] for name in kept]

    def comments(self, figures: Sequence[Figure]) -> list[str]:
        """What is said of figures, under their table."""
        return [f"{each.total.label}: {each.total.comment}" for each in figures if each.total.comment]

    def offices(self, said: Said) -> str:
        """``(Tỉnh Mẫu 01; Bộ Mẫu A)``: behind what comes from them."""
        if not self.report.cited:
            return ""
        if not said.offices:
            own = self.translate("coordinator")
            return f"({own})"
        named = "; ".join(said.offices[:MOST_OFFICES])
        more = len(said.offices) - MOST_OFFICES
        if more > 0:
            named += " " + self.translate("and %(number)s more offices") % {"number": more}
        return f"({named})"

    def table_rows(self, table: Table) -> list[list[str]]:
        """The rows that stand on paper, numbers as they are printed."""
        numeric = [column.numeric for column in table.columns]
        return [
            [self.number(cell) if figure and cell else cell for cell, figure in zip(row, numeric, strict=True)]
            for row in table.rows[:MOST_ROWS]
        ]

    def further(self, table: Table) -> str:
        """What the paper leaves to the Excel form; empty where it leaves nothing."""
        more = len(table.rows) - MOST_ROWS
        if more <= 0:
            return ""
        return self.translate("%(number)s more rows are in the Excel form of this report.") % {
            "number": format_number(more, self.report.lang)
        }


def _kept(report: Report, figures: Sequence[Figure]) -> list[str]:
    numbers = [number for figure in figures for number in (figure.total, *figure.parts)]
    kept = ["label", "unit", "value"]
    kept += ["estimated"] if any(one.estimated is not None for one in numbers) else []
    return [*kept, "before", "change"] if report.compared else kept
