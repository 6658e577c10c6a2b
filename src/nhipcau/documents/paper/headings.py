"""Headings of a Word document, and the table of contents that leads to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.documents.paper.shape import Foreign
from nhipcau.documents.paper.wordml import bookmarked, field, foreign, look, paragraph, run

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: What the numbers of the sections are written with.
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that the table of contents leads to."""

    level: int
    number: str
    words: Foreign
    bookmark: str
    new_page: bool = False


def bookmark(kind: str, number: int) -> str:
    """The name under which a heading is found, here and in the typeset form that tells its page."""
    return f"_Toc{kind}{number:06d}"


def roman(number: int) -> str:
    """``IV``."""
    written = ""
    for value, letters in _ROMAN:
        while number >= value:
            written, number = written + letters, number - value
    return written


def own(text: str) -> Foreign:
    """Words in the language of the paper."""
    return Foreign(text=text, lang="", dir="ltr")


def drawn_heading(heading: Heading) -> str:
    """The heading, marked as the place that the contents lead to."""
    rtl = heading.words.dir == "rtl"
    number = int(heading.bookmark[-6:]) + (0 if heading.level > 1 else 500_000)
    numbered = run(f"{heading.number} ") if heading.number else ""
    inner = bookmarked(numbered + foreign(heading.words), number, heading.bookmark)
    return paragraph(inner, style=f"Heading{heading.level}", rtl=rtl, new_page=heading.new_page)


def contents(title: str, headings: Iterable[Heading], pages: Mapping[str, int], depth: int) -> list[str]:
    """A field of Word's that is filled already: it reads right without being updated."""
    entries = []
    for heading in headings:
        if heading.level > depth:
            continue
        page = field(f"PAGEREF {heading.bookmark} \\h", str(pages.get(heading.bookmark, 1)))
        number = run(f"{heading.number} ") if heading.number else ""
        inner = f'<w:hyperlink w:anchor="{heading.bookmark}" w:history="1">{number}{foreign(heading.words)}'
        inner += f"<w:r><w:tab/></w:r>{page}</w:hyperlink>"
        entries.append((heading.level, inner))
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{depth}" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    drawn = [
        paragraph((begin if index == 0 else "") + inner, style=f"TOC{level}")
        for index, (level, inner) in enumerate(entries)
    ]
    end = paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>', after=0)
    return [paragraph(run(title, look(bold=True, size=14)), before=14, after=4, keep=True), *drawn, end]
