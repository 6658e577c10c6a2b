"""Templates from outside: what is refused before it is opened, and what one may and may not do when it is filled in."""

import io
import zipfile

import pytest
from docx import Document

from nhipcau.documents.digest.sample import sample_digest
from nhipcau.documents.digest.shape import read_digest
from nhipcau.documents.digest.template import fields, starter, write_by_template
from nhipcau.documents.sentences import FileRefusedError
from nhipcau.documents.studio import checking
from nhipcau.documents.studio.checking import check_template
from tests.support.packages import faults_of
from tests.support.printed import docx_part


def make_template(*paragraphs, **parts):
    """A Word document of these paragraphs; ``parts`` replace or add parts, by name with dots for slashes."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    if not parts:
        return out.getvalue()
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            given = content(old.read(name).decode()) if callable(content) else content
            new.writestr(name, given)
    return changed.getvalue()


def fill_in(template, **changes):
    out = io.BytesIO()
    write_by_template(read_digest(sample_digest() | changes), template, out, str)
    return out


def texts(file):
    return [paragraph.text for paragraph in Document(file).paragraphs]


def with_relation(kind, target, mode=' TargetMode="External"'):
    relation = f'<Relationship Id="rIdX" Type="http://x/{kind}" Target="{target}"{mode}/></Relationships>'
    return {"word/_rels/document.xml.rels": lambda xml: xml.replace("</Relationships>", relation)}


def with_field(instruction):
    pieces = "".join(f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>' for part in instruction)
    run = f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{pieces}</w:p><w:sectPr'
    return {"word/document.xml": lambda xml: xml.replace("<w:sectPr", run, 1)}


REFUSED = {
    "too large": (b"PK\x03\x04" + b"0" * checking.MOST_BYTES, "larger than 5 MB"),
    "empty": (b" ", "The file is empty."),
    "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "before 2007"),
    "no zip": (b"%PDF-1.7", "not a Word document"),
    "broken": (b"PK\x03\x04garbage", "damaged"),
    "macros": (make_template("x", **{"word/vbaProject.bin": b"x"}), "holds macros"),
    "other file": (make_template("x", **{"word/embeddings/oleObject1.xlsx": b"x"}), "holds macros or other files"),
    "picture from outside": (make_template("x", **with_relation("image", "https://a.example/p.png")), "a.example"),
    "template from outside": (make_template("x", **with_relation("attachedTemplate", "file:///c:/x.dotm")), "attached"),
    "script": (make_template("x", **with_relation("hyperlink", "javascript:alert(1)")), "javascript"),
    "dde": (make_template("x", **with_field(["DDEAUTO c:\\\\cmd"])), "DDEAUTO"),
    "dde in pieces": (make_template("x", **with_field(["DD", "EAU", "TO cmd"])), "DDEAUTO"),
    "picture field": (make_template("x", **with_field(['INCLUDEPICTURE "http://a.example"'])), "INCLUDEPICTURE"),
    "entities": (
        make_template("x", **{"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "declarations",
    ),
    "bomb": (make_template("x", **{"word/media/a.xml": b"<a>" + b" " * 150_000_000}), "unpacks into more"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_must_not_be_opened_is_refused_with_a_sentence(name):
    content, sentence = REFUSED[name]
    with pytest.raises(FileRefusedError, match=sentence.replace("(", "\\(")):
        check_template(content)


def test_links_that_people_follow_are_fine():
    check_template(make_template("x", **with_relation("hyperlink", "https://a.example/")))


def test_starter_is_whole_passes_the_check_and_fills_in():
    template = starter()
    check_template(template)
    assert faults_of(io.BytesIO(template)) == []
    filled = fill_in(template)
    assert faults_of(filled) == []
    said = texts(filled)
    assert [text for text in said if "{" in text] == []
    table = Document(filled).tables[0]
    assert table.rows[0].cells[0].text.split("\n")[:2] == ["BỘ MẪU", "VỤ MẪU"]
    assert "1. Xuất khẩu gạo tăng 12 %" in said
    assert "https://paper.example/1" in docx_part(filled, "word/_rels/footnotes.xml.rels")


def test_every_field_of_the_list_is_there():
    lines = [f"{each.name}: {{{{ {each.name} }}}}" for each in fields(str) if not each.of and not each.loop]
    lines += ["{%p for ten in noi_nhan %}", "{{ ten }}", "{%p endfor %}", "{%p for d in dinh_chinh %}", "{{ d }}"]
    lines += ["{%p endfor %}", "{%p for p in phan %}", "{{ p.ten }}", "{%p for d in p.doan %}", "{{ d }}"]
    lines += ["{%p endfor %}", "{%p for t in p.tin %}"]
    lines += [f"{{{{ t.{field.name} }}}}" for field in fields(str) if field.of == "t" and not field.loop]
    lines += ["{%p for n in t.nguon %}"]
    lines += [f"{{{{ n.{field.name} }}}}" for field in fields(str) if field.of == "n"]
    lines += ["{%p endfor %}", "{%p endfor %}", "{%p endfor %}"]
    said = texts(fill_in(make_template(*lines)))
    for expected in ("co_quan: VỤ MẪU", "Lãnh đạo Bộ", "Báo chí nêu nhiều về gạo.", "Lê Thị Viết", "Le Papier (Pháp)"):
        assert expected in said


def test_unknown_field_is_named():
    with pytest.raises(FileRefusedError, match="a field that there is not: khong_co"):
        fill_in(make_template("{{ khong_co }}"))
    with pytest.raises(FileRefusedError, match="a field that there is not: xyz"):
        fill_in(make_template("{%p for t in phan %}", "{{ t.xyz }}", "{%p endfor %}"))


def test_field_written_wrongly_is_said():
    with pytest.raises(FileRefusedError, match="not written rightly"):
        fill_in(make_template("{{ co_quan"))


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ phan.append(1) }}",
        "{% include '/etc/passwd' %}",
        pytest.param("{{ co_quan.__init__.__globals__ }}", marks=pytest.mark.long),
        pytest.param("{{ cycler.__init__.__globals__.os.popen('id').read() }}", marks=pytest.mark.long),
        pytest.param("{% import 'os' as os %}", marks=pytest.mark.long),
    ],
)
def test_sandbox_lets_nothing_out(attack):
    with pytest.raises(FileRefusedError):
        fill_in(make_template(attack))


@pytest.mark.long
@pytest.mark.parametrize(
    "attack",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{{ b }}{% endfor %}{% endfor %}",
        "{{ 'x' * 10 ** 10 }}",
    ],
    ids=["time", "memory"],
)
def test_time_and_memory_are_limited(attack):
    with pytest.raises(FileRefusedError):
        fill_in(make_template(attack))


def test_values_are_text_in_a_template():
    filled = fill_in(make_template("{{ tieu_de }}"), title="<w:p/> & {{ co_quan }}")
    assert "<w:p/> & {{ co_quan }}" in texts(filled)
    assert faults_of(filled) == []


def test_draft_and_sample_data_say_so_whatever_the_template_leaves_out():
    said = texts(fill_in(make_template("{{ tieu_de }}")))
    assert {"DỮ LIỆU MẪU", "DỰ THẢO"} <= set(said)
    with_mark = texts(fill_in(make_template("{{ trang_thai }}")))
    assert with_mark.count("DỰ THẢO") == 1


def test_template_with_footnotes_of_its_own_keeps_them():
    first = fill_in(make_template("{{ noi_dung }}")).getvalue()
    again = io.BytesIO(first)
    document = Document(again)
    document.add_paragraph("{{ noi_dung }}")
    out = io.BytesIO()
    document.save(out)
    filled = fill_in(out.getvalue())
    assert faults_of(filled) == []
    notes = docx_part(filled, "word/footnotes.xml")
    assert notes.count("<w:footnote w:id=") == 6
