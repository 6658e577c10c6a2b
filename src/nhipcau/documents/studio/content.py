"""The whole content of a document in the place that a template keeps for it, in the template's own styles."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml

from nhipcau.documents.paper.footnotes import attach, raise_numbers
from nhipcau.documents.paper.styles import fit_styles
from nhipcau.documents.paper.wordml import NAMESPACES, look, paragraph, run
from nhipcau.documents.studio.filling import ANNEXES, CONTENT

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def put_content(document: Any, values: dict[str, Any]) -> None:
    """Put content, footnotes and the marks that must stand in it into a document that docxtpl filled."""
    body = document.element.body
    places = {
        mark: [each for each in body.iter(f"{_W}p") if mark in "".join(each.itertext(f"{_W}t"))]
        for mark in (CONTENT, ANNEXES)
    }
    if places[CONTENT]:
        names = fit_styles(document)
        raised = attach(document, [_restyled(note, names) for note in values["notes"]], values["addresses"])
        content = values["content"] + ([] if places[ANNEXES] else values["annexes"])
        _put(places[CONTENT][0], _restyled(raise_numbers("".join(content), raised), names))
        if places[ANNEXES]:
            _put(places[ANNEXES][0], _restyled("".join(values["annexes"]), names))
    for place in (*places[CONTENT], *places[ANNEXES]):
        _take_out(place)
    said = "".join(body.itertext(f"{_W}t"))
    for mark in values["marks"]:
        # A draft, a recalled digest and invented data say so on every paper, whatever the template leaves out.
        if mark not in said:
            drawn = paragraph(run(mark, look(bold=True, size=13)), align="center", border="box")
            body.insert(0, parse_xml(f"<w:body {NAMESPACES}>{drawn}</w:body>")[0])


def _put(place: Any, xml: str) -> None:
    for element in parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>"):
        place.addprevious(element)


def _take_out(place: Any) -> None:
    """Take a paragraph away; a cell of a table keeps one, or Word calls the file damaged."""
    parent = place.getparent()
    if parent.tag == f"{_W}tc" and len(parent.findall(f"{_W}p")) == 1:
        for each in place.findall(f"{_W}r"):
            place.remove(each)
    else:
        parent.remove(place)


def _restyled(xml: str, names: dict[str, str]) -> str:
    for ours, theirs in names.items():
        xml = xml.replace(f'Style w:val="{ours}"', f'Style w:val="{theirs}"')
    return xml
