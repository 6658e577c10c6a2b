"""Footnotes of a Word document: a part of its own, which python-docx does not know."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from nhipcau.documents.paper.wordml import NAMESPACES, escaped, look, run

_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
#: The line above footnotes, and above those that go on from the page before; Word wants both, under these numbers.
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
    "<w:r><w:separator/></w:r></w:p></w:footnote>"
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
    "<w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
)
_NUMBER = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}id"


@dataclass
class Footnotes:
    """The footnotes of one document, numbered from 1 as they come; ``addresses`` to their keys."""

    notes: list[str] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)

    def add(self, inner: str) -> str:
        """Keep a note of these runs; gives back the mark that leads to it."""
        number = len(self.notes) + 1
        mark = look(style="FootnoteReference")
        self.notes.append(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            f"<w:r>{mark}<w:footnoteRef/></w:r>{run(' ')}{inner}</w:p></w:footnote>"
        )
        return f'<w:r>{mark}<w:footnoteReference w:id="{number}"/></w:r>'

    def link(self, address: str) -> str:
        """An address to follow, shown as it is; whoever calls has made sure that it is one of the web."""
        key = self.addresses.setdefault(address, f"rIdNote{len(self.addresses) + 1}")
        shown = run(address, look(style="Hyperlink"))
        return f'<w:hyperlink r:id="{escaped(key)}" w:history="1">{shown}</w:hyperlink>'


def attach(document: Any, notes: list[str], addresses: dict[str, str]) -> int:
    """Join notes to a document, behind those that it has; gives back by how much their numbers were raised."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    if not notes:
        return 0
    there = [rel for rel in document.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
    if there:
        part = there[0].target_part
        root = parse_xml(part.blob)
        raised = max((int(note.get(_NUMBER, "0")) for note in root), default=0)
    else:
        part = Part(PackURI("/word/footnotes.xml"), _KIND, b"", document.part.package)
        root, raised = parse_xml(f"<w:footnotes {NAMESPACES}>{_SEPARATORS}</w:footnotes>"), 0
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        marks = f'<w:footnotePr {NAMESPACES}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        document.settings.element.insert(0, parse_xml(marks))
    for note in parse_xml(f"<w:footnotes {NAMESPACES}>{raise_numbers(''.join(notes), raised)}</w:footnotes>"):
        root.append(note)
    from lxml import etree

    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001 - python-docx gives a part its bytes once only
    for address, key in addresses.items():
        # Named here: asked for a free name, python-docx looks through all those that there are.
        part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, address, key, is_external=True)
    return raised


def raise_numbers(xml: str, by: int) -> str:
    """The same with the numbers of our notes, and of the marks that lead to them, raised."""
    if not by:
        return xml
    return re.sub(
        r'(<w:footnote(?:Reference)? w:id=")(\d+)(")', lambda found: f"{found[1]}{int(found[2]) + by}{found[3]}", xml
    )
