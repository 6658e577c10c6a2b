"""From a sheet to the rows of an import: headings found, cells read as what their column wants, or named as wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nhipcau.documents.importing import ImportColumn, ImportRow, Problem
from nhipcau.documents.packages import column_letters
from nhipcau.documents.sentences import FileRefusedError, Sentence
from nhipcau.documents.values import day_in, numbers_in, whole_in
from nhipcau.text import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from nhipcau.documents.reading import Sheet

#: Headings may stand below a title, but not farther down than this many rows that hold something.
HEADINGS_WITHIN = 10

REQUIRED = Sentence("This cell must be filled in.")
NO_TEXT = Sentence("This is a date or a yes/no of Excel: format the column as text and enter it again.")
NO_DATE = Sentence("This is not a date: write it like 22/11/2026.")
NO_WHOLE = Sentence("This is not a whole number.")
NO_NUMBER = Sentence("This is not a number.")
UNCLEAR = Sentence("It is not clear which sign marks the decimals: write the number without groups of three.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a file gives for an import.

    Attributes:
        heading_row: where the headings stand.
        rows: those below, read.
        problems: cells that cannot be read; their column is a key, or the letters of a column without one.
        places: key -> index of its column in the sheet, from 0.
        unused: headings over columns that the import does not know, and that hold something.
    """

    heading_row: int
    rows: Sequence[ImportRow]
    problems: Sequence[Problem]
    places: Mapping[str, int]
    unused: Sequence[str]


def take(sheet: Sheet, columns: Sequence[ImportColumn], names: Callable[[Any], Iterable[str]]) -> Given:
    """Read a sheet for an import.

    Args:
        sheet: as found.
        columns: what is asked for.
        names: every way in which a label is written, one for each language of the system.

    Raises:
        FileRefusedError: no row of headings, a required one missing, one there twice, or no row below them.
    """
    known = {fold(name): each.key for each in columns for name in (each.key, *names(each.label)) if fold(name)}
    at, headings = _headings(sheet, known)
    places = _places(sheet, at, headings, known)
    missing = [each for each in columns if each.required and each.key not in places]
    if missing:
        labels = ", ".join(f"“{each.label}”" for each in missing)
        raise FileRefusedError(
            Sentence("Columns are missing: {labels}. Use the headings of the template.", labels=labels)
        )
    below = [(number, cells) for number, cells in sheet.rows if number > at]
    if not below:
        raise FileRefusedError(Sentence("There is no row below the headings."))
    faults = {(fault.row, fault.column): fault.sentence for fault in sheet.faults if fault.row > at}
    problems: list[Problem] = []
    rows = []
    for number, cells in below:
        values: dict[str, Any] = {}
        for column in columns:
            index = places.get(column.key, -1)
            cell = cells[index] if 0 <= index < len(cells) else None
            fault = faults.get((number, index))
            read = fault or read_cell(cell, column, names)
            values[column.key] = None if isinstance(read, Sentence) else read
            if isinstance(read, Sentence):
                problems.append(Problem(row=number, column=column.key, sentence=read))
        rows.append(ImportRow(number=number, values=values))
    unused = _unused(headings, below, set(places.values()))
    return Given(heading_row=at, rows=rows, problems=problems, places=places, unused=unused)


def _headings(sheet: Sheet, known: Mapping[str, str]) -> tuple[int, tuple[Any, ...]]:
    """The row with the most headings that are known, the first of them."""
    rows = sheet.rows[:HEADINGS_WITHIN]
    found = [(sum(_folded(cell) in known for cell in cells), -number, cells) for number, cells in rows]
    most, number, cells = max(found, key=lambda each: each[:2])
    if not most:
        raise FileRefusedError(
            Sentence("None of the headings that are asked for stands in the first rows: start from the template.")
        )
    return -number, cells


def _folded(cell: Any) -> str:
    return fold(cell) if isinstance(cell, str) else ""


def _places(sheet: Sheet, at: int, headings: tuple[Any, ...], known: Mapping[str, str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, cell in enumerate(headings):
        key = known.get(_folded(cell))
        if key is None:
            continue
        if key in places:
            raise FileRefusedError(
                Sentence(
                    "The heading “{heading}” stands in {one} and in {other}: keep one of the two columns.",
                    heading=cell,
                    one=sheet.place(at, places[key]),
                    other=sheet.place(at, index),
                )
            )
        places[key] = index
    return places


def _unused(headings: tuple[Any, ...], below: Iterable[tuple[int, tuple[Any, ...]]], used: set[int]) -> list[str]:
    filled = {index for _number, cells in below for index, cell in enumerate(cells) if cell is not None}
    heads = dict(enumerate(headings))
    return [str(heads.get(index) or column_letters(index + 1)) for index in sorted(filled - used)]


def read_cell(cell: Any, column: ImportColumn, names: Callable[[Any], Iterable[str]]) -> Any:
    """The cell as its column wants it, None where it is empty and may be; a sentence where it is something else."""
    if isinstance(cell, str):
        cell = nfc(cell.strip()) or None
    if cell is None:
        return REQUIRED if column.required else None
    value = _READERS[column.kind](cell)
    return value if isinstance(value, Sentence) or not column.choices else _chosen(value, column, names)


def _chosen(value: Any, column: ImportColumn, names: Callable[[Any], Iterable[str]]) -> Any:
    asked = fold(str(value))
    for stored, label in column.choices.items():
        if asked in {fold(str(stored)), *(fold(name) for name in names(label))}:
            return stored
    choices = ", ".join(str(label) for label in list(column.choices.values())[:12])
    more = ", …" if len(column.choices) > 12 else ""  # noqa: PLR2004 - a dozen fits one line
    return Sentence("This is none of the choices: {choices}.", choices=choices + more)


def _text(cell: Any) -> str | Sentence:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return NO_TEXT
    return str(int(cell)) if cell == int(cell) else repr(cell)


def _date(cell: Any) -> date | Sentence:
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else NO_DATE
    if isinstance(cell, date):
        return cell
    day = day_in(cell) if isinstance(cell, str) else None
    return NO_DATE if day is None else day


def _whole(cell: Any) -> int | Sentence:
    if isinstance(cell, bool | date | time | timedelta):
        return NO_WHOLE
    if isinstance(cell, str):
        found = whole_in(cell)
        return NO_WHOLE if found is None else found
    if cell != int(cell):
        return NO_WHOLE
    return int(cell)


def _number(cell: Any) -> Decimal | Sentence:
    if isinstance(cell, bool | date | time | timedelta):
        return NO_NUMBER
    if not isinstance(cell, str):
        return Decimal(repr(cell))
    meant = numbers_in(cell)
    if len(meant) > 1:
        return UNCLEAR
    return meant[0] if meant else NO_NUMBER


_READERS: Mapping[str, Callable[[Any], Any]] = {"text": _text, "date": _date, "whole": _whole, "number": _number}
