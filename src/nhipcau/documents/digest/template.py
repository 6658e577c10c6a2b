"""The digest in an office's own Word template: what may stand in it, a template to begin with, and filling it in."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, Any

from nhipcau.documents.digest.paper import MOST_SOURCES, MOST_STORIES, Paper
from nhipcau.documents.digest.pdf import pages_of
from nhipcau.documents.digest.word_body import body
from nhipcau.documents.paper.footnotes import Footnotes
from nhipcau.documents.paper.furniture import LEFT, RIGHT, centred, rule
from nhipcau.documents.paper.wordml import look, paragraph, run, table
from nhipcau.documents.sentences import gettext_noop
from nhipcau.documents.studio.filling import fill
from nhipcau.documents.studio.kinds import TemplateField
from nhipcau.documents.tables import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.documents.digest.shape import Digest, Section, Story

_FIELDS = (
    ("quoc_hieu", gettext_noop("National title"), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "", ""),
    ("tieu_ngu", gettext_noop("Motto"), "Độc lập - Tự do - Hạnh phúc", "", ""),
    ("co_quan_cap_tren", gettext_noop("Body above the issuing one, in capitals"), "BỘ MẪU", "", ""),
    ("co_quan", gettext_noop("Issuing body, in capitals"), "VỤ MẪU", "", ""),
    ("so_ky_hieu", gettext_noop("Number and symbol, with the word before them"), "Số: 12/ĐB-VM", "", ""),
    ("noi_va_ngay", gettext_noop("Place and date"), "Hà Nội, ngày 22 tháng 11 năm 2026", "", ""),
    ("trang_thai", gettext_noop("That it is a draft or was recalled; empty once issued"), "DỰ THẢO", "", ""),
    ("loai", gettext_noop("What the document is, in capitals"), "BẢN TIN ĐIỂM BÁO", "", ""),
    ("tieu_de", gettext_noop("Title"), "Việt Nam trên báo chí nước ngoài", "", ""),
    ("ky", gettext_noop("Period"), "Kỳ: 22/11/2026", "", ""),
    ("tong_so", gettext_noop("Numbers in one line"), "51 tin, bài; 19 câu chuyện", "", ""),
    (
        "noi_dung",
        gettext_noop("The whole content with contents and footnotes; alone in its paragraph"),
        "…",
        "",
        "",
    ),
    (
        "phu_luc",
        gettext_noop("Numbers and method, alone in a paragraph; else they end the content"),
        "…",
        "",
        "",
    ),
    ("chuc_vu", gettext_noop("Post of the signer, in capitals"), "TL. BỘ TRƯỞNG", "", ""),
    ("nguoi_ky", gettext_noop("Name of the signer"), "Nguyễn Văn Mẫu", "", ""),
    ("luu", gettext_noop("Archive line"), "Lưu: VT, TTĐN", "", ""),
    ("noi_nhan", gettext_noop("Recipients"), "", "", "{%p for ten in noi_nhan %} … {{ ten }} … {%p endfor %}"),
    ("dinh_chinh", gettext_noop("Corrections and recalls"), "", "", "{%p for dong in dinh_chinh %} … {%p endfor %}"),
    ("phan", gettext_noop("Sections"), "", "", "{%p for p in phan %} … {%p endfor %}"),
    ("ten", gettext_noop("Title of the section"), "Kinh tế", "p", ""),
    ("doan", gettext_noop("What the office wrote under it"), "", "p", "{%p for d in p.doan %} … {%p endfor %}"),
    ("tin", gettext_noop("Its stories"), "", "p", "{%p for t in p.tin %} … {%p endfor %}"),
    ("so", gettext_noop("Number"), "1", "t", ""),
    ("tieu_de", gettext_noop("Headline: the office's, else the original one"), "Xuất khẩu gạo tăng", "t", ""),
    ("tieu_de_goc", gettext_noop("Original title"), "Rice exports rise", "t", ""),
    ("tom_tat", gettext_noop("Gist: the office's, else sentences of the article"), "…", "t", ""),
    ("ghi_chu", gettext_noop("Note"), "", "t", ""),
    ("nguoi_viet", gettext_noop("Who wrote it"), "Lê Thị Viết", "t", ""),
    ("pham_vi", gettext_noop("How far it went, and when"), "3 tin, bài · 2 nước", "t", ""),
    ("nguon", gettext_noop("Its sources"), "", "t", "{%p for n in t.nguon %} … {%p endfor %}"),
    ("co_quan", gettext_noop("Outlet and country"), "Le Papier (Pháp)", "n", ""),
    ("tieu_de", gettext_noop("Title as printed"), "Le riz du Vietnam", "n", ""),
    ("thoi_gian", gettext_noop("When it was published"), "22/11/2026 14:05", "n", ""),
    ("dia_chi", gettext_noop("Address"), "https://paper.example/1", "n", ""),
)


#: Stands between the content and what is annexed, where recipients and signer go.
_PARTED = ""


def fields(translate: Callable[[str], Any]) -> list[TemplateField]:
    """What a template of a digest may name, in the reader's language."""
    return [
        TemplateField(name=name, meaning=translate(meaning), sample=sample, of=of, loop=loop)
        for name, meaning, sample, of, loop in _FIELDS
    ]


def write_by_template(digest: Digest, template: bytes, out: IO[bytes], translate: Callable[[str], str]) -> None:
    """Write a digest in an office's template, which was checked when it was given.

    Raises:
        FileRefusedError: what is wrong with the template.
    """
    paper, notes = Paper(digest, translate), Footnotes()
    pieces = body(paper, notes, pages_of(digest, translate), closing=(_PARTED,))
    content, annexes = pieces[: pieces.index(_PARTED)], pieces[pieces.index(_PARTED) + 1 :]
    edition = digest.edition
    marks = [SAMPLE if digest.sample else "", edition.mark if edition else ""]
    values = {
        "fields": _values(paper),
        "content": content,
        "annexes": annexes,
        "notes": notes.notes,
        "addresses": notes.addresses,
        "marks": [mark for mark in marks if mark],
    }
    out.write(fill(template, values))


def _values(paper: Paper) -> dict[str, Any]:
    digest, edition, letterhead = paper.digest, paper.digest.edition, paper.letterhead
    nation, motto = letterhead.nation()
    superior, issuer = letterhead.issuer()
    left = MOST_STORIES
    sections = []
    for section in digest.sections:
        sections.append(_section(paper, section, section.stories[: max(left, 0)]))
        left -= len(section.stories)
    return {
        "quoc_hieu": nation,
        "tieu_ngu": motto,
        "co_quan_cap_tren": superior,
        "co_quan": issuer,
        "so_ky_hieu": letterhead.number(),
        "noi_va_ngay": letterhead.placed(),
        "trang_thai": letterhead.mark,
        "loai": letterhead.kind_in_capitals(),
        "tieu_de": digest.title,
        "ky": digest.period,
        "tong_so": paper.totals(),
        "chuc_vu": edition.signer_post.upper() if edition else "",
        "nguoi_ky": edition.signer_name if edition else "",
        "luu": edition.archive_line if edition else "",
        "noi_nhan": edition.recipients if edition else [],
        "dinh_chinh": letterhead.notices(),
        "phan": sections,
    }


def _section(paper: Paper, section: Section, stories: list[Story]) -> dict[str, Any]:
    return {"ten": section.title, "doan": section.paragraphs, "tin": [_story(paper, story) for story in stories]}


def _story(paper: Paper, story: Story) -> dict[str, Any]:
    return {
        "so": str(story.number),
        "tieu_de": story.headline or story.title.text,
        "tieu_de_goc": story.title.text,
        "tom_tat": story.summary or story.gist.text,
        "ghi_chu": story.note,
        "nguoi_viet": ", ".join(story.written_by),
        "pham_vi": paper.facts(story),
        "nguon": [
            {
                "co_quan": paper.named(source),
                "tieu_de": source.title.text,
                "thoi_gian": paper.about(source),
                "dia_chi": source.url or "",
            }
            for source in story.sources[:MOST_SOURCES]
        ],
    }


def starter() -> bytes:
    """A template that looks like the standard document: what an office begins with and makes its own in Word."""
    from docx import Document
    from docx.oxml import parse_xml
    from docx.shared import Mm

    from nhipcau.documents.paper import styles
    from nhipcau.documents.paper.word import MARGINS
    from nhipcau.documents.paper.wordml import NAMESPACES

    document = Document()
    styles.set_up(document, "vi")
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, MARGINS)
    last = document.element.body[-1]
    for element in parse_xml(f"<w:body {NAMESPACES}>{''.join(_starter_pieces())}</w:body>"):
        last.addprevious(element)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _starter_pieces() -> list[str]:
    left = centred("{{ co_quan_cap_tren }}", size=13) + centred("{{ co_quan }}", size=13, bold=True) + rule(22)
    right = centred("{{ quoc_hieu }}", size=13, bold=True) + centred("{{ tieu_ngu }}", size=14, bold=True) + rule(16)
    number = centred("{{ so_ky_hieu }}", size=13) + centred("{{ trang_thai }}", size=13, bold=True)
    placed = centred("{{ noi_va_ngay }}", size=14, italic=True)
    received = "".join(
        [
            paragraph(run("Nơi nhận:", look(bold=True, italic=True, size=12)), after=0),
            paragraph(run("{%p for ten in noi_nhan %}", look(size=11)), after=0),
            paragraph(run("- {{ ten }};", look(size=11)), after=0),
            paragraph(run("{%p endfor %}", look(size=11)), after=0),
            paragraph(run("- {{ luu }}.", look(size=11)), after=0),
        ]
    )
    signed = (
        centred("{{ chuc_vu }}", size=13, bold=True)
        + paragraph("", before=66, after=0)
        + centred("{{ nguoi_ky }}", size=14, bold=True)
    )
    return [
        table([[left, right], [number, placed]], (LEFT, RIGHT), ruled=False),
        paragraph(run("{%p for dong in dinh_chinh %}")),
        paragraph(run("{{ dong }}", look(bold=True)), border="box"),
        paragraph(run("{%p endfor %}")),
        paragraph(run("{{ loai }}", look(bold=True, size=14)), align="center", before=18, after=2),
        paragraph(run("{{ tieu_de }}", look(bold=True, size=14)), align="center", after=2),
        paragraph(run("{{ ky }}", look(italic=True)), align="center", after=0),
        rule(62),
        paragraph(run("{{ noi_dung }}")),
        table([[received, signed]], (74, 91), ruled=False),
        paragraph(run("{{ phu_luc }}")),
    ]
