"""Reading what somebody uploads: what is refused and how it is said, and that every cell keeps its place."""

import io
import zipfile
from datetime import date, datetime, time

import pytest

from nhipcau.documents import packages, reading
from nhipcau.documents.packages import check_workbook, column_letters, column_number
from nhipcau.documents.reading import read_table
from nhipcau.documents.sentences import FileRefusedError
from tests.documents.files import SHEET, in_sheet, repacked, workbook

DAY = datetime.combine(date(2026, 11, 22), time())
GOOD = workbook([["Tên", "Số"], ["Cầu", 7], [None, None], ["Nhịp", 1.5]])


def refusal(data, name="x.xlsx"):
    with pytest.raises(FileRefusedError) as refused:
        read_table(data, name)
    return refused.value.sentence


def test_sheet_is_read_with_the_numbers_of_its_rows():
    sheet = read_table(GOOD, "x.xlsx")

    assert sheet.name == "Sheet1"
    assert sheet.rows == [(1, ("Tên", "Số")), (2, ("Cầu", 7)), (4, ("Nhịp", 1.5))]
    assert sheet.faults == ()
    assert sheet.place(7, 1) == "Sheet1!B7"


def test_first_visible_sheet_is_the_one():
    def hide(book, sheet):
        sheet.sheet_state = "hidden"
        book.create_sheet("Second").append(["seen"])

    assert read_table(workbook([["hidden"]], change=hide), "x.xlsx").rows == [(1, ("seen",))]


def test_formula_counts_with_the_result_that_is_stored():
    data = in_sheet(workbook([["a", "=1+1", "=2+2"]]), rb"<f>1\+1</f><v ?/>|<f>1\+1</f><v></v>", b"<f>1+1</f><v>2</v>")

    sheet = read_table(data, "x.xlsx")

    assert sheet.rows == [(1, ("a", 2))]
    assert [(fault.row, fault.column, fault.sentence) for fault in sheet.faults] == [(1, 2, reading.WITHOUT_RESULT)]


def test_error_cells_and_merged_cells_are_named():
    def change(book, sheet):
        sheet["B2"] = "#REF!"
        sheet["B2"].data_type = "e"
        sheet.merge_cells("A3:B3")

    sheet = read_table(workbook([["a", "b"], ["x", "y"], ["m", None]], change=change), "x.xlsx")

    assert [(sheet.place(f.row, f.column), f.sentence) for f in sheet.faults] == [
        ("Sheet1!B2", reading.CELL_IN_ERROR),
        ("Sheet1!A3", reading.MERGED),
    ]


@pytest.mark.parametrize("epoch", ["1900", "1904"])
def test_dates_of_both_calendars(epoch):
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    def change(book, sheet):
        if epoch == "1904":
            book.epoch = CALENDAR_MAC_1904

    data = workbook([["d"], [DAY]], change=change)

    assert read_table(data, "x.xlsx").rows[1] == (2, (DAY,))


def test_date_beyond_every_calendar_is_a_fault_and_no_crash():
    def change(book, sheet):
        sheet["A2"] = 99999999
        sheet["A2"].number_format = "dd/mm/yyyy"

    sheet = read_table(workbook([["d"]], change=change), "x.xlsx")

    assert [fault.sentence for fault in sheet.faults] == [reading.CELL_IN_ERROR]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", packages.EMPTY),
        (b"  \n", packages.EMPTY),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, packages.OLD),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            packages.ENCRYPTED,
        ),
        (b"a;b\r\n1;2\r\n", packages.TEXT_AS_EXCEL),
        (b"<html><table><tr><td>a", packages.WEB_PAGE),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', packages.WEB_PAGE),
        (b"%PDF-1.7", packages.NO_WORKBOOK),
        (b"\x89PNG\r\n\x1a\n\0\0", packages.NO_WORKBOOK),
        (b"PK\x03\x04 and no more", packages.BROKEN),
        (GOOD[: len(GOOD) // 2], packages.BROKEN),
        (repacked(GOOD, drop=["xl/workbook.xml"]), packages.NO_WORKBOOK),
        (repacked(GOOD, drop=["xl/workbook.xml"], add={"xl/workbook.bin": b"x"}), packages.BINARY),
        (
            repacked(GOOD, add={"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
            packages.OPEN_DOCUMENT,
        ),
        (repacked(GOOD, drop=[SHEET]), reading.NO_ROWS),
        (workbook([]), reading.NO_ROWS),
        (b"\0" * (packages.MOST_BYTES + 1), packages.TOO_LARGE),
    ],
)
def test_what_is_no_workbook_is_refused_with_its_own_sentence(data, sentence):
    assert refusal(data) == sentence


def test_bomb_is_not_unpacked():
    zeros = b"<a/>" + b" " * 50_000_000

    assert refusal(repacked(GOOD, add={"xl/media/x.xml": zeros})) == packages.UNSAFE
    assert refusal(repacked(GOOD, add={f"xl/{n}.xml": b"<a/>" for n in range(1_001)})) == packages.UNSAFE


def test_more_than_a_workbook_may_unpack_to_is_refused(monkeypatch):
    monkeypatch.setattr(packages, "MOST_UNPACKED", 1_000)

    assert refusal(GOOD) == packages.UNSAFE


def test_member_named_twice_is_refused():
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr(SHEET, b"<worksheet/>")

    assert refusal(out.getvalue()) == packages.BROKEN


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
FILE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declared", [LAUGHS, FILE], ids=["laughs", "file"])
@pytest.mark.parametrize("member", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "_rels/.rels"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_every_member(declared, member, encoding):
    def declare(xml):
        body = xml.decode().partition("?>")[2] if xml.startswith(b"<?xml") else xml.decode()
        return (declared.decode() + body).encode(encoding)

    assert refusal(repacked(GOOD, replace={member: declare})) == packages.ENTITIES


def test_declarations_hidden_behind_a_long_comment_are_refused():
    comment = b"<!--" + b"x" * 100_000 + b"-->"

    data = repacked(GOOD, replace={SHEET: lambda xml: LAUGHS[:21] + comment + LAUGHS[21:] + xml})

    assert refusal(data) in {packages.UNSAFE, packages.ENTITIES}


def test_sheet_that_claims_to_be_all_of_excel_is_read_as_what_it_holds():
    data = in_sheet(GOOD, rb'<dimension ref="[^"]*"\s*/>', b'<dimension ref="A1:XFD1048576"/>')

    assert read_table(data, "x.xlsx").rows == read_table(GOOD, "x.xlsx").rows


def test_row_far_down_costs_nothing():
    data = in_sheet(GOOD, rb'<row r="4"', b'<row r="1048576"')
    data = in_sheet(data, rb'r="A4"', b'r="A1048576"')
    data = in_sheet(data, rb'r="B4"', b'r="B1048576"')

    assert read_table(data, "x.xlsx").rows[-1][0] == 1_048_576


def test_sheet_wider_than_a_table_is_refused():
    assert refusal(in_sheet(GOOD, rb'r="B2"', b'r="XFD2"')) == packages.TOO_WIDE
    assert refusal(workbook([list(range(101))])) == packages.TOO_WIDE
    assert len(read_table(workbook([list(range(1, 101))]), "x.xlsx").rows[0][1]) == 100


def test_sheet_longer_than_an_import_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 2)

    assert refusal(GOOD) == reading.TOO_LONG


def test_external_links_and_macros_are_not_followed():
    data = repacked(GOOD, add={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0", "xl/externalLinks/x.xml": b"<a/>"})

    assert read_table(data, "x.xlsm").rows == read_table(GOOD, "x.xlsx").rows


@pytest.mark.parametrize("cut", range(40, len(GOOD), 397))
def test_damaged_workbook_is_refused_and_nothing_else_happens(cut):
    for data in (GOOD[:cut], GOOD[:cut] + b"\0" * 40 + GOOD[cut + 40 :]):
        try:
            read_table(data, "x.xlsx")
        except FileRefusedError as refused:
            assert refused.sentence.template  # noqa: PT017 - some of them can still be read


# csv ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("between", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_whatever_parts_its_cells(between, encoding):
    text = f'Tên{between}"Ghi; chú, dài"\r\n\r\nCầu{between}"hai\r\ndòng"\r\n{between}\r\n'

    assert read_table(text.encode(encoding), "x.CSV").rows == [
        (1, ("Tên", "Ghi; chú, dài")),
        (3, ("Cầu", "hai\r\ndòng")),
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", packages.EMPTY),
        (b";;\r\n;;", reading.NO_ROWS),
        ("Ten".encode("utf-16-le"), packages.TEXT_AS_EXCEL),
        (b"T\xean;x", reading.NOT_UTF8),
        (b'a;b\r\n"' + b"x" * 200_000, packages.BROKEN),
        (b";" * 101, packages.TOO_WIDE),
        (b"a" * (packages.MOST_BYTES + 1), packages.TOO_LARGE),
    ],
)
def test_csv_that_is_none_is_refused(data, sentence):
    assert refusal(data, "x.csv") == sentence


def test_workbook_that_is_called_csv_is_read_as_the_workbook_that_it_is():
    assert read_table(GOOD, "x.csv").name == "Sheet1"


def test_columns_are_counted_as_excel_does():
    assert [column_letters(n) for n in (1, 26, 27, 702, 703, 16384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert all(column_number(column_letters(n)) == n for n in range(1, 2000))


def test_good_workbook_passes_the_check():
    check_workbook(GOOD)
