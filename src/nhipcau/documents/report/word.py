"""The report as Word: the layout of Decree 30/2020, a filled table of contents, figures with their breakdowns."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from docx import Document

from nhipcau.documents.paper import styles, word
from nhipcau.documents.paper.furniture import foot, head
from nhipcau.documents.paper.headings import Heading, bookmark, contents, drawn_heading, own
from nhipcau.documents.paper.wordml import look, paragraph, run, table
from nhipcau.documents.report.pdf import pages_of
from nhipcau.documents.report.words import Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nhipcau.documents.report.shape import Figure, Report, Section, Table, Text

#: Width of the text in millimetres; what the label of a figure takes at least.
WIDTH, LABEL = 165, 62
#: Number under which the method note is found.
METHOD = 900_000


def write_docx(report: Report, out: IO[bytes], translate: Callable[[str], str]) -> None:
    """Write the paper."""
    document = Document()
    styles.set_up(document, report.lang)
    paper = Paper(report, translate)
    letterhead = paper.letterhead
    word.fill(document, [*head(letterhead), *_body(paper, closing=foot(letterhead))])
    word.set_up_pages(document, sample=report.sample)
    about = word.About(
        title=report.title, lang=report.lang, made_by=report.made_by, day=report.day, sample=report.sample
    )
    word.save(document, about, out)


def _body(paper: Paper, *, closing: Sequence[str]) -> list[str]:
    report = paper.report
    parts = [part for number, section in enumerate(report.sections, 1) for part in _section(paper, section, number)]
    annexes = _method(paper)
    headings = [heading for heading, _ in (*parts, *annexes)]
    pages = pages_of(report, paper.translate) if len(headings) > 1 else {}
    return [
        *(paragraph(run(text), style="PaperText") for text in report.lead),
        *(contents(paper.translate("Contents"), headings, pages, 2) if pages else []),
        *(piece for heading, pieces in parts for piece in (drawn_heading(heading), *pieces)),
        *closing,
        *(piece for heading, pieces in annexes for piece in (drawn_heading(heading), *pieces)),
        paragraph(run(report.made_by, look(italic=True, size=11)), before=12),
    ]


def _section(paper: Paper, section: Section, number: int) -> list[tuple[Heading, list[str]]]:
    heading = Heading(1, f"{section.number}.", own(section.title), bookmark("part", number))
    found: list[tuple[Heading, list[str]]] = [(heading, [])]
    for place, text in enumerate(section.texts, 1):
        titled = Heading(2, f"{place}.", own(text.title), bookmark("text", number * 100 + place))
        found.append((titled, _text(paper, text)))
    pieces = found[-1][1]
    pieces += _figures(paper, section.figures)
    for each in section.tables:
        pieces += _table(paper, each)
    return found


def _text(paper: Paper, text: Text) -> list[str]:
    drawn = []
    for said in text.paragraphs:
        inner = ""
        for place, piece in enumerate(said):
            inner += run((" " if place else "") + piece.text)
            offices = paper.offices(piece)
            inner += run(f" {offices}", look(italic=True, size=10.5)) if offices else ""
        drawn.append(paragraph(inner, style="PaperText"))
    return drawn


def _figures(paper: Paper, figures: Sequence[Figure]) -> list[str]:
    if not figures:
        return []
    heads = paper.heads(figures)
    each = (WIDTH - LABEL) / (len(heads) - 1)
    rows = [[_cell(text, at > 1, bold=True) for at, text in enumerate(heads)]]
    for depth, cells in paper.rows(figures):
        rows.append([_cell(text, at > 1, left=4.0 * depth if at == 0 else None) for at, text in enumerate(cells)])
    drawn = [
        paragraph("", after=2),
        table(rows, (LABEL, *[each] * (len(heads) - 1)), ruled=True, head=True),
        paragraph("", after=2),
    ]
    return drawn + [paragraph(run(text), style="PaperSmall") for text in paper.comments(figures)]


def _table(paper: Paper, shown: Table) -> list[str]:
    rows = paper.table_rows(shown)
    if not rows:
        return []
    numeric = [column.numeric for column in shown.columns]
    heads = [_cell(column.label, column.numeric, bold=True) for column in shown.columns]
    drawn = [[_cell(text, figure) for text, figure in zip(row, numeric, strict=True)] for row in rows]
    further = paper.further(shown)
    return [
        paragraph(run(shown.title, look(bold=True)), before=8, after=3, keep=True),
        table([heads, *drawn], [WIDTH / len(heads)] * len(heads), ruled=True, head=True),
        paragraph(run(further, look(size=11)) if further else "", before=3, after=4),
    ]


def _cell(
    text: str,
    right: bool,  # noqa: FBT001 - a cell stands left or right
    *,
    bold: bool = False,
    left: float | None = None,
) -> str:
    align = "right" if right else ""
    return paragraph(run(text, look(bold=bold, size=11)), align=align, before=2, after=2, left=left)


def _method(paper: Paper) -> Iterable[tuple[Heading, list[str]]]:
    report = paper.report
    if not report.method and not report.lists:
        return []
    heading = Heading(1, "", own(paper.translate("Method note")), bookmark("part", METHOD), new_page=True)
    pieces = [paragraph(run(sentence), style="PaperOriginal") for sentence in report.method]
    for each in report.lists:
        pieces += _table(paper, each)
    return [(heading, pieces)]
