"""From a sheet to the rows of an import."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from nhipcau.documents import taking
from nhipcau.documents.importing import ImportColumn, Problem
from nhipcau.documents.reading import Fault, Sheet
from nhipcau.documents.sentences import FileRefusedError, Sentence
from nhipcau.documents.taking import read_cell, take

COLUMNS = [
    ImportColumn(key="name", label="Tên đơn vị", required=True),
    ImportColumn(key="kind", label="Loại", choices={"ministry": "Bộ", "province": "Tỉnh, thành phố"}),
    ImportColumn(key="since", label="Từ ngày", kind="date"),
]
ENGLISH = {"Tên đơn vị": "Name of the office", "Loại": "Kind", "Từ ngày": "From", "Bộ": "Ministry"}


def names(label):
    return [label, ENGLISH.get(label, label)]


def make_sheet(*rows, start=1):
    return Sheet("Sheet1", [(number, tuple(row)) for number, row in enumerate(rows, start=start)])


def test_rows_are_read_by_their_headings():
    given = take(make_sheet(["Từ ngày", "Tên đơn vị *"], ["22/11/2026", " Bộ  Mẫu "], [None, "B"]), COLUMNS, names)

    assert [(row.number, dict(row.values)) for row in given.rows] == [
        (2, {"name": "Bộ  Mẫu", "kind": None, "since": date(2026, 11, 22)}),
        (3, {"name": "B", "kind": None, "since": None}),
    ]
    assert given.problems == []
    assert given.places == {"name": 1, "since": 0}


@pytest.mark.parametrize(
    "heading", ["Tên đơn vị", "ten don vi", "TÊN ĐƠN VỊ *", "name", "Name of the Office", " tên-đơn-vị:"]
)
def test_heading_is_known_in_every_language_with_or_without_marks(heading):
    assert take(make_sheet([heading], ["A"]), COLUMNS, names).rows[0].values["name"] == "A"


def test_headings_may_stand_below_a_title():
    given = take(make_sheet(["DANH SÁCH"], ["Tên đơn vị", "Loại"], ["A", "Bộ"]), COLUMNS, names)

    assert given.heading_row == 2
    assert [row.number for row in given.rows] == [3]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([["x", "y"], ["a", "b"]], "None of the headings"),
        ([["Loại"], ["Bộ"]], "Columns are missing: “Tên đơn vị”"),
        (
            [["name", "Loại", "Tên đơn vị"], ["a", "Bộ", "b"]],
            "The heading “Tên đơn vị” stands in Sheet1!A1 and in Sheet1!C1",
        ),
        ([["Tên đơn vị"]], "There is no row below the headings."),
    ],
)
def test_sheet_that_cannot_be_taken_says_why(rows, says):
    with pytest.raises(FileRefusedError, match=says):
        take(make_sheet(*rows), COLUMNS, names)


def test_every_wrong_cell_is_named_at_once():
    sheet = Sheet(
        "S",
        [(1, ("Tên đơn vị", "Loại", "Từ ngày")), (2, (None, "Sở", "31/02/2026")), (3, ("A", None, "#REF!"))],
        [Fault(3, 2, Sentence("Excel reports an error in this cell.")), Fault(1, 0, Sentence("not a row"))],
    )

    assert take(sheet, COLUMNS, names).problems == [
        Problem(row=2, column="name", sentence=taking.REQUIRED),
        Problem(row=2, column="kind", sentence="This is none of the choices: Bộ, Tỉnh, thành phố."),
        Problem(row=2, column="since", sentence=taking.NO_DATE),
        Problem(row=3, column="since", sentence="Excel reports an error in this cell."),
    ]


def test_columns_nobody_asked_for_are_told_where_they_hold_something():
    given = take(make_sheet(["Tên đơn vị", "Ghi chú", "Trống", None], ["A", "x", None, "y"]), COLUMNS, names)

    assert given.unused == ["Ghi chú", "D"]


@pytest.mark.parametrize("given", ["Bộ", "bo", "ministry", "Ministry", " BỘ "])
def test_choice_is_taken_by_value_or_label(given):
    assert read_cell(given, COLUMNS[1], names) == "ministry"


@pytest.mark.parametrize(
    ("kind", "cell", "read"),
    [
        ("text", "hoà", "hoà"),
        ("text", 12.0, "12"),
        ("text", 12.5, "12.5"),
        ("text", True, taking.NO_TEXT),
        ("text", datetime.combine(date(2026, 2, 1), time()), taking.NO_TEXT),
        ("date", datetime.combine(date(2026, 2, 1), time()), date(2026, 2, 1)),
        ("date", datetime.combine(date(2026, 2, 1), time(7)), taking.NO_DATE),
        ("date", "1/2/2026", date(2026, 2, 1)),
        ("date", "01.02.2026", date(2026, 2, 1)),
        ("date", "2026-02-01", date(2026, 2, 1)),
        ("date", "29/02/2026", taking.NO_DATE),
        ("date", "1/2/26", taking.NO_DATE),
        ("date", 46054, taking.NO_DATE),
        ("whole", 7.0, 7),
        ("whole", 7.5, taking.NO_WHOLE),
        ("whole", True, taking.NO_WHOLE),
        ("whole", "1.234.567", 1234567),
        ("whole", "1 234", 1234),
        ("whole", "-12", -12),
        ("whole", "1.23", taking.NO_WHOLE),
        ("whole", "bảy", taking.NO_WHOLE),
        ("number", 0.1, Decimal("0.1")),
        ("number", "1.234.567,5", Decimal("1234567.5")),
        ("number", "1,234.5", Decimal("1234.5")),
        ("number", "1.234.567", Decimal(1234567)),
        ("number", "12,5", Decimal("12.5")),
        ("number", "12.5", Decimal("12.5")),
        ("number", "1.234", taking.UNCLEAR),
        ("number", "1,234", taking.UNCLEAR),
        ("number", "1.234.5", taking.NO_NUMBER),
        ("number", "12 %", taking.NO_NUMBER),
        ("number", False, taking.NO_NUMBER),
    ],
)
def test_cell_is_read_as_its_column_wants_it(kind, cell, read):
    assert read_cell(cell, ImportColumn(key="x", label="X", kind=kind), names) == read
