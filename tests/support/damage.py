"""Workbooks as offices give them back: filled in, then harmed in one of many ways, with what reading them must find.

What is expected is known by construction: each kind of harm says which cells it touched, and where they then stand.
"""

import copy
import io
import random
import unicodedata
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time

import openpyxl

from nhipcau.documents.forms import Answers, FigureAnswer, Row, TableAnswer, TextItem
from nhipcau.documents.forms.flat import flatten
from nhipcau.documents.forms.paths import asked
from nhipcau.documents.forms.workbook import Identity, read_workbook, write_workbook
from nhipcau.documents.forms.workbook.layout import path_of
from nhipcau.documents.sentences import FileRefusedError
from tests.support.outline import COVER, outline

HIDDEN = "_nhipcau"
WORDS = ("Đơn vị", "đã", "phối hợp", "tổ chức", "nhiều hoạt động", "giới thiệu", "đất nước,", "con người", "Việt Nam.")


@dataclass
class Expected:
    """What reading must give."""

    #: Path -> text of everything that holds something and can be read.
    fields: dict
    #: Fields that must not be given at all.
    blocked: set = field(default_factory=set)
    problems: set = field(default_factory=set)
    questions: set = field(default_factory=set)
    conversions: set = field(default_factory=set)
    unplaced: set = field(default_factory=set)
    missing: set = field(default_factory=set)
    refused: bool = False
    #: Rows whose keys are made up on reading: cells of each, by column.
    new_rows: list = field(default_factory=list)


class Workbook:
    """A workbook that somebody has open: cells are found by the marks of their row and column."""

    def __init__(self, seed, *, calculated):
        self.random, self.calculated = random.Random(seed), calculated
        self.form, self.before = outline(), some_answers(self.random, outline())
        book = f"{self.random.getrandbits(24):06x}"
        self.identity = Identity(
            report=12, campaign=3, organisation="so-mau", form="annual", version=1, draft=4, book=book
        )
        out = io.BytesIO()
        write_workbook(self.form, self.before, self.identity, out, cover=COVER, translate=str)
        self.book = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
        filled = flatten(self.before).items()
        self.expected = Expected(fields={path: text for path, text in filled if not path.endswith(".rows")})
        self.bytes = None

    # Finding ----------------------------------------------------------------------------------------------------------

    def marks(self, sheet):
        rows, columns = {}, {}
        for line in sheet.iter_rows():
            for cell in line:
                if isinstance(cell.value, str) and cell.value.startswith("nc12:"):
                    says = cell.value.removeprefix("nc12:")
                    if says.startswith("@"):
                        columns.setdefault(says, cell.column)
                    else:
                        rows.setdefault(says, cell.row)
        return rows, columns

    def cells(self):
        """Path -> cell, of everything that can be filled in."""
        found = {}
        for sheet in self.book.worksheets:
            rows, columns = self.marks(sheet)
            for row_says, row in rows.items():
                for column_says, column in columns.items():
                    path = path_of(row_says, column_says)
                    if path and asked(self.form, path) and not (path.startswith("tables.") and path.endswith(".none")):
                        found.setdefault(path, sheet.cell(row, column))
        return found

    def cell(self, path):
        return self.cells()[path]

    def sheet(self, says):
        """The sheet that has a row or a column with this mark."""
        for sheet in self.book.worksheets:
            rows, columns = self.marks(sheet)
            if says in rows or says in columns:
                return sheet
        raise KeyError(says)

    # Typing -----------------------------------------------------------------------------------------------------------

    def type(self, path, value, text):
        """Type something into a cell, which means ``text``."""
        self.cell(path).value = value
        self.expected.fields.pop(path, None)
        if text:
            self.expected.fields[path] = text

    def spoil(self, path, value, kind="problems"):
        """Type something into a cell that cannot be taken."""
        cell = self.cell(path)
        cell.value = value
        self.block(path)
        getattr(self.expected, kind).add(place(cell))
        return cell

    def block(self, path):
        self.expected.fields.pop(path, None)
        self.expected.blocked.add(path)

    def fill(self):
        """A few answers as somebody types them."""
        for key, item in self.form.figures.items():
            if self.random.random() < 0.5:
                whole = item.number == "whole"
                value = self.random.randint(0, 90_000) if whole else self.random.randint(0, 9_000_000) / 100
                self.type(f"figures.{key}", value, plain(value))
                self.type(f"figures.{key}.none", None, "")
        for key, item in self.form.items.items():
            if isinstance(item, TextItem) and self.random.random() < 0.4:
                text = " ".join(self.random.choices(WORDS, k=self.random.randint(5, 60)))
                self.type(f"texts.{key}", text, text)
        row = f"tables.events.{self.identity.book}x1"
        self.type(f"{row}.name", "Hoạt động mới", "Hoạt động mới")
        self.type(f"{row}.held_on", date(2026, 10, 3), "2026-10-03")
        self.type(f"{row}.people", 45, "45")

    def save(self):
        if self.bytes is not None:
            return self.bytes
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def plain(value):
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def place(cell):
    return f"{cell.parent.title}!{cell.coordinate}"


def some_answers(rng, form):
    """Answers with which the workbook is filled before it is handed out."""
    figures = {}
    for key, item in form.figures.items():
        if rng.random() < 0.6:
            value = rng.randint(1, 50_000)
            by = {}
            for axis in item.axes:
                choices = rng.sample([choice.key for choice in form.axis[axis].choices], 3)
                by[axis] = {choices[0]: str(value // 2), choices[1]: str(value - value // 2)}
            figures[key] = FigureAnswer(
                value=str(value), by=by, comment="Theo sổ theo dõi" if rng.random() < 0.2 else ""
            )
        elif rng.random() < 0.3:
            figures[key] = FigureAnswer(none=True)
    texts = {
        key: " ".join(rng.choices(WORDS, k=rng.randint(5, 40)))
        for key, item in form.items.items()
        if isinstance(item, TextItem) and rng.random() < 0.7
    }
    rows = tuple(
        Row(
            id=f"a{number}",
            cells={
                "name": f"Hoạt động mẫu số {number}",
                "held_on": date(2026, rng.randint(1, 12), rng.randint(1, 28)).isoformat(),
                "place": rng.choice(["Thành phố Mẫu", "Thủ đô Mẫu"]),
                "country": f"n{rng.randint(1, 40):02d}",
                "people": str(rng.randint(1, 5_000)),
            },
        )
        for number in range(1, rng.randint(4, 9))
    )
    return Answers(texts=texts, figures=figures, tables={"events": TableAnswer(rows=rows)})


# Kinds of harm --------------------------------------------------------------------------------------------------------


def nothing(book):
    """It comes back as it is."""


def sheets_renamed(book):
    for number, sheet in enumerate(book.book.worksheets):
        if sheet.title != HIDDEN:
            sheet.title = f"Trang {number} (sửa)"


def hidden_sheet_gone(book):
    del book.book[HIDDEN]


def identity_damaged(book):
    del book.book[HIDDEN]
    for sheet in book.book.worksheets:
        sheet["A1"].value = str(sheet["A1"].value)[:-3] + "zzz"


def rows_inserted(book):
    sheet = book.sheet("@figure:value")
    rows, _columns = book.marks(sheet)
    sheet.insert_rows(rows["f:items"], 3)


def columns_inserted(book):
    sheet = book.sheet("@figure:value")
    _rows, columns = book.marks(sheet)
    sheet.insert_cols(columns["@figure:value"], 2)


def column_typed_beside(book):
    columns_inserted(book)
    sheet = book.sheet("@figure:value")
    rows, columns = book.marks(sheet)
    cell = sheet.cell(rows["f:courses"], columns["@figure:value"] - 1)
    cell.value = "đã kiểm tra"
    book.expected.unplaced.add(place(cell))


def block_moved(book):
    sheet = book.sheet("@figure:value")
    rows, _columns = book.marks(sheet)
    first, last = rows["f:documents"], rows["f:inspections"]
    sheet.move_range(f"A{first}:Z{last}", rows=60)


def _reordered(book, columns_from):
    sheet = book.sheet("@figure:value")
    rows, _columns = book.marks(sheet)
    numbers = sorted(row for says, row in rows.items() if says.startswith("f:"))
    lines = [[copy.copy(cell.value) for cell in sheet[number]] for number in numbers]
    moved = list(lines)
    book.random.shuffle(moved)
    for number, line in zip(numbers, moved, strict=True):
        for cell, value in list(zip(sheet[number], line, strict=True))[columns_from:]:
            cell.value = value
    return sheet, numbers, lines, moved


def sorted_with_marks(book):
    _reordered(book, 0)


def sorted_without_marks(book):
    sheet, numbers, lines, moved = _reordered(book, 1)
    _rows, columns = book.marks(sheet)
    for number, old, new in zip(numbers, lines, moved, strict=True):
        if old[0] != new[0]:
            book.expected.conversions.add(place(sheet.cell(number, columns["@label"])))


def marks_of_rows_gone(book):
    sheet = book.sheet("@figure:value")
    rows, columns = book.marks(sheet)
    for number in rows.values():
        sheet.cell(number, 1).value = None
    for says, number in rows.items():
        if says.startswith("f:"):
            book.expected.conversions.add(place(sheet.cell(number, columns["@label"])))


def marks_of_columns_gone(book):
    sheet = book.sheet("@figure:value")
    sheet.delete_rows(1)


def _merge(first, last):
    first.parent.merge_cells(f"{first.coordinate}:{last.coordinate}")


def figures_merged(book):
    one, other = "figures.documents", "figures.courses"
    cells = book.cells()
    _merge(cells[one], cells[other])
    book.block(one)
    book.block(other)
    book.expected.problems.add(place(cells[one]))


def rows_of_table_merged(book):
    one, other = "tables.events.a1.place", "tables.events.a2.place"
    cells = book.cells()
    _merge(cells[one], cells[other])
    book.block(one)
    book.block(other)
    book.expected.problems.add(place(cells[one]))


def words_in_number(book):
    book.spoil("figures.documents", book.random.choice(["khoảng 12", "12-15", "mười hai", "12 tỷ", "O"]))
    book.spoil("figures.items.language.en", "nhiều")


def _converted(book, path, value, text):
    book.type(path, value, text)
    if path.startswith("figures."):
        book.type(f"figures.{path.split('.')[1]}.none", None, "")
    book.expected.conversions.add(place(book.cell(path)))


def vietnamese_numbers(book):
    _converted(book, "figures.budget_planned", "1.234,5", "1234.5")
    _converted(book, "figures.budget_spent", "1.234.567", "1234567")
    _converted(book, "figures.items", "1.234", "1234")


def english_numbers(book):
    _converted(book, "figures.budget_planned", "1,234.5", "1234.5")
    _converted(book, "figures.budget_spent", "12 345,75", "12345.75")
    _converted(book, "tables.events.a1.people", "2,500", "2500")


def unclear_numbers(book):
    book.spoil("figures.budget_planned", "1.234", "questions")
    book.spoil("figures.visits", "12,345", "questions")


def percent_of_percent(book):
    path = "figures.share_abroad"
    _converted(book, path, 0.125, "12.5")
    book.cell(path).number_format = "0.0%"


def percent_of_something(book):
    cell = book.spoil("figures.visits", 0.25, "questions")
    cell.number_format = "0%"


def days_in_many_forms(book):
    forms = [
        ("05/11/2026", "2026-11-05"), ("5.11.2026", "2026-11-05"), ("2026-11-05", "2026-11-05"),
        ("ngày 5 tháng 11 năm 2026", "2026-11-05"), ("11/25/2026", "2026-11-25"), ("5 Nov 2026", "2026-11-05"),
        ("05-11-26", "2026-11-05"), (46331, "2026-11-05"),
        (datetime.combine(date(2026, 11, 5), time(14, 30)), "2026-11-05"),
    ]  # fmt: skip
    for key, (typed, text) in zip(("a1", "a2", "a3"), book.random.sample(forms, 3), strict=True):
        path = f"tables.events.{key}.held_on"
        _converted(book, path, typed, text)
        if isinstance(typed, int):
            book.cell(path).number_format = "General"


def no_days(book):
    for key, typed in (("a1", "31/02/2026"), ("a2", "tháng 11/2026"), ("a3", "chưa rõ")):
        book.spoil(f"tables.events.{key}.held_on", typed)


def formula(book):
    path = "figures.documents"
    book.type(f"{path}.none", None, "")
    if book.calculated:
        _converted(book, path, "=20+22", "42")
    else:
        book.spoil(path, "=20+22")


def cell_in_error(book):
    cell = book.spoil("figures.courses", "#REF!")
    cell.data_type = "e"


def text_decomposed(book):
    text = " ".join(book.random.choices(WORDS, k=30)) + " Việt"
    _converted(book, "texts.results", unicodedata.normalize("NFD", text), text)


def text_of_tcvn3(book):
    typed, text = "C«ng t¸c th«ng tin ®èi ngo¹i n¨m 2026", "Công tác thông tin đối ngoại năm 2026"
    _converted(book, "texts.results", typed, text)
    _converted(book, "figures.documents.comment", "Hµ Néi", "Hà Nội")


def text_of_vni(book):
    _converted(book, "texts.proposals", "Vieät Nam vaø theá giôùi", "Việt Nam và thế giới")


def numbers_as_text(book):
    _converted(book, "figures.documents", " 17 ", "17")
    _converted(book, "figures.courses", "5\u00a0", "5")
    _converted(book, "figures.budget_spent", "12 triệu đồng", "12")
    book.type("texts.direction", "  Không đổi  \n", "Không đổi")


def negative(book):
    book.spoil("figures.documents", -3)
    book.spoil("tables.events.a1.people", "-12")


def fraction_of_count(book):
    book.spoil("figures.documents", 2.5)
    book.spoil("figures.items.channel.tv", "1,5")


def too_long(book):
    book.spoil("figures.documents", 10**16)
    book.spoil("figures.budget_spent", "12345678901234567")


def day_in_number(book):
    book.spoil("figures.documents", date(2026, 5, 1))


def rows_hidden(book):
    cell = book.cell("figures.items")
    book.type("figures.items.none", None, "")
    book.type("figures.items", 77, "77")
    cell.parent.row_dimensions[cell.row].hidden = True
    book.expected.conversions.add(place(cell))


def row_of_table_copied(book):
    sheet = book.sheet("@x:events:name")
    rows, columns = book.marks(sheet)
    source, target = rows["r:events:a1"], rows[f"r:events:{book.identity.book}x5"]
    for column in range(1, max(columns.values()) + 1):
        sheet.cell(target, column).value = sheet.cell(source, column).value
    sheet.cell(target, columns["@x:events:name"]).value = "Bản sao"
    path = "tables.events.a1"
    same = {each: text for each, text in book.expected.fields.items() if each.startswith(f"{path}.")}
    cells = {each.rpartition(".")[2]: text for each, text in same.items()}
    book.expected.new_rows.append({**cells, "name": "Bản sao"})
    book.expected.conversions.add(place(sheet.cell(target, columns["@x:events:name"])))


def row_of_table_inserted(book):
    sheet = book.sheet("@x:events:name")
    rows, columns = book.marks(sheet)
    number = rows["r:events:a2"]
    sheet.insert_rows(number)
    sheet.cell(number, columns["@x:events:name"]).value = "Chèn giữa"
    sheet.cell(number, columns["@x:events:people"]).value = 9
    book.expected.new_rows.append({"name": "Chèn giữa", "people": "9"})
    book.expected.conversions.add(place(sheet.cell(number, columns["@x:events:name"])))


def row_of_table_deleted(book):
    sheet = book.sheet("@x:events:name")
    rows, _columns = book.marks(sheet)
    sheet.delete_rows(rows["r:events:a2"])
    for path in [path for path in book.expected.fields if path.startswith("tables.events.a2.")]:
        book.block(path)


def rows_of_table_sorted(book):
    sheet = book.sheet("@x:events:name")
    rows, _columns = book.marks(sheet)
    numbers = sorted(row for says, row in rows.items() if says.startswith("r:events:"))
    lines = [[cell.value for cell in sheet[number]] for number in numbers]
    book.random.shuffle(lines)
    for number, line in zip(numbers, lines, strict=True):
        for cell, value in zip(sheet[number], line, strict=True):
            cell.value = value


def figure_copied(book):
    """A row of a figure stands twice, with two answers."""
    book.type("figures.documents.none", None, "")
    book.type("figures.documents", 10, "10")
    sheet = book.sheet("@figure:value")
    rows, columns = book.marks(sheet)
    source, target = rows["f:documents"], max(rows.values()) + 3
    for column in range(1, max(columns.values()) + 1):
        sheet.cell(target, column).value = sheet.cell(source, column).value
    cell = sheet.cell(target, columns["@figure:value"])
    cell.value = 11
    book.block("figures.documents")
    book.expected.questions.add(place(cell))


def sheet_copied(book):
    """A copy that somebody kept as it was: nothing in it says anything else."""
    sheet = book.sheet("@x:events:name")
    rows, columns = book.marks(sheet)
    made = book.book.copy_worksheet(sheet)
    made.title = "Bản sao phụ lục"
    for says, number in rows.items():
        filled = [column for column in columns.values() if sheet.cell(number, column).value is not None]
        if says.startswith("r:") and filled:
            book.expected.conversions.add(place(made.cell(number, min(filled))))


def row_of_figure_gone(book):
    sheet = book.sheet("@figure:value")
    rows, _columns = book.marks(sheet)
    sheet.delete_rows(rows["f:documents"])
    for path in [path for path in book.expected.fields if path.split(".")[:2] == ["figures", "documents"]]:
        book.block(path)
    book.expected.missing.add(sheet.title)


def sheet_gone(book):
    sheet = book.sheet("@text:value")
    book.expected.missing.add(sheet.title)
    book.book.remove(sheet)
    for path in [path for path in book.expected.fields if path.startswith(("texts.", "nones."))]:
        book.block(path)


def typed_outside(book):
    sheet = book.sheet("@figure:value")
    rows, columns = book.marks(sheet)
    for row, column in ((max(rows.values()) + 2, 3), (rows["f:items"], max(columns.values()) + 2)):
        sheet.cell(row, column).value = "Ghi chú thêm"
        book.expected.unplaced.add(place(sheet.cell(row, column)))


def sheet_added(book):
    book.book.create_sheet("Nháp")["B2"] = "tính thử"
    book.expected.unplaced.add("Nháp")


def unknown_choice(book):
    book.spoil("tables.events.a1.country", "Nước không có")


def choice_by_hand(book):
    book.type("tables.events.a1.country", "  nước mẫu 7", "n07")
    book.type("tables.events.a2.country", "NƯỚC MẪU 12 ", "n12")


def none_in_words(book):
    path = "figures.documents"
    book.type(path, "Không có", "")
    book.type("figures.documents.none", None, "1")
    book.expected.conversions.add(place(book.cell(path)))


def no_mark(book):
    book.spoil("nones.border", "chưa rõ")


def sheet_of_another_report(book):
    """One sheet was put in from the workbook of another report."""
    sheet = book.sheet("@text:value")
    _readdressed(sheet)
    for path in [path for path in book.expected.fields if path.startswith(("texts.", "nones."))]:
        book.block(path)
    book.expected.unplaced.add(sheet.title)
    book.expected.missing.add("Texts")


def other_report(book):
    for sheet in book.book.worksheets:
        _readdressed(sheet)
    book.expected.refused = True


def _readdressed(sheet):
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, str) and cell.value.startswith(("nc12:", "nhipcau:1:12:")):
                cell.value = cell.value.replace("nc12:", "nc13:", 1).replace(":1:12:", ":1:13:", 1)


def every_mark_gone(book):
    del book.book[HIDDEN]
    for sheet in book.book.worksheets:
        sheet.delete_cols(1)
        sheet.delete_rows(1)
    book.expected.refused = True


def with_macros(book):
    data = io.BytesIO(book.save())
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("xl/vbaProject.bin", OLE)
    _as_bytes(book, data.getvalue())


def cut_off(book):
    data = book.save()
    _as_bytes(book, data[: len(data) // 2])


def of_before_2007(book):
    _as_bytes(book, OLE + b"\0" * 4096)


def locked(book):
    _as_bytes(book, OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"))


def _as_bytes(book, data):
    book.bytes = data
    book.expected.refused = True


#: How files begin that are none of ours.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KINDS = {
    kind.__name__: kind
    for kind in (
        nothing, sheets_renamed, hidden_sheet_gone, identity_damaged, rows_inserted, columns_inserted,
        column_typed_beside, block_moved, sorted_with_marks, sorted_without_marks, marks_of_rows_gone,
        marks_of_columns_gone, figures_merged, rows_of_table_merged, words_in_number, vietnamese_numbers,
        english_numbers, unclear_numbers, percent_of_percent, percent_of_something, days_in_many_forms, no_days,
        formula, cell_in_error, text_decomposed, text_of_tcvn3, text_of_vni, numbers_as_text, negative,
        fraction_of_count, too_long, day_in_number, rows_hidden, row_of_table_copied, row_of_table_inserted,
        row_of_table_deleted, rows_of_table_sorted, figure_copied, sheet_copied, row_of_figure_gone, sheet_gone,
        typed_outside, sheet_added, unknown_choice, choice_by_hand, none_in_words, no_mark, sheet_of_another_report,
        other_report, every_mark_gone, with_macros, cut_off, of_before_2007, locked,
    )
}  # fmt: skip


def read(book, data):
    """What reading says: everything in which it is not what was expected, as sentences; none where it is."""
    try:
        reading = read_workbook(data, book.identity, book.form, languages=[str], before=lambda _identity: book.before)
    except FileRefusedError as refused:
        return [] if book.expected.refused else [f"refused: {refused}"]
    return ["not refused"] if book.expected.refused else differences(reading, book.expected)


def differences(reading, expected):
    """Everything in which a reading is not what was expected."""
    found = []
    given = {path: text for path, text in reading.given.items() if text}
    made = {}
    for path in [path for path in given if path.startswith("tables.") and "at" in path.split(".")[2][6:]]:
        _tables, _table, row, column = path.split(".")
        made.setdefault(row, {})[column] = given.pop(path)
    for path, text in expected.fields.items():
        if given.get(path) != text:
            found.append(f"{path}: {given.get(path)!r} instead of {text!r}")
    found += [f"{path}: {text!r} that nobody typed" for path, text in given.items() if path not in expected.fields]
    found += [f"{path}: given, though it cannot be read" for path in expected.blocked if path in reading.given]
    if sorted(map(_ordered, made.values())) != sorted(map(_ordered, expected.new_rows)):
        found.append(f"new rows {made} instead of {expected.new_rows}")
    for name in ("problems", "questions", "conversions", "unplaced", "missing"):
        places = {finding.place for finding in getattr(reading, name)}
        if places != getattr(expected, name):
            found.append(
                f"{name}: not named {sorted(getattr(expected, name) - places)}, "
                f"named for nothing {sorted(places - getattr(expected, name))}"
            )
    return found


def _ordered(cells):
    return tuple(sorted(cells.items()))
