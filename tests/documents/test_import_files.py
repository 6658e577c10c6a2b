"""The template that is filled in, and the file that comes back marked."""

import io
from datetime import date, datetime, time

import openpyxl

from nhipcau.documents.import_files import write_marked, write_template
from nhipcau.documents.importing import ImportColumn, Problem
from nhipcau.documents.reading import Sheet, read_table
from nhipcau.documents.taking import take

COLUMNS = [
    ImportColumn(key="name", label="Tên đơn vị", required=True, help="Tên đầy đủ."),
    ImportColumn(key="kind", label="Loại", choices={"m": "Bộ", "p": "Tỉnh"}),
    ImportColumn(key="place", label="Nơi", choices={str(n): f"Tỉnh Mẫu {n}" for n in range(60)}),
    ImportColumn(key="since", label="Từ ngày", kind="date"),
]
WORDS = {
    "sheet": "Dữ liệu",
    "help": "Hướng dẫn",
    "lists": "Danh mục",
    "column": "Cột",
    "required": "Bắt buộc",
    "kind": "Kiểu",
    "meaning": "Ý nghĩa",
    "choices": "Giá trị",
    "yes": "Có",
    "text": "văn bản",
    "date": "ngày",
    "whole": "số nguyên",
    "number": "số",
}


def test_template_offers_headings_choices_and_help():
    book = openpyxl.load_workbook(io.BytesIO(write_template(COLUMNS, words=WORDS, sample=True)))

    sheet, guide, lists = book.worksheets
    assert [cell.value for cell in sheet[1]] == ["Tên đơn vị *", "Loại", "Nơi", "Từ ngày"]
    assert lists.sheet_state == "hidden"
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules == {"B2:B2001": '"Bộ,Tỉnh"', "C2:C2001": "'Danh mục'!$C$1:$C$60"}
    assert [cell.value for cell in guide[2]] == ["Tên đơn vị", "Có", "văn bản", "Tên đầy đủ.", ""]


def test_template_filled_in_is_taken():
    book = openpyxl.load_workbook(io.BytesIO(write_template(COLUMNS, words=WORDS)))
    book.worksheets[0].append(["A", "Tỉnh", "Tỉnh Mẫu 7", datetime.combine(date(2026, 11, 22), time())])
    out = io.BytesIO()
    book.save(out)

    given = take(read_table(out.getvalue(), "x.xlsx"), COLUMNS, lambda label: [str(label)])

    assert [dict(row.values) for row in given.rows] == [
        {"name": "A", "kind": "p", "place": "7", "since": date(2026, 11, 22)}
    ]


def test_marked_file_holds_every_cell_where_it_stood_and_says_what_is_wrong():
    day = datetime.combine(date(2026, 11, 22), time())
    sheet = Sheet("Tháng 11", [(2, ("Tên", "Loại", "Ngày")), (3, ("=1", None, day)), (5, ("B", 7, True))])
    problems = [
        Problem(row=3, column="kind", sentence="Thiếu."),
        Problem(row=3, column=None, sentence="Trùng với dòng 5."),
        Problem(row=5, column="kind", sentence="Sai."),
    ]

    marked = write_marked(
        sheet, problems, {"name": 0, "kind": 1}, heading_row=2, heading="Cần sửa", tell=lambda sentence: sentence
    )

    read = read_table(marked, "x.xlsx")
    assert read.name == "Tháng 11"
    assert read.rows == [
        (2, ("Tên", "Loại", "Ngày", "Cần sửa")),
        (3, ("=1", None, day, "B3: Thiếu.\nTrùng với dòng 5.")),
        (5, ("B", 7, True, "B5: Sai.")),
    ]
    page = openpyxl.load_workbook(io.BytesIO(marked)).active
    marks = {cell.coordinate for row in page.iter_rows() for cell in row if cell.fill.fgColor.rgb == "FFFBEAE8"}
    assert marks == {"B3", "B5"}
    assert page["B3"].comment.text == "Thiếu."
