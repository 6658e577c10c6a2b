"""Tables written for Excel: xlsx and csv, row by row in constant memory, and nothing in them is ever run.

A cell of text that Excel could take for a formula is the attack that is stopped here: a title collected from the web or
typed by somebody else must not compute, fetch or call anything on the desk of whoever opens the file.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import IO, TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from nhipcau.documents.sentences import FileRefusedError, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
SAMPLE = "DỮ LIỆU MẪU"
#: What Excel holds: rows of a sheet, characters of a cell, digits of a number; its calendar is right from here on.
MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
MOST_DIGITS = 15
MOST_ZEROS = 300
FIRST_DAY = date(1900, 3, 1)
LAST_YEAR = 9999
#: Texts of so many characters come back often enough to be remembered.
REMEMBERED = 40
#: Widths of columns in characters.
NARROWEST, WIDEST, PADDING = 8, 60, 2

# Excel, LibreOffice and Google Sheets run a cell that begins with one of these, some of them after blanks.
_RUNS = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
# In csv also behind a character that another reader may take for the end of the cell. A sign followed by a blank is a
# dash of prose. Apostrophes already there get one more, so that taking one away gives back what was written.
_RUNS_IN_CSV = re.compile(
    r"""((?:^|[,;\t\n])[\s"]*)('*(?:[=@\uff1d\uff0b\uff0d\uff20]|[+\-](?=\S)))|(^\s*)('*[+\-])""", re.VERBOSE
)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column of a file: its heading, and whether its figures are right-aligned.

    Attributes:
        label: heading.
        numeric: the heading stands above figures.
        width: in characters; measured from what is written where it is 0.
    """

    label: str
    numeric: bool = False
    width: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What is written.

    Attributes:
        title: what it is, for the print's head and the file's properties.
        fields: the columns.
        rows: values in the order of the fields: ``str``, ``int``, ``float``, ``Decimal``, ``bool``, ``date``,
            ``datetime`` (aware ones are written in Asia/Ho_Chi_Minh) or None. Read once.
        sheet: name of the sheet with the data.
        sample: invented data: the sheet, the print and the properties say so. A function is asked after the last row.
        mark: words of the classification, printed on every page; empty for none. A function likewise.
        about: pairs of words for a second sheet: filters, who took it, when, what was left out.
        about_sheet: name of that sheet.
        language: ``vi`` writes figures of csv with a comma.
    """

    title: str
    fields: Sequence[Field]
    rows: Iterable[Sequence[Any]]
    sheet: str = "Dữ liệu"
    sample: bool | Callable[[], bool] = False
    mark: str | Callable[[], str] = ""
    about: Sequence[tuple[str, str]] | Callable[[], Sequence[tuple[str, str]]] = field(default_factory=tuple)
    about_sheet: str = "Thông tin"
    language: str = "vi"


def cell_text(value: str) -> str:
    """The text as a cell can hold it: line ends made one, what no XML holds gone, not over Excel's length."""
    if len(value) < MOST_CHARACTERS and value.isascii() and value.isprintable():
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    text = _UNPRINTABLE.sub("", text).encode("utf-8", "replace").decode()
    # Excel counts in UTF-16; what lies outside the basic plane counts twice.
    if len(text) * 2 > MOST_CHARACTERS:
        units = text.encode("utf-16-le")
        if len(units) // 2 > MOST_CHARACTERS:
            text = units[: (MOST_CHARACTERS - 1) * 2].decode("utf-16-le", "ignore") + "…"
    return text


def may_run(text: str) -> bool:
    """Whether Excel could take the text for a formula once somebody edits the cell."""
    return _RUNS.match(text) is not None


def local(value: datetime) -> datetime:
    """The moment as Excel holds it, without a zone: the time of day in Viet Nam."""
    return value.astimezone(VIET_NAM).replace(tzinfo=None) if value.tzinfo else value


def write_xlsx(table: Table, out: IO[bytes]) -> int:
    """Write a workbook; the first sheet holds the data, its headings in row 1. Gives back the number of rows.

    Raises:
        FileRefusedError: more rows than a sheet holds.
    """
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "remove_timezone": True}
    with xlsxwriter.Workbook(out, options) as book:
        formats = cell_formats(book)
        sheet = book.add_worksheet(_sheet_name(table.sheet))
        widths = _write_headings(sheet, table.fields, formats)
        count = 0
        for count, row in enumerate(table.rows, start=1):
            if count >= MOST_ROWS:
                raise FileRefusedError(
                    Sentence(
                        "An Excel sheet holds {rows} rows at most: narrow the list, or take it as csv.",
                        rows=MOST_ROWS - 1,
                    )
                )
            for column, value in enumerate(row):
                widths[column] = max(widths[column], write_cell(sheet, count, column, value, formats))
        sample = table.sample() if callable(table.sample) else table.sample
        mark = table.mark() if callable(table.mark) else table.mark
        marks = " · ".join(filter(None, [SAMPLE if sample else "", mark]))
        if sample:
            sheet.name = SAMPLE
            sheet.set_tab_color("#8A5A0B")
        _set_up_sheet(sheet, table, widths, count, marks)
        about = table.about() if callable(table.about) else table.about
        _write_about(book, table, about, formats)
        book.set_properties({"title": table.title[:255], "subject": marks[:255], "company": "Nhịp Cầu"})
    return count


def cell_formats(book: Any) -> dict[str, Any]:
    """How headings, figures, texts and moments look, by name."""
    base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
    return {
        "heading": book.add_format({**base, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E6F1F3"}),
        "figures": book.add_format(
            {**base, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E6F1F3", "align": "right"}
        ),
        "text": book.add_format({**base, "text_wrap": True}),
        # Shown as text even after somebody has edited the cell.
        "quoted": book.add_format({**base, "text_wrap": True, "quote_prefix": True}),
        "number": book.add_format({**base, "num_format": "#,##0.##########"}),
        "whole": book.add_format({**base, "num_format": "#,##0"}),
        "date": book.add_format({**base, "num_format": "dd/mm/yyyy", "align": "left"}),
        "moment": book.add_format({**base, "num_format": "dd/mm/yyyy hh:mm", "align": "left"}),
    }


def _sheet_name(name: str) -> str:
    """A name that Excel accepts: 31 characters, none of those with a meaning."""
    return re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:31] or "Data"


def _write_headings(sheet: Any, fields: Sequence[Field], formats: dict[str, Any]) -> list[int]:
    for column, each in enumerate(fields):
        sheet.write_string(0, column, cell_text(each.label), formats["figures" if each.numeric else "heading"])
    return [max(NARROWEST, min(len(each.label), WIDEST // 2)) for each in fields]


def write_cell(sheet: Any, row: int, column: int, value: Any, formats: dict[str, Any]) -> int:
    """Write one typed cell, text as text whatever it looks like; gives back its width in characters."""
    if value is None or value == "":
        return 0
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, formats["text"])
        return NARROWEST
    if isinstance(value, datetime) and local(value).date() >= FIRST_DAY:
        sheet.write_datetime(row, column, local(value), formats["moment"])
        return len("22/11/2026 14:05")
    if isinstance(value, date) and not isinstance(value, datetime) and value >= FIRST_DAY:
        sheet.write_datetime(row, column, value, formats["date"])
        return len("22/11/2026")
    if isinstance(value, int | float | Decimal) and is_exact(value):
        whole = value == int(value)
        sheet.write_number(row, column, value, formats["whole" if whole else "number"])
        return len(f"{value:,}")
    text = _as_text(value)
    shown, look, width = _remembered(text) if len(text) <= REMEMBERED else _prepared(text)
    sheet.write_string(row, column, shown, formats[look])
    return width


def _prepared(value: str) -> tuple[str, str, int]:
    """A text as a cell holds it, how it looks there, and how wide it is."""
    text = cell_text(value)
    return text, "quoted" if may_run(text) else "text", max(map(len, text.split("\n")))


#: Names of countries, outlets and states stand in thousands of cells.
_remembered = lru_cache(maxsize=4096)(_prepared)


def is_exact(value: Any) -> bool:
    """Whether Excel, which calculates with 15 digits, gives back this very number."""
    if isinstance(value, float):
        return isfinite(value)
    if isinstance(value, int):
        return bool(abs(value) < 10**MOST_DIGITS)
    return bool(
        value.is_finite()
        and len(value.normalize().as_tuple().digits) <= MOST_DIGITS
        and abs(value.adjusted()) < MOST_ZEROS
    )


def _as_text(value: Any) -> str:
    """A value that Excel has no type for."""
    if isinstance(value, datetime):
        return f"{local(value):%d/%m/}{local(value).year:04d}{local(value): %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/}{value.year:04d}"
    return str(value)


def _set_up_sheet(sheet: Any, table: Table, widths: list[int], count: int, marks: str) -> None:
    for column, (each, measured) in enumerate(zip(table.fields, widths, strict=True)):
        sheet.set_column(column, column, min(each.width or measured + PADDING, WIDEST))
    sheet.freeze_panes(1, 1)
    if table.fields:
        sheet.autofilter(0, 0, max(count, 1), len(table.fields) - 1)
    sheet.repeat_rows(0)
    set_up_print(sheet, table.title, marks)


def set_up_print(sheet: Any, title: str, marks: str) -> None:
    """A4 across, one page wide; the title, the marks and the number of the page stand on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.8)
    # An ampersand begins a code of Excel's page header, so one of the text is doubled; 255 characters fit.
    title, marks = (words.replace("&", "&&") for words in (title[:120], marks[:60]))
    sheet.set_header(f"&L{title}&R&B{marks}" if marks else f"&L{title}")
    sheet.set_footer("&RNhịp Cầu · &P/&N")


def _write_about(book: Any, table: Table, about: Sequence[tuple[str, str]], formats: dict[str, Any]) -> None:
    if not about:
        return
    sheet = book.add_worksheet(_sheet_name(table.about_sheet))
    for row, (name, words) in enumerate(about):
        sheet.write_string(row, 0, cell_text(name), formats["heading"])
        sheet.write_string(row, 1, cell_text(words), formats["quoted" if may_run(words) else "text"])
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


# csv ------------------------------------------------------------------------------------------------------------------


def guarded(text: str) -> str:
    """A text of a csv cell that no reader takes for a formula: an apostrophe stands before what would be run."""
    return _RUNS_IN_CSV.sub(lambda m: f"{m[1] or m[3] or ''}'{m[2] or m[4]}", text)


def unguarded(text: str) -> str:
    """What :func:`guarded` was given."""
    return _RUNS_IN_CSV.sub(lambda m: f"{m[1] or m[3] or ''}{(m[2] or m[4]).removeprefix(chr(39))}", text)


def delimiter(language: str) -> str:
    """What parts the cells: where figures are written with a comma, Excel expects a semicolon."""
    return ";" if language.partition("-")[0] == "vi" else ","


def write_csv(table: Table, out: IO[bytes]) -> int:
    """Write UTF-8 with the mark by which Excel knows it. Gives back the number of rows.

    Every text is quoted; figures are written with the decimal sign of the language and without groups, days as
    2026-11-22, which Excel reads in every language.
    """
    stream = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(stream, delimiter=delimiter(table.language), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([guarded(cell_text(each.label)) for each in table.fields])
    count = 0
    for row in table.rows:
        writer.writerow([_csv_cell(value, table.language) for value in row])
        count += 1
    stream.flush()
    stream.detach()
    return count


def _csv_cell(value: Any, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float | Decimal):
        written = f"{value:f}" if isinstance(value, Decimal) else str(value)
        return written.replace(".", ",") if delimiter(language) == ";" else written
    if isinstance(value, datetime):
        return local(value).isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return guarded(cell_text(str(value)))
