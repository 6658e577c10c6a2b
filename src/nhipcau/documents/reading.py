"""A table as somebody filled it in, read from xlsx or csv: cells with their places, and nothing run or looked up."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nhipcau.documents.packages import (
    BROKEN,
    CHUNK,
    EMPTY,
    MOST_BYTES,
    MOST_COLUMNS,
    TEXT_AS_EXCEL,
    TOO_LARGE,
    TOO_WIDE,
    Survey,
    check_workbook,
    column_letters,
    column_number,
)
from nhipcau.documents.sentences import FileRefusedError, Sentence
from nhipcau.documents.sheets import plain_value, rows_of
from nhipcau.documents.tables import unguarded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.workbook import Workbook

#: Rows that hold something, the headings among them.
MOST_ROWS = 20_000
TOO_LONG = Sentence("The sheet has more than {rows} rows: divide it.", rows=MOST_ROWS)
NO_ROWS = Sentence("There is nothing in the first sheet of the file.")
NOT_UTF8 = Sentence("The text is not written in UTF-8. In Excel choose “CSV UTF-8”, or save it as .xlsx.")
CELL_IN_ERROR = Sentence("Excel reports an error in this cell.")
WITHOUT_RESULT = Sentence("This formula has no stored result: open the file in Excel and save it, or enter the value.")
MERGED = Sentence("These cells are merged: unmerge them and fill each one in.")


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be read, by its place: row from 1, column from 0."""

    row: int
    column: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was found.

    Attributes:
        name: of the sheet; empty for csv.
        rows: number of the row in the sheet, and its cells from column A on; rows without anything are left out. A cell
            is ``str``, ``int``, ``float``, ``bool``, ``date``, ``datetime``, ``time``, ``timedelta`` or None.
        faults: cells that could not be read.
    """

    name: str
    rows: Sequence[tuple[int, tuple[Any, ...]]]
    faults: Sequence[Fault] = field(default_factory=tuple)

    def place(self, row: int, column: int) -> str:
        """``Sheet1!B7`` for row 7 and column 1; ``B7`` in csv."""
        cell = f"{column_letters(column + 1)}{row}"
        return f"{self.name}!{cell}" if self.name else cell


def read_table(data: bytes, name: str) -> Sheet:
    """The first visible sheet of a workbook, or a csv whose name says that it is one.

    Args:
        data: the file.
        name: as it was called; only ``.csv`` means something.

    Raises:
        FileRefusedError: it is not taken; the sentence says why and how to mend it.
    """
    return _read_csv(data) if name.lower().endswith(".csv") and not data.startswith(b"PK") else _read_xlsx(data)


# xlsx -----------------------------------------------------------------------------------------------------------------


def _read_xlsx(data: bytes) -> Sheet:
    import openpyxl

    check_workbook(data)
    try:
        # What openpyxl warns of (extensions it drops, dates out of range) shows in the cells.
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            return _sheet_of(book, data)
    except FileRefusedError:
        raise
    except Exception as error:
        # openpyxl raises whatever a damaged file leads it to.
        raise FileRefusedError(BROKEN) from error


def _sheet_of(book: Workbook, data: bytes) -> Sheet:
    sheet: Any = next((each for each in book.worksheets if each.sheet_state == "visible"), None)
    if sheet is None:
        raise FileRefusedError(NO_ROWS)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        survey = Survey(package, sheet._worksheet_path)  # noqa: SLF001 - no public name for where the sheet lies
    rows: list[tuple[int, tuple[Any, ...]]] = []
    faults: list[Fault] = []
    for number, cells in rows_of(sheet):
        values = _values(cells)
        if values:
            rows.append((number, values))
            faults += [Fault(number, c["column"] - 1, CELL_IN_ERROR) for c in cells if c["data_type"] == "e"]
        if len(rows) > MOST_ROWS:
            raise FileRefusedError(TOO_LONG)
    if not rows:
        raise FileRefusedError(NO_ROWS)
    last = rows[-1][0]
    if survey.formulas:
        faults += _formulas_without_result(data, sheet.title, dict(rows), last)
    faults += [
        Fault(top, column_number(left) - 1, MERGED) for left, top, _right, _bottom in survey.merged if top <= last
    ]
    return Sheet(sheet.title, rows, tuple(faults))


def _values(cells: list[dict[str, Any]]) -> tuple[Any, ...]:
    """The values from column A to the last that holds something."""
    width = max((cell["column"] for cell in cells if cell["value"] is not None), default=0)
    if width > MOST_COLUMNS:
        raise FileRefusedError(TOO_WIDE)
    values = [None] * width
    for cell in cells:
        if cell["column"] <= width:
            values[cell["column"] - 1] = plain_value(cell["value"])
    return _without_tail(values)


def _without_tail(values: list[Any]) -> tuple[Any, ...]:
    """The cells up to the last one that holds something."""
    while values and values[-1] is None:
        values.pop()
    return tuple(values)


def _formulas_without_result(data: bytes, title: str, values: dict[int, tuple[Any, ...]], last: int) -> Iterator[Fault]:
    """Cells with a formula of which the file does not say what comes out."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    for number, cells in rows_of(book[title]):
        if number > last:
            return
        known = dict(enumerate(values.get(number, ())))
        for cell in cells:
            if cell["data_type"] == "f" and known.get(cell["column"] - 1) is None:
                yield Fault(number, cell["column"] - 1, WITHOUT_RESULT)


# csv ------------------------------------------------------------------------------------------------------------------


def _read_csv(data: bytes) -> Sheet:
    if len(data) > MOST_BYTES:
        raise FileRefusedError(TOO_LARGE)
    if not data.strip():
        raise FileRefusedError(EMPTY)
    text = _decoded(data)
    rows: list[tuple[int, tuple[Any, ...]]] = []
    try:
        # A quote that is never closed would make one cell of the rest: the csv module stops at its own limit.
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), start=1):
            if len(cells) > MOST_COLUMNS:
                raise FileRefusedError(TOO_WIDE)
            if any(cells):
                rows.append((number, _without_tail([unguarded(cell) or None for cell in cells])))
            if len(rows) > MOST_ROWS:
                raise FileRefusedError(TOO_LONG)
    except csv.Error as error:
        raise FileRefusedError(BROKEN) from error
    if not rows:
        raise FileRefusedError(NO_ROWS)
    return Sheet("", rows)


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefusedError(NOT_UTF8) from error
    if "\0" in text:
        raise FileRefusedError(TEXT_AS_EXCEL)
    return text


def _delimiter(text: str) -> str:
    """What parts the headings: the one of semicolon, comma and tab that stands there most often, outside of quotes."""
    head = text[:CHUNK].lstrip("\r\n").partition("\n")[0]
    bare = "".join(head.split('"')[::2])
    return max(";,\t", key=bare.count)
