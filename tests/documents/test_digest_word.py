import io
import re
import zipfile

import pytest
from docx import Document
from lxml import etree

from nhipcau.documents import digest as printed
from nhipcau.documents.digest import pdf
from nhipcau.documents.digest.shape import read_digest
from tests.support.packages import faults_of
from tests.support.printed import (
    docx_part,
    foreign,
    make_edition,
    make_plain,
    make_source,
    make_story,
    make_world,
    read_docx,
)
from tests.support.scripts import SCRIPTS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def draw(plain):
    out = io.BytesIO()
    printed.write("docx", plain, out, str)
    return out


def element(out, name="word/document.xml"):
    return etree.fromstring(docx_part(out, name).encode())


@pytest.fixture(scope="module")
def world():
    return draw(make_world())


@pytest.mark.parametrize("edition", [None, make_edition()], ids=["command line", "desk"])
def test_file_is_whole(edition):
    assert faults_of(draw(make_plain(edition=edition))) == []


def test_digest_without_stories_is_whole():
    out = draw(make_plain(sections=[], highlights=[], nothing="Không có gì."))
    assert faults_of(out) == []
    assert "Không có gì." in [paragraph.text for paragraph in Document(out).paragraphs]


def test_stories_read_back(world):
    assert [title for _, (title, _) in read_docx(world)] == [text for _, _, text in SCRIPTS.values()]


def test_every_foreign_text_is_tagged_with_its_language(world):
    tagged = {
        "".join(run.itertext(f"{W}t")): run.find(f"{W}rPr/{W}lang").get(f"{W}val")
        for run in element(world).iter(f"{W}r")
        if run.find(f"{W}rPr/{W}lang") is not None
    }
    assert {text: tagged[text] for _, _, text in SCRIPTS.values()} == {text: lang for lang, _, text in SCRIPTS.values()}


def test_texts_from_right_to_left_are_set_so(world):
    headings = [p for p in Document(world).paragraphs if p.style.style_id == "Heading2"]
    turned = {name for name, p in zip(SCRIPTS, headings, strict=True) if p._p.find(f"{W}pPr/{W}bidi") is not None}
    assert turned == {name for name, (_, direction, _) in SCRIPTS.items() if direction == "rtl"}
    assert len(element(world).findall(f".//{W}r/{W}rPr/{W}rtl")) >= 6


def test_fonts_are_named_by_script(world):
    text = docx_part(world, "word/document.xml")
    for font in ('w:eastAsia="SimSun"', 'w:eastAsia="PMingLiU"', 'w:eastAsia="MS Mincho"', 'w:eastAsia="Batang"'):
        assert f"<w:rFonts {font}/>" in text
    for font in ("Leelawadee UI", "Myanmar Text", "Nirmala UI", "Nyala"):
        assert f'<w:rFonts w:cs="{font}"/>' in text
    assert 'w:ascii="Times New Roman"' in docx_part(world, "word/styles.xml")


def test_sources_are_real_footnotes():
    sources = [make_source(outlet=f"Báo {n}", url=f"https://a.example/{n}") for n in range(3)]
    out = draw(make_plain(make_story(1, sources=sources), make_story(2)))
    references = [note.get(f"{W}id") for note in element(out).iter(f"{W}footnoteReference")]
    notes = {note.get(f"{W}id"): "".join(note.itertext(f"{W}t")) for note in element(out, "word/footnotes.xml")}
    assert references == ["1", "2", "3", "4"]
    assert notes["2"].strip() == "Báo 1 (Pháp), “Un titre”, 21/11/2026 14:05, https://a.example/1"
    assert {"-1", "0"} <= set(notes)
    assert 'w:id="-1"' in docx_part(out, "word/settings.xml")


def test_contents_are_a_field_that_is_filled():
    plain = make_plain(*(make_story(number) for number in range(1, 30)))
    out = draw(plain)
    entries = [p.text for p in Document(out).paragraphs if p.style.style_id == "TOC2"]
    pages = pdf.pages_of(read_digest(plain), str)
    assert entries == [f"{number}. Story {number}\t{pages[f'_Tocstory{number:06d}']}" for number in range(1, 30)]
    assert "".join(element(out).itertext(f"{W}instrText")).startswith(' TOC \\o "1-2" \\h \\z \\u ')
    anchors = {link.get(f"{W}anchor") for link in element(out).iter(f"{W}hyperlink")} - {None}
    bookmarks = [mark.get(f"{W}name") for mark in element(out).iter(f"{W}bookmarkStart")]
    assert (len(set(bookmarks)), anchors - set(bookmarks)) == (len(bookmarks), set())


def test_long_digest_lists_its_sections_only():
    out = draw(make_plain(*(make_story(number) for number in range(1, 62))))
    styles = [paragraph.style.style_id for paragraph in Document(out).paragraphs]
    assert (styles.count("TOC1"), styles.count("TOC2")) == (3, 0)


def test_layout_of_the_decree():
    document = Document(draw(make_plain(edition=make_edition(), lang="vi")))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    left, right = document.tables[0].rows[0].cells
    assert left.text.split() == ["BỘ", "MẪU", "VỤ", "MẪU"]
    assert right.text.split("\n")[:2] == ["SOCIALIST REPUBLIC OF VIET NAM", "Independence - Freedom - Happiness"]
    number, place = document.tables[0].rows[1].cells
    assert (number.text, place.text) == ("No.: 12/ĐB-VM", "Hà Nội, ngày 03 tháng 02 năm 2026")
    received, signed = document.tables[1].rows[0].cells
    assert received.text == "Recipients:\n- Lãnh đạo Bộ;\n- Lưu: VT."
    assert signed.text.split("\n") == ["TL. BỘ TRƯỞNG", "", "Nguyễn Văn Mẫu"]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_headline_of_the_office_stands_over_the_original_title():
    story = make_story(
        headline="Tiêu đề của ta", summary="Đoạn một.\nĐoạn hai.", note="Lưu ý", written_by=["Lê Thị Viết"]
    )
    said = [p.text for p in Document(draw(make_plain(story))).paragraphs]
    at = said.index("1. Tiêu đề của ta", said.index("I. Kinh tế"))
    assert said[at + 1 : at + 7] == [
        "Story 1",
        "1 tin, bài · 21/11/2026 14:05",
        "Đoạn một.",
        "Đoạn hai.",
        "Note: Lưu ý",
        "Written by: Lê Thị Viết",
    ]


def test_hostile_texts_stay_text():
    wild = "<w:p/> & ]]> {{ x }} {% y %} =cmd()\x00\x1b\ud83d\ufffe\u202etxt"
    out = draw(make_plain(make_story(title=foreign(wild), gist=foreign(wild), note=wild), title=wild))
    assert faults_of(out) == []
    assert read_docx(out)[0][1][0] == "<w:p/> & ]]> {{ x }} {% y %} =cmd()\ufffd\ufffdtxt"


def test_language_that_is_no_tag_breaks_nothing():
    out = draw(make_plain(make_story(title=foreign("x", 'e"/><w:evil'))))
    assert (faults_of(out), "evil/" in docx_part(out, "word/document.xml")) == ([], False)


def test_only_web_addresses_lead_anywhere():
    urls = ("javascript:alert(1)", "file:///etc/passwd", "https://ok.example/a?b=1&c=2")
    out = draw(make_plain(make_story(sources=[make_source(url=url) for url in urls])))
    with zipfile.ZipFile(out) as package:
        relations = b"".join(package.read(name) for name in package.namelist() if name.endswith(".rels"))
    led = re.findall(r'Target="([^"]*)" TargetMode="External"', relations.decode())
    assert led == ["https://ok.example/a?b=1&amp;c=2"]


def test_same_digest_gives_the_same_bytes():
    assert draw(make_plain()).getvalue() == draw(make_plain()).getvalue()
