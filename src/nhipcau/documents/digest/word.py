"""``digest.docx``: the layout of Decree 30/2020, real footnotes, a filled table of contents, languages tagged."""

from __future__ import annotations

import io
import zipfile
from typing import IO, TYPE_CHECKING, Any

from docx import Document
from docx.oxml import parse_xml
from docx.shared import Mm

from nhipcau.documents.digest import word_styles
from nhipcau.documents.digest.footnotes import Footnotes, attach
from nhipcau.documents.digest.paper import Paper, dated
from nhipcau.documents.digest.pdf import pages_of
from nhipcau.documents.digest.word_body import body
from nhipcau.documents.digest.word_head import foot, head
from nhipcau.documents.digest.wordml import NAMESPACES, field, look, paragraph, run
from nhipcau.documents.tables import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.documents.digest.shape import Digest

#: The Decree's margins in millimetres: top, bottom, left, right.
MARGINS = (20, 20, 30, 15)


def write_docx(digest: Digest, out: IO[bytes], translate: Callable[[str], str]) -> None:
    """Write the paper."""
    document = Document()
    word_styles.set_up(document, digest.lang)
    paper = Paper(digest, translate)
    notes = Footnotes()
    pieces = [*head(paper), *body(paper, notes, pages_of(digest, translate), closing=foot(paper))]
    _fill(document, pieces)
    attach(document, notes.notes, notes.addresses)
    _set_up_pages(document, digest)
    save(document, digest, out)


def _fill(document: Any, pieces: list[str]) -> None:
    """Put the content before the properties of the section, which stand last."""
    content = document.element.body
    last = content[-1]
    for element in parse_xml(f"<w:body {NAMESPACES}>{''.join(pieces)}</w:body>"):
        last.addprevious(element)


def _set_up_pages(document: Any, digest: Digest) -> None:
    """A4; the page's number in the middle of the top margin from page 2 on, and the mark of sample data on all."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, bottom, left, right = MARGINS
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance = section.footer_distance = Mm(9)
    section.different_first_page_header_footer = True
    mark = run(SAMPLE, look(bold=True, size=10)) if digest.sample else ""
    number = field("PAGE", "2", look(size=13))
    tabs = "<w:r><w:tab/></w:r>"
    for header, shown in ((section.first_page_header, tabs * 2), (section.header, f"{tabs}{number}{tabs}")):
        header.is_linked_to_previous = False
        header._element.clear()  # noqa: SLF001 - the way to a header's XML
        inner = f"{shown}{mark}" if mark else shown
        for element in parse_xml(f"<w:hdr {NAMESPACES}>{paragraph(inner, style='Header')}</w:hdr>"):
            header._element.append(element)  # noqa: SLF001 - the same


def save(document: Any, digest: Digest, out: IO[bytes]) -> None:
    """Write the document with nothing in it that says when or where it was made."""
    properties = document.core_properties
    properties.title, properties.author, properties.language = digest.title[:255], "Nhịp Cầu", digest.lang
    properties.comments, properties.subject = digest.made_by[:255], SAMPLE if digest.sample else ""
    properties.created = properties.modified = dated(digest)
    packed = io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for member in made.infolist():
            kept = zipfile.ZipInfo(member.filename)
            kept.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(kept, made.read(member))
