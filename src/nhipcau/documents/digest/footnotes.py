"""Footnotes of a Word document: a part of its own, which python-docx does not know."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from nhipcau.documents.digest.wordml import NAMESPACES, escaped, look, run

_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
#: The line above footnotes, and above those that go on from the page before; Word wants both, under these numbers.
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
    "<w:r><w:separator/></w:r></w:p></w:footnote>"
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
    "<w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
)


class Footnotes:
    """The footnotes of one document, numbered as they come."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._notes: list[str] = []
        self._part = Part(PackURI("/word/footnotes.xml"), _KIND, b"", document.part.package)
        self._addresses: dict[str, str] = {}

    def add(self, inner: str) -> str:
        """Keep a note of these runs; gives back the mark that leads to it."""
        number = len(self._notes) + 1
        mark = look(style="FootnoteReference")
        self._notes.append(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            f"<w:r>{mark}<w:footnoteRef/></w:r>{run(' ')}{inner}</w:p></w:footnote>"
        )
        return f'<w:r>{mark}<w:footnoteReference w:id="{number}"/></w:r>'

    def link(self, address: str) -> str:
        """An address to follow, shown as it is; whoever calls has made sure that it is one of the web."""
        if address not in self._addresses:
            # Named here: asked for a free name, python-docx looks through all those that there are.
            key = self._addresses[address] = f"rId{len(self._addresses) + 1}"
            self._part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, address, key, is_external=True)
        shown = run(address, look(style="Hyperlink"))
        return f'<w:hyperlink r:id="{escaped(self._addresses[address])}" w:history="1">{shown}</w:hyperlink>'

    def close(self) -> None:
        """Join the part to the document, where there is any note."""
        if not self._notes:
            return
        xml = f"<w:footnotes {NAMESPACES}>{_SEPARATORS}{''.join(self._notes)}</w:footnotes>"
        declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        self._part._blob = (declaration + xml).encode()  # noqa: SLF001 - python-docx gives a part its bytes once only
        self._document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        settings = self._document.settings.element
        settings.insert(
            0, parse_xml(f'<w:footnotePr {NAMESPACES}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>')
        )
