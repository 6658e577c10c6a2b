"""Tables written for Excel: what is written is read back, and nothing in them is ever run."""

import csv
import io
import shutil
import subprocess
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.documents import tables
from nhipcau.documents.reading import read_table
from nhipcau.documents.sentences import FileRefusedError
from nhipcau.documents.tables import FIRST_DAY, Field, Table, cell_text, guarded, unguarded, write_csv, write_xlsx

FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", " =1", "=cmd|' /C calc'!A0", "＝1", "'=1", "''=1"]

TEXTS = st.text(max_size=40) | st.sampled_from([*FORMULAS, "_x0041_", "_x005F_", "a_x000D_b", "x005F_", "a\r\nb"])
NUMBERS = (
    st.integers(-(10**14), 10**14)
    | st.floats(allow_nan=False, allow_infinity=False, width=64).filter(lambda n: n == 0 or 1e-300 < abs(n) < 1e300)
    | st.decimals(min_value=-(10**9), max_value=10**9, places=4)
)
DAYS = st.dates(min_value=FIRST_DAY)
MOMENTS = st.datetimes(min_value=datetime.combine(FIRST_DAY, time())).map(
    lambda at: at.replace(second=0, microsecond=0)
)
VALUES = st.none() | TEXTS | NUMBERS | st.booleans() | DAYS | MOMENTS


def make_table(rows, **changes):
    width = max((len(row) for row in rows), default=1)
    given = {"title": "Danh sách", "fields": [Field(label=f"Cột {n}") for n in range(width)], "rows": rows}
    return Table(**given | changes)


def as_xlsx(table):
    out = io.BytesIO()
    write_xlsx(table, out)
    return out.getvalue()


def as_csv(table):
    out = io.BytesIO()
    write_csv(table, out)
    return out.getvalue()


def read_back(value):
    """What a reader of Excel files gets for a value: a day is midnight, and an empty text is nothing."""
    if isinstance(value, str):
        return cell_text(value) or None
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    return float(value) if isinstance(value, Decimal) else value


@settings(max_examples=60)
@given(st.lists(st.lists(VALUES, min_size=1, max_size=4), min_size=1, max_size=5))
def test_what_is_written_to_xlsx_is_read_back(rows):
    sheet = read_table(as_xlsx(make_table(rows)), "x.xlsx")

    found = dict(sheet.rows)
    for number, row in enumerate(rows, start=2):
        expected = [read_back(value) for value in row]
        cells = [*found.get(number, ()), *[None] * len(row)][: len(row)]
        assert [
            cell if not isinstance(cell, float | int) else pytest.approx(cell, rel=1e-14) for cell in cells
        ] == expected
    assert sheet.faults == ()


@settings(max_examples=150)
@given(
    st.lists(st.lists(st.none() | TEXTS, min_size=1, max_size=4), min_size=1, max_size=5),
    st.sampled_from(["vi", "en"]),
)
def test_what_is_written_to_csv_is_read_back(rows, language):
    sheet = read_table(as_csv(make_table(rows, language=language)), "x.csv")

    expected = [tuple(cell_text(value or "") or None for value in row) for row in rows]
    filled = [row for row in expected if any(row)]
    assert [
        tuple([*cells, *[None] * 4][: len(row)]) for row, (_n, cells) in zip(filled, sheet.rows[1:], strict=True)
    ] == filled


@given(TEXTS)
def test_guard_is_taken_away_without_a_trace(text):
    assert unguarded(guarded(cell_text(text))) == cell_text(text)


@pytest.mark.parametrize("text", FORMULAS)
def test_formula_stays_a_text_in_xlsx(text):
    data = as_xlsx(make_table([[text]], title=text, about=[(text, text)]))

    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value] != ["f"]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert [name for name in package.namelist() if b"<f>" in package.read(name)] == []


@pytest.mark.parametrize(
    "text", [*FORMULAS, "a,=1+1", "a;=1+1", 'a","=1', "a\n=1+1", "a\t@SUM(1)", "x,-1+cmd|' /C calc'!A0"]
)
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_formula_stays_a_text_in_csv_whatever_parts_the_cells_for_its_reader(text, between):
    written = as_csv(make_table([["x", text]])).decode("utf-8-sig")

    # A reader that takes another sign for the end of a cell, and quotes for nothing special, as Excel then does.
    for line in written.splitlines():
        for cell in line.split(between):
            assert not cell.strip(' "').startswith(("=", "@", "＝", "+1", "-1")), cell
    assert next(csv.reader(io.StringIO(written.partition("\r\n")[2]), delimiter=";"))[1][0] in "'a \tx"


def test_csv_is_what_excel_of_the_language_opens():
    rows = [["Tên", Decimal("1234.50"), 0.5, date(2026, 11, 22), datetime(2026, 11, 22, 7, 5, tzinfo=UTC), None, True]]

    assert as_csv(make_table(rows)).startswith(b"\xef\xbb\xbf")
    assert as_csv(make_table(rows)).decode("utf-8-sig").splitlines()[1] == (
        '"Tên";"1234,50";"0,5";"2026-11-22";"2026-11-22 14:05";"";"1"'
    )
    assert as_csv(make_table(rows, language="en")).decode("utf-8-sig").splitlines()[1] == (
        '"Tên","1234.50","0.5","2026-11-22","2026-11-22 14:05","","1"'
    )


def test_workbook_is_ready_to_work_with_and_to_print():
    fields = [Field(label="Tên"), Field(label="Số", numeric=True), Field(label="Ngày")]
    rows = [["Cầu", 1234, date(2026, 11, 22)], ["x" * 200, 1.5, date(2026, 11, 23)]]

    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(make_table(rows, fields=fields)))).worksheets[0]

    assert [cell.value for cell in sheet[1]] == ["Tên", "Số", "Ngày"]
    assert sheet["B1"].alignment.horizontal == "right"
    assert (sheet["B2"].number_format, sheet["C2"].number_format) == ("#,##0", "dd/mm/yyyy")
    assert sheet["C2"].value == datetime.combine(date(2026, 11, 22), time())
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.column_dimensions["A"].width == pytest.approx(tables.WIDEST, abs=1)


def test_sample_data_and_classification_are_marked_wherever_the_file_goes():
    data = as_xlsx(make_table([["x"]], sample=True, mark="Nội bộ & hạn chế", about=[("Lọc", "tất cả")]))

    book = openpyxl.load_workbook(io.BytesIO(data))

    assert book.sheetnames == ["DỮ LIỆU MẪU", "Thông tin"]
    header = book.worksheets[0].HeaderFooter.oddHeader if hasattr(book.worksheets[0], "HeaderFooter") else None
    assert "DỮ LIỆU MẪU · Nội bộ && hạn chế" in str(header.right.text)
    assert book.properties.subject == "DỮ LIỆU MẪU · Nội bộ & hạn chế"
    assert [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()] == [["Lọc", "tất cả"]]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (10**15, "1000000000000000"),
        (Decimal("0.1234567890123456"), "0.1234567890123456"),
        (float("nan"), "nan"),
        (date(1890, 5, 19), "19/05/1890"),
        (datetime(1890, 5, 19, 7, 0, tzinfo=UTC), "19/05/1890 14:06"),
    ],
)
def test_what_excel_would_change_is_written_as_text(value, written):
    assert read_table(as_xlsx(make_table([[value]])), "x.xlsx").rows[1] == (2, (written,))


def test_text_longer_than_a_cell_is_cut_with_a_sign():
    text = read_table(as_xlsx(make_table([["😀" * 20_000]])), "x.xlsx").rows[1][1][0]

    assert text.endswith("😀…")
    assert len(text.encode("utf-16-le")) // 2 <= tables.MOST_CHARACTERS


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)

    with pytest.raises(FileRefusedError, match="2 rows at most"):
        write_xlsx(make_table([["a"]] * 3), io.BytesIO())
    assert write_xlsx(make_table([["a"]] * 2), io.BytesIO()) == 2


def test_long_table_is_written_in_little_memory():
    import tracemalloc

    tracemalloc.start()
    rows = ([f"dòng {n}", n] for n in range(20_000))
    count = write_xlsx(Table(title="Dài", fields=[Field(label="a"), Field(label="b")], rows=rows), io.BytesIO())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 20_000
    assert peak < 8_000_000


@pytest.fixture(scope="session")
def office(missing):
    path = shutil.which("soffice") or shutil.which("libreoffice")
    return path or missing("LibreOffice is not installed here", "REQUIRE_LIBREOFFICE")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_libreoffice_opens_what_was_written(office, tmp_path, kind):
    rows = [["Cầu Hiền Lương", "=1+1", 1234.5, date(2026, 11, 22)], ["越南", "-5 °C", -7, date(2026, 1, 2)]]
    source = tmp_path / f"list.{kind}"
    source.write_bytes({"xlsx": as_xlsx, "csv": as_csv}[kind](make_table(rows, sample=True)))
    out = tmp_path / "out"

    # Its filter for csv: semicolon, quotes, UTF-8, from line 1; texts that look like formulas are not evaluated.
    reading = ["--infilter=CSV:59,34,76,1"] if kind == "csv" else []
    options = [
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        *reading,
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false",
    ]
    subprocess.run(
        [office, *options, "--outdir", str(out), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )

    read = list(csv.reader((out / "list.csv").read_text(encoding="utf-8").splitlines()))
    assert read[0] == ["Cột 0", "Cột 1", "Cột 2", "Cột 3"]
    assert [row[0] for row in read[1:]] == ["Cầu Hiền Lương", "越南"]
    assert [row[1].lstrip("'") for row in read[1:]] == ["=1+1", "-5 °C"]
