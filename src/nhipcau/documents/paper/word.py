"""A Word document put together from pieces of WordprocessingML: pages of the Decree, and nothing of when and where."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from docx.oxml import parse_xml
from docx.shared import Mm

from nhipcau.documents.paper.letterhead import dated
from nhipcau.documents.paper.wordml import NAMESPACES, field, look, paragraph, run
from nhipcau.documents.tables import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The Decree's margins in millimetres: top, bottom, left, right.
MARGINS = (20, 20, 30, 15)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a file says of itself; ``day`` is an ISO day, or None."""

    title: str
    lang: str
    made_by: str
    day: str | None
    sample: bool


def fill(document: Any, pieces: Iterable[str]) -> None:
    """Put the content before the properties of the section, which stand last."""
    content = document.element.body
    last = content[-1]
    for element in parse_xml(f"<w:body {NAMESPACES}>{''.join(pieces)}</w:body>"):
        last.addprevious(element)


def set_up_pages(document: Any, *, sample: bool) -> None:
    """A4; the page's number in the middle of the top margin from page 2 on, and the mark of sample data on all."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, bottom, left, right = MARGINS
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance = section.footer_distance = Mm(9)
    section.different_first_page_header_footer = True
    mark = run(SAMPLE, look(bold=True, size=10)) if sample else ""
    number = field("PAGE", "2", look(size=13))
    tabs = "<w:r><w:tab/></w:r>"
    for header, shown in ((section.first_page_header, tabs * 2), (section.header, f"{tabs}{number}{tabs}")):
        header.is_linked_to_previous = False
        header._element.clear()  # noqa: SLF001 - the way to a header's XML
        inner = f"{shown}{mark}" if mark else shown
        for element in parse_xml(f"<w:hdr {NAMESPACES}>{paragraph(inner, style='Header')}</w:hdr>"):
            header._element.append(element)  # noqa: SLF001 - the same


def save(document: Any, about: About, out: IO[bytes]) -> None:
    """Write the document with nothing in it that says when or where it was made."""
    properties = document.core_properties
    properties.title, properties.author, properties.language = about.title[:255], "Nhịp Cầu", about.lang
    properties.comments, properties.subject = about.made_by[:255], SAMPLE if about.sample else ""
    properties.created = properties.modified = dated(about.day)
    packed = io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for member in made.infolist():
            kept = zipfile.ZipInfo(member.filename)
            kept.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(kept, made.read(member))
