"""The content of a Word document: in brief, contents, sections with footnoted sources, then numbers and method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.documents.digest.paper import MOST_ROWS, MOST_SOURCES, MOST_STORIES
from nhipcau.documents.paper.headings import Heading, bookmark, contents, drawn_heading, own, roman
from nhipcau.documents.paper.shape import Foreign
from nhipcau.documents.paper.wordml import foreign, look, paragraph, run, table
from nhipcau.text import format_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nhipcau.documents.digest.paper import Paper
    from nhipcau.documents.digest.shape import Numbers, Section, Source, Story
    from nhipcau.documents.paper.footnotes import Footnotes

#: Widths of tables of numbers in millimetres.
NAME, FIGURE = 105, 30


def body(paper: Paper, notes: Footnotes, pages: Mapping[str, int], *, closing: Sequence[str]) -> list[str]:
    """Everything between the head and the end of the document.

    Args:
        paper: the digest and the words around it.
        notes: gets the sources.
        pages: of each heading by its bookmark, for the table of contents.
        closing: recipients and signer: after the content, before what is annexed.
    """
    digest = paper.digest
    parts = _parts(paper, notes)
    annexes = _annexes(paper)
    headings = [heading for heading, _ in (*parts, *annexes)]
    lead = [paragraph(run(f"{paper.totals()}."), style="PaperText")]
    if digest.nothing:
        lead.append(paragraph(run(digest.nothing), style="PaperText"))
    return [
        *lead,
        *_in_brief(paper),
        *(contents(paper.translate("Contents"), headings, pages, paper.contents_depth()) if digest.stories else []),
        *(piece for heading, pieces in parts for piece in (drawn_heading(heading), *pieces)),
        *closing,
        *(piece for heading, pieces in annexes for piece in (drawn_heading(heading), *pieces)),
        paragraph(run(digest.made_by, look(italic=True, size=11)), before=12),
    ]


def _in_brief(paper: Paper) -> list[str]:
    named = {story.id: story for story in paper.digest.stories}
    told = [named[each] for each in paper.digest.highlights if each in named]
    if not told:
        return []
    return [
        paragraph(run(paper.translate("In brief"), look(bold=True, size=14)), before=12, after=6, keep=True),
        *(paragraph(run(f"{story.number}. ") + foreign(_called(story)), left=6, after=3) for story in told),
    ]


def _called(story: Story) -> Foreign:
    """The office's words, which are Vietnamese, else the original ones."""
    return Foreign(text=story.headline, lang="vi-VN", dir="ltr") if story.headline else story.title


def _parts(paper: Paper, notes: Footnotes) -> list[tuple[Heading, list[str]]]:
    parts: list[tuple[Heading, list[str]]] = []
    left = MOST_STORIES
    for place, section in enumerate(paper.digest.sections, start=1):
        parts.append(_section(section, place, new_page=paper.is_long()))
        for story in section.stories[: max(left, 0)]:
            heading = Heading(2, f"{story.number}.", _called(story), bookmark("story", story.number))
            parts.append((heading, _story(paper, story, notes)))
        left -= len(section.stories)
    further = paper.further(len(paper.digest.stories) - MOST_STORIES)
    if further:
        parts[-1][1].append(paragraph(run(further)))
    return parts


def _section(section: Section, place: int, *, new_page: bool) -> tuple[Heading, list[str]]:
    heading = Heading(1, f"{roman(place)}.", own(section.title), bookmark("part", place), new_page=new_page)
    return heading, [paragraph(run(text), style="PaperText") for text in section.paragraphs]


def _story(paper: Paper, story: Story, notes: Footnotes) -> list[str]:
    pieces = []
    if story.headline:
        pieces.append(paragraph(foreign(story.title, italic=True), style="PaperOriginal", rtl=story.title.dir == "rtl"))
    pieces.append(paragraph(run(paper.facts(story)), style="PaperSmall", keep=True))
    pieces += [paragraph(run(text), style="PaperText") for text in story.summary.split("\n") if text]
    if story.gist.text and not story.summary:
        rtl = story.gist.dir == "rtl"
        pieces.append(paragraph(foreign(story.gist), style="PaperOriginal", rtl=rtl, align="" if rtl else "both"))
    if story.gist_by:
        pieces.append(paragraph(run(story.gist_by, look(italic=True)), style="PaperSmall"))
    if story.note:
        label = run(f"{paper.translate('Note:')} ", look(bold=True))
        pieces.append(paragraph(label + run(story.note), style="PaperOriginal"))
    if story.written_by:
        by = f"{paper.translate('Written by:')} {', '.join(story.written_by)}"
        pieces.append(paragraph(run(by, look(italic=True)), style="PaperSmall"))
    pieces.append(_sources(paper, story, notes))
    return pieces


def _sources(paper: Paper, story: Story, notes: Footnotes) -> str:
    sources = story.sources[:MOST_SOURCES]
    if paper.is_long() and sources:
        named = [run("; ".join(paper.named(source) for source in sources))]
        named[0] += notes.add(run("; ").join(_cited(paper, source, notes) for source in sources))
    else:
        named = [run(paper.named(source)) + notes.add(_cited(paper, source, notes)) for source in sources]
    further = paper.further(len(story.sources) - MOST_SOURCES)
    inner = run(f"{paper.translate('Sources:')} ") + run("; ").join(named) + run(f". {further}" if further else ".")
    return paragraph(inner, style="PaperSmall")


def _cited(paper: Paper, source: Source, notes: Footnotes) -> str:
    cited = run(f"{paper.named(source)}, “") + foreign(source.title) + run(f"”, {paper.about(source)}")
    return cited + (run(", ") + notes.link(source.url) if source.url else "")


def _annexes(paper: Paper) -> list[tuple[Heading, list[str]]]:
    translate = paper.translate
    method = Heading(1, "", own(translate("Method and sources")), bookmark("part", 900_001))
    annexes = [(method, _method(paper))]
    tables = [piece for numbers in paper.digest.numbers if numbers.rows for piece in _numbers(paper, numbers)]
    if tables:
        heading = Heading(1, "", own(translate("Numbers")), bookmark("part", 900_000), new_page=True)
        annexes.insert(0, (heading, tables))
    return annexes


def _numbers(paper: Paper, numbers: Numbers) -> list[str]:
    """What is counted, how many items, which share of all."""
    digest = paper.digest
    rows = [
        (row.name, format_number(row.count, digest.lang), paper.share(row.count)) for row in numbers.rows[:MOST_ROWS]
    ]
    if numbers.unknown:
        count = format_number(numbers.unknown, digest.lang)
        rows.append((paper.translate("Not known"), count, paper.share(numbers.unknown)))
    heads = (numbers.title, paper.translate("Items"), paper.translate("Share"))
    further = paper.further(len(numbers.rows) - MOST_ROWS)
    return [_figures(heads, rows), paragraph(run(further, look(size=11)) if further else "", before=3, after=6)]


def _figures(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    widths = (NAME + FIGURE * (3 - len(heads)), *([FIGURE] * (len(heads) - 1)))
    drawn = [[_cell(text, at, bold=True) for at, text in enumerate(heads)]]
    drawn += [[_cell(text, at) for at, text in enumerate(row)] for row in rows]
    return table(drawn, widths, ruled=True, head=True)


def _cell(text: str, at: int, *, bold: bool = False) -> str:
    align = "right" if at else ""
    return paragraph(run(text, look(bold=bold, size=11.5)), align=align, before=2, after=2)


def _method(paper: Paper) -> list[str]:
    digest, translate = paper.digest, paper.translate
    pieces = [paragraph(run(sentence), style="PaperOriginal") for sentence in digest.method]
    counts = [(count.name, format_number(count.count, digest.lang)) for count in digest.counts]
    pieces += [_figures((translate("Method and sources"), translate("Documents")), counts), paragraph("", after=4)]
    if digest.inputs:
        rows = [
            (each.name, format_number(each.documents, digest.lang), format_number(each.articles, digest.lang))
            for each in digest.inputs[:MOST_ROWS]
        ]
        further = paper.further(len(digest.inputs) - MOST_ROWS)
        pieces.append(_figures((translate("Input"), translate("Documents"), translate("Articles")), rows))
        pieces.append(paragraph(run(further, look(size=11)) if further else "", after=4))
    if digest.problems:
        pieces.append(paragraph(run(translate("What could not be read"), look(bold=True)), keep=True))
        pieces += [paragraph(run(f"– {problem}"), left=5) for problem in digest.problems[:MOST_ROWS]]
        further = paper.further(len(digest.problems) - MOST_ROWS)
        pieces += [paragraph(run(further))] if further else []
    return pieces
