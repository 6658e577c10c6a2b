"""All that the sheets of a workbook hold, cell by cell, read safely: values, what was calculated, how it is shown."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nhipcau.documents.packages import (
    BROKEN,
    MOST_COLUMNS,
    TOO_WIDE,
    Survey,
    check_workbook,
    column_letters,
    column_number,
)
from nhipcau.documents.sentences import FileRefusedError, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl.workbook import Workbook

#: Cells that hold something, in the whole workbook.
MOST_CELLS = 200_000
MACROS = Sentence("The file holds macros: open it and save it as an Excel workbook without macros (.xlsx).")
#: Groups of merged cells of a sheet.
MOST_MERGED = 2_000
TOO_MUCH = Sentence("The file has more than {cells} cells that are filled in.", cells=MOST_CELLS)

# How Excel keeps the return of a line, and a text that looks like it; openpyxl leaves both as they are.
_ESCAPED = re.compile(r"_x005F_(x[0-9A-Fa-f]{4}_)|_x000D_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell that holds something.

    Attributes:
        row, column: from 1.
        value: ``str``, ``int``, ``float``, ``bool``, ``date``, ``datetime``, ``time``, ``timedelta``; None where only
            a formula without result stands there.
        formula: it is calculated; the value is the result that was stored.
        error: Excel shows an error in it.
        font: name of the font.
        code: format of its numbers, e.g. ``0%``.
    """

    row: int
    column: int
    value: Any
    formula: bool = False
    error: bool = False
    font: str = ""
    code: str = "General"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A sheet.

    Attributes:
        name: as its tab says.
        cells: ``(row, column)`` from 1 -> cell, row by row.
        merged: left, top, right, bottom of each group of merged cells.
        hidden_rows: rows that are not shown.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = field(default_factory=frozenset)

    def place(self, row: int, column: int) -> str:
        """``Sheet1!B7`` for row 7 and column 2."""
        return f"{self.name}!{column_letters(column)}{row}"


def read_pages(data: bytes) -> list[Page]:
    """Every sheet of a workbook, those that are hidden as well; nothing is run, nothing is looked up.

    Raises:
        FileRefusedError: it is no workbook that is taken; the sentence says why and how to mend it.
    """
    import openpyxl

    check_workbook(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if any(name.rpartition("/")[2].lower() == "vbaproject.bin" for name in package.namelist()):
            raise FileRefusedError(MACROS)
    try:
        # What openpyxl warns of (extensions it drops, dates out of range) shows in the cells.
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            return _pages(book, data)
    except FileRefusedError:
        raise
    except Exception as error:
        # openpyxl raises whatever a damaged file leads it to.
        raise FileRefusedError(BROKEN) from error


def _pages(book: Workbook, data: bytes) -> list[Page]:
    import openpyxl

    pages, left, written = [], MOST_CELLS, None
    sheet: Any
    for sheet in book.worksheets:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            survey = Survey(package, sheet._worksheet_path)  # noqa: SLF001 - no public name for where the sheet lies
        if len(survey.merged) > MOST_MERGED:
            raise FileRefusedError(TOO_MUCH)
        formulas: set[tuple[int, int]] = set()
        if survey.formulas:
            written = written or openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=False, keep_links=False
            )
            found = (cell for _row, cells in rows_of(written[sheet.title]) for cell in cells)
            formulas = {(cell["row"], cell["column"]) for cell in found if cell["data_type"] == "f"}
        hidden: set[int] = set()
        cells = {}
        for _number, row in rows_of(sheet, hidden):
            for raw in row:
                at = (raw["row"], raw["column"])
                if raw["value"] is None and at not in formulas:
                    continue
                if raw["column"] > MOST_COLUMNS:
                    raise FileRefusedError(TOO_WIDE)
                left -= 1
                if left < 0:
                    raise FileRefusedError(TOO_MUCH)
                cells[at] = _cell(book, raw, formula=at in formulas)
        merged = tuple((column_number(a), top, column_number(b), bottom) for a, top, b, bottom in survey.merged)
        pages.append(Page(name=sheet.title, cells=cells, merged=merged, hidden_rows=frozenset(hidden)))
    return pages


def _cell(book: Any, raw: Mapping[str, Any], *, formula: bool) -> Cell:
    style = book._cell_styles[raw["style_id"]] if raw.get("style_id") else None  # noqa: SLF001 - no public name
    return Cell(
        row=raw["row"],
        column=raw["column"],
        value=plain_value(raw["value"]),
        formula=formula,
        error=raw["data_type"] == "e",
        font=_font(book, style),
        code=_code(book, style),
    )


def _font(book: Any, style: Any) -> str:
    return str(book._fonts[style.fontId].name or "") if style is not None else ""  # noqa: SLF001 - no public name


def _code(book: Any, style: Any) -> str:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    number = style.numFmtId if style is not None else 0
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return str(BUILTIN_FORMATS.get(number, "General"))
    formats = book._number_formats  # noqa: SLF001 - no public name
    index = number - BUILTIN_FORMATS_MAX_SIZE
    return str(formats[index]) if index < len(formats) else "General"


def rows_of(sheet: Any, hidden: set[int] | None = None) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """The rows that are there, each with its number and its cells; the numbers of hidden rows are put into ``hidden``.

    openpyxl's own ``iter_rows`` fills up every gap: one cell in the last row of Excel would cost a million rows.
    """
    from openpyxl.worksheet._reader import WorkSheetParser

    book = sheet.parent
    with sheet._get_source() as source:  # noqa: SLF001 - no public name
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,  # noqa: SLF001 - no public name
            data_only=book.data_only,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001 - no public name
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001 - no public name
        )
        yield from parser.parse()
    if hidden is not None:
        shut = {"1", "true"}
        hidden.update(int(row) for row, said in parser.row_dimensions.items() if said.get("hidden") in shut)


def plain_value(value: Any) -> Any:
    """A value of a cell without the signs by which Excel keeps returns; an empty text is None."""
    if isinstance(value, str):
        return (
            _ESCAPED.sub(lambda found: f"_{found[1]}" if found[1] else "", value) if "_x" in value else value
        ) or None
    return value
