import io

import pypdf
import pytest

from nhipcau.documents import digest as printed
from nhipcau.documents.digest import pdf
from nhipcau.documents.digest.shape import read_digest
from nhipcau.documents.paper import glyphs
from tests.support.printed import (
    foreign,
    make_edition,
    make_plain,
    make_source,
    make_story,
    make_world,
    pdf_links,
    pdf_pages,
    read_pdf,
)
from tests.support.scripts import SCRIPTS


def draw(plain):
    out = io.BytesIO()
    printed.write("pdf", plain, out, str)
    return out


@pytest.fixture(scope="module")
def world():
    return draw(make_world())


def test_every_script_has_its_glyphs(world, caplog):
    values = pdf.laid_out(read_digest(make_world()), str)
    assert values["missing"] == []
    # PDF/UA-1 is refused by the typesetter where a single glyph is missing; it names itself in the metadata.
    assert b"<pdfuaid:part>1</pdfuaid:part>" in _metadata(world)


def test_text_of_the_paper_reads_back_in_its_own_characters(world):
    text = set("".join(pdf_pages(world)))
    # Hebrew and Arabic letters are read back in the shapes that they take beside each other.
    words = {name: text_ for name, (_, direction, text_) in SCRIPTS.items() if direction == "ltr"}
    lost = {name: set(said) - text - set(" \u200c") for name, said in words.items()}
    assert {name: characters for name, characters in lost.items() if characters} == {}


def test_character_of_no_font_is_a_box_that_the_paper_names():
    plain = make_plain(make_story(title=foreign("Old \U00013000 sign and \U0001f98b")))
    values = pdf.laid_out(read_digest(plain), str)
    assert values["missing"] == ["U+13000"]
    last = pdf_pages(draw(plain))[-1]
    assert "U+13000" in last
    assert "□" in "".join(pdf_pages(draw(plain)))


def test_glyph_missing_all_the_same_costs_the_standard_and_no_paper(monkeypatch, caplog):
    monkeypatch.setattr(glyphs, "has_glyph", lambda character: True)
    out = draw(make_plain(make_story(title=foreign("Old \U00013000 sign"))))
    assert ("does not reach PDF/UA-1" in caplog.text, b"pdfuaid" in _metadata(out)) == (True, False)


def test_paper_is_tagged_titled_and_bears_its_language(world):
    reader = pypdf.PdfReader(world)
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "vi"
    assert reader.metadata.title == "Việt Nam trên báo chí nước ngoài"


def test_every_language_is_tagged(world):
    found = set()
    waiting = [pypdf.PdfReader(world).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found.add(node.get("/Lang"))
            waiting += [node["/K"]] if "/K" in node else []
    assert {"ru", "el", "he", "zh", "zh-TW", "ja", "ko", "th", "lo", "km", "my", "ar", "fa", "hi", "bn"} <= found


def test_fonts_are_embedded(world):
    fonts = set()
    for page in pypdf.PdfReader(world).pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            fonts.add(font.get_object()["/BaseFont"].partition("+")[2])
    assert {"Tinos-Bold", "NotoNaskhArabic-Regular", "NotoSansThai-Regular"} <= {
        font.partition("-Identity")[0] for font in fonts
    }


def test_layout_of_the_decree():
    out = draw(make_plain(edition=make_edition(), lang="vi"))
    reader = pypdf.PdfReader(out)
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    first, last = pdf_pages(out)[0], "".join(pdf_pages(out))
    for words in ("BỘ MẪU", "VỤ MẪU", "12/ĐB-VM", "Hà Nội, ngày 03 tháng 02 năm 2026", "ĐIỂM BÁO"):
        assert words in first
    for words in ("TL. BỘ TRƯỞNG", "Nguyễn Văn Mẫu", "- Lãnh đạo Bộ;", "- Lưu: VT."):
        assert words in last


def test_number_of_the_page_stands_from_page_two_on():
    pages = pdf_pages(draw(make_plain(*(make_story(number) for number in range(1, 30)))))
    lines = [page.splitlines()[0].strip() for page in pages]
    assert lines[0] != "1"
    assert lines[1:] == [str(number) for number in range(2, len(pages) + 1)]


def test_contents_name_pages_on_which_headings_stand():
    plain = make_plain(*(make_story(number) for number in range(1, 30)))
    pages = pdf.pages_of(read_digest(plain), str)
    texts = pdf_pages(draw(plain))
    assert all(f"{number}. Story {number}\n" in texts[pages[f"_Tocstory{number:06d}"] - 1] for number in range(1, 30))


def test_recalled_and_corrected_digests_say_so_on_top():
    notices = [{"at": "2026-02-04T01:00:00Z", "text": "Thu hồi do sai số liệu."}]
    first = pdf_pages(draw(make_plain(edition=make_edition(mark="ĐÃ THU HỒI", notices=notices))))[0]
    assert "ĐÃ THU HỒI" in first
    assert "04/02/2026: Thu hồi do sai số liệu." in first


def test_nothing_foreign_is_markup():
    wild = "#panic() $x$ *bold* _it_ @ref <label> `raw` // note /* x */ [c] \\ = heading https://a.example"
    plain = make_plain(make_story(title=foreign(wild), gist=foreign(wild), note=wild), title=wild)
    assert " ".join(read_pdf(draw(plain))[0][1][0].split()) == wild


def test_only_web_addresses_lead_anywhere():
    sources = [make_source(url=url) for url in ("javascript:alert(1)", "file:///etc/passwd", "https://ok.example/a")]
    assert pdf_links(draw(make_plain(make_story(sources=sources)))) == {"https://ok.example/a"}


def test_long_story_and_long_digest_say_what_they_leave_out(monkeypatch):
    plain = make_plain(make_story(1, sources=[make_source(url=f"https://a.example/{n}") for n in range(15)]))
    assert "3 more are in the Excel form of this digest." in "".join(pdf_pages(draw(plain))).replace("\n", " ")
    monkeypatch.setattr(pdf, "MOST_STORIES", 2)
    plain = make_plain(*(make_story(number) for number in range(1, 6)))
    out = draw(plain)
    assert [number for number, _ in read_pdf(out)] == [1, 2]
    assert "3 more are in the Excel form of this digest." in "".join(pdf_pages(out)).replace("\n", " ")


def test_same_digest_gives_the_same_bytes():
    assert draw(make_plain()).getvalue() == draw(make_plain()).getvalue()


def test_missing_fonts_are_named(monkeypatch, tmp_path):
    monkeypatch.setattr(glyphs, "FOLDER", tmp_path)
    glyphs._runs.cache_clear()
    with pytest.raises(glyphs.NoFontsError, match="run make setup"):
        glyphs.has_glyph("a")
    glyphs._runs.cache_clear()


def _metadata(out):
    return pypdf.PdfReader(out).trailer["/Root"]["/Metadata"].get_data()
