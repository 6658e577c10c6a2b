"""A report's workbook, filled with what is known: written for people, recognised again by marks that nobody sees."""

from __future__ import annotations

from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from nhipcau.documents.forms.answers import number
from nhipcau.documents.forms.flat import flatten
from nhipcau.documents.forms.form import FigureItem, TableItem
from nhipcau.documents.forms.paths import asked, shown_of
from nhipcau.documents.forms.workbook.guide import write_guide
from nhipcau.documents.forms.workbook.layout import AXIS, FIGURES, GUIDE, READY_ROWS, TABLE, TEXTS, path_of, plan
from nhipcau.documents.forms.workbook.looks import Looks
from nhipcau.documents.packages import column_letters
from nhipcau.documents.sentences import gettext_noop
from nhipcau.documents.tables import SAMPLE, cell_text, is_exact, may_run, set_up_print
from nhipcau.documents.values import day_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nhipcau.documents.forms.answers import Answers
    from nhipcau.documents.forms.form import Form
    from nhipcau.documents.forms.workbook.guide import Cover
    from nhipcau.documents.forms.workbook.identity import Identity
    from nhipcau.documents.forms.workbook.layout import ColumnPlan, SheetPlan

#: The sheet with the identity; Excel does not offer to show it.
HIDDEN = "_nhipcau"
LISTS = "_lists"
#: Excel takes a list of choices as one text of so many characters; a longer one stands on a sheet of its own.
SHORT_LIST = 255
LINE, MOST_HEIGHT = 15, 405
NOT_NUMBER = gettext_noop("A number of zero or more is asked for here.")
NOT_WHOLE = gettext_noop("A whole number of zero or more is asked for here.")
NOT_DAY = gettext_noop("A day is asked for here, like 30/11/2026.")
NOT_MARK = gettext_noop("Put x here, or leave the cell empty.")
WRONG = gettext_noop("Please check")
_TEXT_HEIGHT = 6
#: What the people of a protected sheet may do all the same.
_ALLOWED = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}


def write_workbook(
    form: Form,
    answers: Answers,
    identity: Identity,
    out: IO[bytes],
    *,
    cover: Cover,
    translate: Callable[[str], str],
) -> None:
    """Write the workbook of a report.

    Args:
        form: what is asked.
        answers: with what it is filled.
        identity: of the report, the form and the version of the draft.
        out: gets the bytes of the ``.xlsx``.
        cover: for the first sheet.
        translate: for the words of the program; those of the form are Vietnamese.
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        _Writer(book, form, answers, identity, cover=cover, translate=translate).write()


class _Writer:
    """One workbook while it is written."""

    def __init__(
        self,
        book: Any,
        form: Form,
        answers: Answers,
        identity: Identity,
        *,
        cover: Cover,
        translate: Callable[[str], str],
    ) -> None:
        self.book, self.form, self.answers, self.cover = book, form, answers, cover
        self.identity, self.translate = identity, translate
        self.fields = flatten(answers)
        self.looks = Looks(book)
        self.lists: Any = None
        self.listed: dict[str, Any] = {}
        #: Figure -> cell of its total, as formulas name it.
        self.totals: dict[str, str] = {}

    def write(self) -> None:
        """Every sheet."""
        sheets = plan(self.form, self.translate)
        guide = self._sheet(self.translate(GUIDE))
        names = [sheet.name for sheet in sheets]
        write_guide(guide, self.form, self.cover, names=names, looks=self.looks, translate=self.translate)
        guide.protect("", {"format_columns": True, "format_rows": True})
        for sheet in sheets:
            self._fill(sheet)
        hidden = self.book.add_worksheet(HIDDEN)
        for row, words in enumerate(self._about()):
            for column, word in enumerate(words):
                hidden.write_string(row, column, word)
        hidden.very_hidden()
        self.book.set_properties(
            {
                "title": self.form.title[:255],
                "subject": SAMPLE if self.cover.sample else "",
                "comments": self.identity.mark,
                "company": "Nhịp Cầu",
            }
        )

    def _about(self) -> list[tuple[str, ...]]:
        told = self.identity
        return [
            (told.mark,),
            ("report", str(told.report)),
            ("campaign", str(told.campaign)),
            ("organisation", told.organisation),
            ("form", told.form),
            ("version", str(told.version)),
            ("draft", str(told.draft)),
            ("book", told.book),
        ]

    def _sheet(self, name: str) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, self.identity.mark, self.looks.mark)
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(0, 0, 8, None, {"hidden": True})
        set_up_print(sheet, self.form.title, SAMPLE if self.cover.sample else "")
        sheet.hide_gridlines(0)
        if self.cover.sample:
            sheet.set_tab_color("#8A5A0B")
        return sheet

    def _fill(self, planned: SheetPlan) -> None:
        sheet = self._sheet(planned.name)
        for at, column in enumerate(planned.columns, start=1):
            sheet.write_string(0, at, self.identity.token(column.says), self.looks.mark)
            sheet.set_column(at, at, column.width)
        lines = [planned.title, *([SAMPLE] if self.cover.sample else []), *planned.notes]
        for row, line in enumerate(lines, start=1):
            look = self.looks.sample if line == SAMPLE else self.looks.title if row == 1 else self.looks.note
            sheet.write_string(row, 0, self.identity.token("h:note"), self.looks.mark)
            sheet.write_string(row, 1, cell_text(line), look)
        head = len(lines) + 1
        if planned.kind == TABLE:
            self._none_of_table(sheet, head, planned)
            head += 1
        sheet.write_string(head, 0, self.identity.token("h:head"), self.looks.mark)
        for at, column in enumerate(planned.columns, start=1):
            sheet.write_string(head, at, cell_text(column.heading), self.looks.heading)
        across = 1 + next((i for i, each in enumerate(planned.columns, start=1) if each.holds == "label"), 0)
        sheet.freeze_panes(head + 1, across)
        sheet.repeat_rows(head)
        if planned.kind == TABLE:
            self._table_rows(sheet, head + 1, planned)
            sheet.autofilter(head, 1, head + self._activities(planned.key), len(planned.columns))
        else:
            self._rows(sheet, head + 1, planned)
        sheet.protect("", _ALLOWED)

    # Rows that are fixed ----------------------------------------------------------------------------------------------

    def _rows(self, sheet: Any, first: int, planned: SheetPlan) -> None:
        last = first + len(planned.rows) - 1
        for row, each in enumerate(planned.rows, start=first):
            sheet.write_string(row, 0, self.identity.token(each.says), self.looks.mark)
            for at, (column, words) in enumerate(zip(planned.columns, each.words, strict=True), start=1):
                path = path_of(each.says, column.says)
                if path is None or not asked(self.form, path):
                    self._fixed(sheet, row, at, column, words)
                else:
                    self._input(sheet, row, at, path, self._holds(column, path))
            if planned.kind == TEXTS:
                sheet.set_row(row, self._height(each.says.removeprefix("t:"), each.words[2]))
            if planned.kind == FIGURES:
                at = 1 + next(i for i, column in enumerate(planned.columns) if column.says == "@figure:value")
                self.totals[each.says.removeprefix("f:")] = f"'{planned.name}'!${column_letters(at + 1)}${row + 1}"
        if planned.kind == AXIS:
            self._compare(sheet, first, last, planned)

    def _fixed(self, sheet: Any, row: int, at: int, column: ColumnPlan, words: str) -> None:
        if words:
            sheet.write_string(row, at, cell_text(words), self.looks.label)
        elif column.holds in {"info", "label", "number"}:
            sheet.write_blank(row, at, None, self.looks.label)

    def _holds(self, column: ColumnPlan, path: str) -> str:
        item = self.form.items[path.split(".")[1]]
        return item.number if column.holds == "number" and isinstance(item, FigureItem) else column.holds

    def _height(self, key: str, guidance: str) -> int:
        answer = self.answers.texts.get(key, "")
        lines = max(_lines(answer, 95), _lines(guidance, 42), _TEXT_HEIGHT)
        return min(lines * LINE, MOST_HEIGHT)

    def _compare(self, sheet: Any, first: int, last: int, planned: SheetPlan) -> None:
        """Beside each breakdown the total that was given and the sum of the parts; red where they differ."""
        says = {column.says: at for at, column in enumerate(planned.columns, start=1)}
        if "@info:sum" in says:
            total, added = says["@info:total"], says["@info:sum"]
            left, right = column_letters(added + 2), column_letters(len(planned.columns) + 1)
            for row, each in enumerate(planned.rows, start=first):
                figure = each.says.removeprefix("f:")
                self._formula_total(sheet, row, total, figure)
                self._formula_sum(sheet, row, added, f"{left}{row + 1}:{right}{row + 1}", (planned.key, figure))
            first_total, first_sum = (
                f"${column_letters(total + 1)}{first + 1}",
                f"${column_letters(added + 1)}{first + 1}",
            )
            self._warn(sheet, (first, added, last, added), first_sum, first_total)
            return
        top, bottom = first + 3, last + 1
        for at, column in enumerate(planned.columns, start=1):
            if column.says.startswith("@f:"):
                figure, letters = column.says.removeprefix("@f:"), column_letters(at + 1)
                self._formula_total(sheet, first, at, figure)
                self._formula_sum(sheet, first + 1, at, f"{letters}{top}:{letters}{bottom}", (planned.key, figure))
        self._warn(sheet, (first + 1, 2, first + 1, len(planned.columns)), f"C${first + 2}", f"C${first + 1}")

    def _warn(self, sheet: Any, area: tuple[int, int, int, int], added: str, total: str) -> None:
        differ = f'=AND({added}<>"",{added}<>{total})'
        sheet.conditional_format(*area, {"type": "formula", "criteria": differ, "format": self.looks.wrong})

    def _formula_total(self, sheet: Any, row: int, at: int, figure: str) -> None:
        cell, value = self.totals[figure], number(self.answers.figure(figure).value)
        shown = "" if value is None else float(value)
        sheet.write_formula(row, at, f'=IF({cell}="","",{cell})', self.looks.computed, shown)

    def _formula_sum(self, sheet: Any, row: int, at: int, area: str, of: tuple[str, str]) -> None:
        axis, figure = of
        parts = [number(text) for text in self.answers.figure(figure).by.get(axis, {}).values()]
        given = [part for part in parts if part is not None]
        shown = float(sum(given, Decimal(0))) if given else ""
        sheet.write_formula(row, at, f'=IF(COUNT({area})=0,"",SUM({area}))', self.looks.computed, shown)

    # Tables -----------------------------------------------------------------------------------------------------------

    def _none_of_table(self, sheet: Any, row: int, planned: SheetPlan) -> None:
        says = planned.rows[0].says
        sheet.write_string(row, 0, self.identity.token(says), self.looks.mark)
        self._input(sheet, row, 1, f"tables.{planned.key}.none", "mark")
        sheet.write_string(row, 2, planned.rows[0].words[1], self.looks.note)

    def _activities(self, table: str) -> int:
        item, rows = self.form.items[table], len(self.answers.table(table).rows)
        most = item.most if isinstance(item, TableItem) else rows
        return max(min(rows + READY_ROWS, most), rows, 1)

    def _table_rows(self, sheet: Any, first: int, planned: SheetPlan) -> None:
        ids = [row.id for row in self.answers.table(planned.key).rows]
        ready = self._activities(planned.key)
        ids += [f"{self.identity.book}x{count}" for count in range(1, ready - len(ids) + 1)]
        for row, row_id in enumerate(ids, start=first):
            sheet.write_string(row, 0, self.identity.token(f"r:{planned.key}:{row_id}"), self.looks.open_mark)
            for at, column in enumerate(planned.columns, start=1):
                path = f"tables.{planned.key}.{row_id}.{column.says.split(':', 2)[2]}"
                self._input(sheet, row, at, path, column.holds, alone=False)
        for at, column in enumerate(planned.columns, start=1):
            self._validate(sheet, (first, at, first + ready - 1, at), column.holds, self._choices(column))

    def _choices(self, column: ColumnPlan) -> Mapping[str, str]:
        """Key -> label of a column of choices."""
        _, table, key = column.says.split(":", 2)
        item = self.form.items[table]
        if column.holds != "choice" or not isinstance(item, TableItem):
            return {}
        return {choice.key: choice.label for choice in self.form.axis[item.by_key[key].axis].choices}

    # Cells ------------------------------------------------------------------------------------------------------------

    def _input(self, sheet: Any, row: int, at: int, path: str, holds: str, *, alone: bool = True) -> None:
        look, text = self.looks.input[holds], self.fields.get(path, "")
        if alone:
            self._validate(sheet, (row, at, row, at), holds, {})
        if not text:
            sheet.write_blank(row, at, None, look)
            return
        if holds == "mark":
            sheet.write_string(row, at, "x", look)
        elif holds in {"whole", "decimal", "money"} and (value := _number(text)) is not None:
            sheet.write_number(row, at, value, look)
        elif holds == "date" and (day := day_in(text)) is not None:
            sheet.write_datetime(row, at, day, look)
        else:
            words = shown_of(self.form, path, text) if holds == "choice" else text
            sheet.write_string(row, at, cell_text(words), self.looks.quoted if may_run(words) else look)

    def _validate(self, sheet: Any, area: tuple[int, int, int, int], holds: str, choices: Mapping[str, str]) -> None:
        rule: dict[str, Any] = {"ignore_blank": True, "error_title": self.translate(WRONG)[:32]}
        # A warning and no stop: what is typed all the same comes back, and is named there.
        rule["error_type"] = "warning"
        if holds == "whole":
            rule |= {"validate": "integer", "criteria": ">=", "value": 0, "error_message": NOT_WHOLE}
        elif holds in {"decimal", "money"}:
            rule |= {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": NOT_NUMBER}
        elif holds == "date":
            rule |= {"validate": "custom", "value": f"=ISNUMBER({column_letters(area[1] + 1)}{area[0] + 1})"}
            rule["error_message"] = NOT_DAY
        elif holds == "mark":
            rule |= {"validate": "list", "source": ["x"], "error_message": NOT_MARK}
        elif holds == "choice":
            rule |= {"validate": "list", "source": self._source(tuple(choices.values()))}
        else:
            return
        message = rule.get("error_message")
        if message:
            rule["error_message"] = self.translate(message)[:SHORT_LIST]
        sheet.data_validation(*area, rule)

    def _source(self, labels: tuple[str, ...]) -> Any:
        if len(",".join(labels)) <= SHORT_LIST and not any("," in label for label in labels):
            return list(labels)
        found = self.listed.get("\n".join(labels))
        if found is None:
            if self.lists is None:
                self.lists = self.book.add_worksheet(LISTS)
                self.lists.hide()
            column = len(self.listed)
            self.lists.write_column(0, column, [cell_text(label) for label in labels])
            letters = column_letters(column + 1)
            found = f"='{LISTS}'!${letters}$1:${letters}${len(labels)}"
            self.listed["\n".join(labels)] = found
        return found


def _number(text: str) -> Decimal | None:
    """The number, where Excel, which calculates with 15 digits, gives back this very one."""
    try:
        value = number(text)
    except ValueError:
        return None
    return value if value is not None and is_exact(value) else None


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column of so many characters."""
    return sum(len(line) // width + 1 for line in text.split("\n"))
