"""What stands before and after the content of a Word document: national title, issuer, number, signer, recipients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.documents.paper.wordml import look, paragraph, run, table

if TYPE_CHECKING:
    from nhipcau.documents.paper.letterhead import Letterhead

#: Widths of the two columns in millimetres; together the width of the text.
LEFT, RIGHT = 67, 98
#: How far in from the edges of its column a rule begins: under the issuer about a third of it, under the motto all.
UNDER_ISSUER, UNDER_MOTTO = 22, 16
#: Room for a signature, in points.
SIGNATURE = 66


def head(letterhead: Letterhead) -> list[str]:
    """From the national title down to the period."""
    nation, motto = letterhead.nation()
    superior, issuer = letterhead.issuer()
    mark = letterhead.mark
    left = [
        *([centred(superior, size=13)] if superior else []),
        centred(issuer, size=13, bold=True),
        rule(UNDER_ISSUER),
    ]
    right = [centred(nation, size=13, bold=True), centred(motto, size=14, bold=True), rule(UNDER_MOTTO)]
    below = [centred(letterhead.number(), size=13)]
    if mark:
        below.append(paragraph(run(mark, look(bold=True, size=13)), align="center", border="box", left=20, right=20))
    rows = [
        ["".join(left), "".join(right)],
        ["".join(below), centred(letterhead.placed(), size=14, italic=True)],
    ]
    notices = [
        paragraph(run(notice, look(bold=True)), border="box", before=12, after=6) for notice in letterhead.notices()
    ]
    return [
        table(rows, (LEFT, RIGHT), ruled=False),
        *notices,
        paragraph(run(letterhead.kind_in_capitals(), look(bold=True, size=14)), align="center", before=18, after=2),
        paragraph(run(letterhead.title, look(bold=True, size=14)), align="center", after=2),
        paragraph(run(letterhead.period, look(italic=True)), align="center", after=0),
        rule(62),
        paragraph("", after=4),
    ]


def foot(letterhead: Letterhead) -> list[str]:
    """Recipients on the left, who signs on the right; nothing where nobody does."""
    edition = letterhead.edition
    if edition is None:
        return []
    received = []
    if edition.recipients or edition.archive_line:
        label = run(letterhead.translate("Recipients:"), look(bold=True, italic=True, size=12))
        received.append(paragraph(label, after=0))
        received += [paragraph(run(f"- {name};", look(size=11)), after=0) for name in edition.recipients]
    if edition.archive_line:
        received.append(paragraph(run(f"- {edition.archive_line}.", look(size=11)), after=0))
    signed = [
        centred(edition.signer_post.upper(), size=13, bold=True),
        paragraph("", before=SIGNATURE, after=0),
        centred(edition.signer_name, size=14, bold=True),
    ]
    rows = [["".join(received) or paragraph(""), "".join(signed)]]
    return [paragraph("", after=6), table(rows, (74, 91), ruled=False)]


def centred(text: str, *, size: float, bold: bool = False, italic: bool = False) -> str:
    """One line in the middle of its column."""
    return paragraph(run(text, look(bold=bold, italic=italic, size=size)), align="center", before=0, after=0)


def rule(inset: float) -> str:
    """A line across, ``inset`` millimetres from both edges."""
    return paragraph("", border="bottom", left=inset, right=inset, before=0, after=4, exact=3)
