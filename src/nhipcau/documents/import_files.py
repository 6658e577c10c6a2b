"""The two files of an import: the template that is filled in, and the file that comes back with its problems marked."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from nhipcau.documents.packages import column_letters
from nhipcau.documents.tables import SAMPLE, cell_text, local

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nhipcau.documents.importing import ImportColumn, Problem
    from nhipcau.documents.reading import Sheet

#: Rows of the template for which choices and kinds are checked by Excel itself.
PREPARED = 2_000
#: Excel takes a list of choices as one text of so many characters; a longer one stands on a sheet of its own.
SHORT_LIST = 255
NUMBER_FORMATS = {"text": "@", "date": "dd/mm/yyyy", "whole": "0", "number": "#,##0.##########"}


def write_template(
    columns: Sequence[ImportColumn],
    *,
    words: Mapping[str, str],
    sample: bool = False,
) -> bytes:
    """The workbook to be filled in: headings (a required one with an asterisk), choices to pick from, a sheet of help.

    Args:
        columns: what is asked for.
        words: names of the sheets ``sheet``, ``help`` and ``lists``; headings of the help ``column``, ``required``,
            ``kind``, ``meaning``, ``choices``; ``yes``; and the kinds ``text``, ``date``, ``whole``, ``number``.
        sample: whether the installation shows invented data.
    """
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True}
        heading = book.add_format({**base, "bold": True, "bottom": 1, "bg_color": "#E6F1F3"})
        plain = book.add_format(base)
        kinds = {kind: book.add_format({**base, "num_format": code}) for kind, code in NUMBER_FORMATS.items()}
        sheet = book.add_worksheet(words["sheet"])
        guide = book.add_worksheet(words["help"])
        lists = book.add_worksheet(words["lists"])
        lists.hide()
        for index, column in enumerate(columns):
            label = f"{column.label} *" if column.required else str(column.label)
            sheet.write_string(0, index, label, heading)
            sheet.set_column(index, index, max(14, min(len(label) + 4, 40)), kinds[column.kind])
            if column.help:
                sheet.write_comment(0, index, str(column.help), {"x_scale": 2})
            _let_choose(sheet, lists, index, column)
        sheet.freeze_panes(1, 0)
        _write_guide(guide, columns, words, heading, plain)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(0)
        if sample:
            sheet.set_header(f"&R&B{SAMPLE}")
    return out.getvalue()


def _let_choose(sheet: Any, lists: Any, index: int, column: ImportColumn) -> None:
    labels = [str(label) for label in column.choices.values()]
    if not labels:
        return
    if len(",".join(labels)) <= SHORT_LIST and not any("," in label for label in labels):
        source: Any = labels
    else:
        lists.write_column(0, index, labels)
        letters = column_letters(index + 1)
        source = f"='{lists.get_name()}'!${letters}$1:${letters}${len(labels)}"
    # A warning and no stop: the values stored are accepted beside the labels.
    rule = {"validate": "list", "source": source, "error_type": "warning", "ignore_blank": True}
    sheet.data_validation(1, index, PREPARED, index, rule)


def _write_guide(
    guide: Any, columns: Sequence[ImportColumn], words: Mapping[str, str], heading: Any, plain: Any
) -> None:
    for at, name in enumerate(("column", "required", "kind", "meaning", "choices")):
        guide.write_string(0, at, words[name], heading)
    for row, column in enumerate(columns, start=1):
        cells = [
            str(column.label),
            words["yes"] if column.required else "",
            words[column.kind],
            str(column.help),
            "; ".join(str(label) for label in column.choices.values()),
        ]
        for at, text in enumerate(cells):
            guide.write_string(row, at, cell_text(text), plain)
    for at, width in enumerate((28, 12, 16, 60, 60)):
        guide.set_column(at, at, width)
    guide.freeze_panes(1, 0)


def write_marked(
    sheet: Sheet,
    problems: Sequence[Problem],
    places: Mapping[str, int],
    *,
    heading_row: int,
    heading: str,
    tell: Callable[[str], str],
) -> bytes:
    """What was given, as a workbook: every cell where it stood, marked where there is a problem.

    The sentences of a row stand behind its last column, so that the places named are those of the file.

    Args:
        sheet: as read.
        problems: of the reading and of the run.
        places: key of a column -> its index in the sheet.
        heading_row: where the headings stand; the column of sentences gets its heading there.
        heading: of the column of sentences.
        tell: a sentence in the reader's language.
    """
    import xlsxwriter

    wrong: dict[tuple[int, int], list[str]] = {}
    said: dict[int, list[str]] = {}
    for problem in problems:
        place = places.get(problem.column or "")
        sentence = tell(problem.sentence)
        said.setdefault(problem.row, []).append(
            f"{column_letters(place + 1)}{problem.row}: {sentence}" if place is not None else sentence
        )
        if place is not None:
            wrong.setdefault((problem.row, place), []).append(sentence)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True}
        look = _Look(book, base)
        page = book.add_worksheet(sheet.name[:31] or "Sheet1")
        behind = max((len(cells) for _row, cells in sheet.rows), default=1)
        page.set_column(0, behind - 1, 18)
        page.set_column(behind, behind, 70)
        for number, cells in sheet.rows:
            if number == heading_row:
                page.write_string(number - 1, behind, heading, look.heading)
            if number in said:
                page.write_string(number - 1, behind, cell_text("\n".join(said[number])), look.sentence)
            for index, value in enumerate(cells):
                marked = (number, index) in wrong
                _write(page, number - 1, index, value, look, marked=marked, bold=number == heading_row)
        for (number, index), sentences in wrong.items():
            page.write_comment(number - 1, index, "\n".join(sentences), {"x_scale": 2})
        page.freeze_panes(heading_row, 1)
    return out.getvalue()


class _Look:
    """The formats of the marked file: as they are, and marked."""

    def __init__(self, book: Any, base: Mapping[str, Any]) -> None:
        mark = {"bg_color": "#FBEAE8", "border": 1, "border_color": "#B3261E"}
        self.heading = book.add_format({**base, "bold": True, "bottom": 1})
        self.sentence = book.add_format({**base, "font_color": "#B3261E"})
        codes = {"text": "@", "number": "General", "date": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm"}
        self.plain = {kind: book.add_format({**base, "num_format": code}) for kind, code in codes.items()}
        self.marked = {kind: book.add_format({**base, **mark, "num_format": code}) for kind, code in codes.items()}


def _write(page: Any, row: int, column: int, value: Any, look: _Look, *, marked: bool, bold: bool) -> None:
    formats = look.marked if marked else look.plain
    if value is None:
        if marked:
            page.write_blank(row, column, None, formats["text"])
    elif isinstance(value, bool):
        page.write_boolean(row, column, value, formats["number"])
    elif isinstance(value, datetime):
        kind = "date" if value.time() == value.min.time() else "moment"
        page.write_datetime(row, column, local(value), formats[kind])
    elif isinstance(value, date):
        page.write_datetime(row, column, value, formats["date"])
    elif isinstance(value, int | float):
        page.write_number(row, column, value, formats["number"])
    else:
        page.write_string(row, column, cell_text(str(value)), look.heading if bold and not marked else formats["text"])
