import io

import openpyxl
import pypdf
import pytest
from docx import Document

from nhipcau.documents import report as printed
from nhipcau.documents.paper.shape import ShapeError
from nhipcau.documents.report import pdf
from nhipcau.documents.report.shape import read_report
from tests.support.packages import as_pdf, faults_of
from tests.support.printed import pdf_pages
from tests.support.printed_reports import make_report


def draw(form, plain):
    out = io.BytesIO()
    printed.write(form, plain, out, str)
    return out


def table_of(document, at):
    return [[cell.text for cell in row.cells] for row in document.tables[at].rows]


def test_word_has_the_layout_of_the_decree_and_reads_back():
    out = draw("docx", make_report())
    assert faults_of(out) == []
    document = Document(out)
    assert table_of(document, 0)[0][0].split("\n")[:2] == ["BỘ MẪU", "VỤ MẪU"]
    assert table_of(document, 0)[1] == ["No.: 15/BC-BM", "Hà Nội, ngày 03 tháng 02 năm 2026"]
    headings = [(p.style.style_id, p.text) for p in document.paragraphs if p.style.style_id.startswith("Heading")]
    assert headings == [
        ("Heading1", "I. Công tác chỉ đạo"),
        ("Heading2", "1. Văn bản"),
        ("Heading1", "II. Kết quả"),
        ("Heading1", "Method note"),
    ]
    assert next(p.text for p in document.paragraphs if p.style.style_id.startswith("TOC")).startswith("I. Công tác")


def test_every_piece_names_its_offices_and_the_coordinators_own_words_say_so():
    paragraphs = [p.text for p in Document(draw("docx", make_report())).paragraphs if p.style.style_id == "PaperText"]
    assert paragraphs[1] == "Đã ban hành 3 kế hoạch. (Tỉnh Mẫu 01) Nhìn chung tốt. (coordinator)"
    assert paragraphs[2].endswith("Tỉnh Mẫu 06 and 3 more offices)")


def test_figures_stand_with_their_breakdowns_and_what_they_are_compared_with():
    assert table_of(Document(draw("docx", make_report())), 1) == [
        ["Figure", "Unit", "Total", "Of which estimated", "Năm 2025", "Change"],
        ["Tin, bài", "bài", "30,5", "3", "25", "+5,5"],
        ["Ngôn ngữ: Tiếng Anh", "", "20,5", "", "–", ""],
        ["Tiếng Lào", "", "10", "", "–", ""],
    ]


def test_pdf_is_tagged_titled_and_says_the_same():
    out = draw("pdf", make_report())
    reader = pypdf.PdfReader(out)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data()
    pages = [" ".join(page.split()) for page in pdf_pages(out)]
    assert "Đã ban hành 3 kế hoạch. (Tỉnh Mẫu 01)" in pages[0]
    assert "Chưa có báo cáo Cơ quan Bộ Mẫu C" in pages[-1]
    assert all("DỮ LIỆU MẪU" in page for page in pages)
    assert pdf.laid_out(read_report(make_report()), str)["missing"] == []


def test_sums_of_the_workbook_are_formulas_over_the_rows_of_the_offices():
    book = openpyxl.load_workbook(draw("xlsx", make_report()))
    assert book.sheetnames == ["Totals", "II. Kết quả", "Hoạt động", "Method note"]
    totals = [[cell.value for cell in row][5:8] for row in book["Totals"].iter_rows(min_row=2)]
    assert totals == [
        ["=SUM('II. Kết quả'!$C$2:$C$3)", "=SUM('II. Kết quả'!$D$2:$D$3)", "=COUNT('II. Kết quả'!$C$2:$C$3)"],
        ["=SUM('II. Kết quả'!$E$2:$E$3)", None, "=COUNT('II. Kết quả'!$E$2:$E$3)"],
        ["=SUM('II. Kết quả'!$F$2:$F$3)", None, "=COUNT('II. Kết quả'!$F$2:$F$3)"],
    ]
    annex = book["II. Kết quả"]
    assert [cell.value for cell in annex[1]][:3] == ["Cơ quan", "Số, ký hiệu", "Tin, bài"]
    assert (annex.freeze_panes, annex.auto_filter.ref) == ("B2", "A1:F3")
    assert annex["C4"].value == "=SUM(C2:C3)"
    # An office's name is text, whatever it looks like.
    assert (annex["A3"].value, annex["A3"].data_type) == ("=cmd()", "s")


def test_printed_totals_are_in_the_cells_before_anybody_computes():
    book = openpyxl.load_workbook(draw("xlsx", make_report()), data_only=True)
    assert [row[5].value for row in book["Totals"].iter_rows(min_row=2)] == [30.5, 20.5, 10]
    assert [cell.value for cell in book["Hoạt động"]["B"]] == ["Lượt người", 1200, None]


def test_sheets_of_one_name_are_told_apart():
    annexes = make_report()["annexes"] * 2
    names = openpyxl.load_workbook(draw("xlsx", make_report(annexes=annexes))).sheetnames
    assert names[1:3] == ["II. Kết quả", "II. Kết quả (2)"]


def test_report_without_comparison_has_no_column_for_it():
    document = Document(draw("docx", make_report(compared="", cited=False)))
    assert table_of(document, 1)[0] == ["Figure", "Unit", "Total", "Of which estimated"]
    assert "Đã ban hành 3 kế hoạch. Nhìn chung tốt." in [p.text for p in document.paragraphs]


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx"])
def test_same_report_gives_the_same_bytes(form):
    assert draw(form, make_report()).getvalue() == draw(form, make_report()).getvalue()


def test_wrong_shape_is_named():
    with pytest.raises(ShapeError, match=r"report: missing \['lead'\]"):
        read_report({key: value for key, value in make_report().items() if key != "lead"})


def test_libreoffice_computes_the_printed_totals(tmp_path):
    files = []
    for form in ("docx", "xlsx"):
        files.append(tmp_path / f"{form}.{form}")
        files[-1].write_bytes(draw(form, make_report()).getvalue())
    word, excel = (" ".join("".join(pdf_pages(made)).split()) for made in as_pdf(files, tmp_path))
    assert "Đã ban hành 3 kế hoạch. (Tỉnh Mẫu 01)" in word
    assert "Tin, bài bài 30.5 3 2 25" in excel
