import io
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest

from nhipcau.documents import digest as printed
from nhipcau.documents.digest import sheet
from tests.support.packages import faults_of
from tests.support.printed import docx_part, foreign, make_article, make_plain, make_story, sheet_names


def draw(plain):
    out = io.BytesIO()
    printed.write("xlsx", plain, out, str)
    return out


def book(plain):
    return openpyxl.load_workbook(draw(plain))


def test_file_is_whole():
    assert faults_of(draw(make_plain(articles=[make_article()]))) == []
    assert faults_of(draw(make_plain(sections=[], highlights=[], totals=[], numbers=[]))) == []


def test_first_sheet_is_the_articles_with_a_row_each():
    articles = [make_article("One"), make_article("Hai", relevant=False), make_article(None, None, country=None)]
    first = book(make_plain(articles=articles)).worksheets[0]
    rows = list(first.iter_rows(values_only=True))
    assert rows[0] == ("Tiêu đề", "Địa chỉ", "Về nước ta", "Mã nước")
    assert rows[1:] == [
        ("One", "https://paper.example/1", "Yes", "FR"),
        ("Hai", "https://paper.example/1", "No", "FR"),
        (None, None, "Yes", None),
    ]
    assert first["B2"].hyperlink.target == "https://paper.example/1"
    assert (first.auto_filter.ref, first.freeze_panes) == ("A1:D4", "C2")


def test_every_sheet_prints_on_a4_across_one_page_wide():
    made = book(make_plain(articles=[make_article()]))
    said = {
        page.title: (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight)
        for page in made.worksheets
    }
    assert said == dict.fromkeys(("Articles", "Stories", "Numbers", "Sources", "Refused"), ("landscape", 9, 0))
    assert made.worksheets[0].print_title_rows == "$1:$1"


def test_stories_stand_by_their_number():
    stories = [make_story(2), make_story(1, headline="Tiêu đề", summary="Tóm tắt", written_by=["A", "B"])]
    rows = list(book(make_plain(*stories)).worksheets[1].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [1, 2]
    assert rows[1][2:6] == ("Tiêu đề", "Story 1", "en", "Tóm tắt")
    assert rows[1][15] == "A, B"


def test_numbers_are_formulas_over_the_articles():
    plain = make_plain(make_story(1), make_story(2), articles=[make_article(), make_article()])
    numbers = book(plain).worksheets[2]
    assert numbers["B2"].value == "=COUNTIF('Articles'!$C$2:$C$3,\"Yes\")"
    assert (numbers["A5"].value, numbers["D5"].value) == ("Pháp", "FR")
    assert numbers["B5"].value == "=COUNTIFS('Articles'!$D$2:$D$3,D5,'Articles'!$C$2:$C$3,\"Yes\")"
    assert numbers["C5"].value == "=IF($B$2=0,0,B5/$B$2)"
    shown = openpyxl.load_workbook(draw(plain), data_only=True).worksheets[2]
    assert (shown["B2"].value, shown["B5"].value, shown["C5"].value) == (2, 2, 1)


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A1", "+1+1", "-2", "@SUM(A1)", " =1", "\t=1", "＝1", "{=1}"])
def test_no_text_is_a_formula(text):
    story = make_story(title=foreign(text), gist=foreign(text), note=text)
    plain = make_plain(
        story,
        title=text,
        articles=[make_article(text, None)],
        rejections=[{"reason": text, "url": text, "origin": text, "detail": text}],
        inputs=[{"name": text, "documents": 1, "articles": 1}],
        problems=[text],
        numbers=[{"key": "country", "title": text, "rows": [{"code": text, "name": text, "count": 1}], "unknown": 0}],
    )
    with zipfile.ZipFile(draw(plain)) as package:
        formulas = [
            part
            for name in package.namelist()
            if name.startswith("xl/worksheets/sheet")
            for part in package.read(name).decode().split("<f>")[1:]
        ]
    assert [formula for formula in formulas if not formula.startswith(("COUNTIF", "IF($B$2=0"))] == []
    assert [formula for formula in formulas if "cmd" in formula.partition("<")[0]] == []


def test_only_web_addresses_lead_anywhere():
    urls = ["javascript:alert(1)", "file:///etc/passwd", "internal:Sheet1!A1", "external:c.xlsx", "https://ok.example/"]
    out = draw(make_plain(articles=[make_article(url=url) for url in urls]))
    relations = docx_part(out, "xl/worksheets/_rels/sheet1.xml.rels")
    assert (relations.count("Target="), "https://ok.example/" in relations) == (1, True)
    rows = list(openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True))
    assert [row[1] for row in rows[1:]] == urls


def test_texts_that_no_xml_holds_leave_a_file_that_opens():
    wild = "a\x00b\x1b\ud83d\ufffe\u202ec"
    made = book(make_plain(make_story(title=foreign(wild)), articles=[make_article(wild)]))
    assert made.worksheets[0]["A2"].value == "ab\ufffd\ufffdc"
    assert made.worksheets[1]["D2"].value == "ab\ufffd\ufffdc"


def test_moments_are_those_of_viet_nam():
    plain = make_plain(articles=[make_article(country=datetime(2026, 11, 21, 20, 30, tzinfo=UTC))])
    assert book(plain).worksheets[0]["D2"].value == datetime(2026, 11, 22, 3, 30)  # noqa: DTZ001 - as Excel holds it


def test_sample_data_says_so_on_every_sheet():
    assert all("DỮ LIỆU MẪU" in name for name in sheet_names(draw(make_plain(sample=True))))


def test_articles_beyond_a_sheet_are_named(monkeypatch):
    monkeypatch.setattr(sheet, "MOST_ROWS", 2)
    made = book(make_plain(articles=[make_article("One"), make_article("Two")]))
    assert made.worksheets[0].max_row == 2
    said = [row[0] for row in made.worksheets[3].iter_rows(values_only=True)]
    assert "More articles than a sheet holds: all of them are in the JSON form." in said


def test_file_is_dated_by_its_digest_not_by_the_clock():
    assert book(make_plain()).properties.created == datetime.fromisoformat(make_plain()["day"])


def test_same_digest_gives_the_same_bytes():
    assert draw(make_plain()).getvalue() == draw(make_plain()).getvalue()
