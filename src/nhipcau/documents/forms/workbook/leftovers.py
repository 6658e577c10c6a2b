"""What a workbook holds besides answers, and what it lacks: nothing that was typed goes without being named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.documents.forms.workbook.cells import as_typed
from nhipcau.documents.forms.workbook.findings import Finding
from nhipcau.documents.forms.workbook.layout import TABLE, path_of
from nhipcau.documents.reading import MERGED
from nhipcau.documents.sentences import Sentence
from nhipcau.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from nhipcau.documents.forms.workbook.layout import SheetPlan
    from nhipcau.documents.forms.workbook.placing import Hit, Known
    from nhipcau.documents.sheets import Cell, Page

UNPLACED = Sentence("Nothing is asked in this cell: it is kept with the file, and not part of the report.")
NOT_ASKED = Sentence("The form no longer asks for this: it is kept with the file, and not part of the report.")
BY_WORDS = Sentence(
    "The row was recognised by its words, not by its hidden mark: it had been sorted or moved without it."
)
HIDDEN_ROW = Sentence("This row is hidden; what stands in it counts all the same.")


def merged(
    known: Sequence[Known], hits: Mapping[str, Sequence[Hit]]
) -> tuple[list[Finding], set[tuple[int, int, int]]]:
    """Fields that are merged with others or with their label: nobody knows whose the answer is.

    Returns:
        What is to be said, and ``(id of the page, row, column)`` of the cells that cannot be taken. Where a field is
        merged with nothing but empty cells, what stands in the first of them is put into it.
    """
    findings, blocked = [], set()
    at = {(id(hit.page), hit.row, hit.column): hit for found in hits.values() for hit in found}
    for each in known:
        rows, columns, label = sorted(each.marks.rows), sorted(each.marks.columns), each.marks.label_column
        for left, top, right, bottom in each.page.merged:
            covered = [
                (id(each.page), row, column)
                for row in rows
                if top <= row <= bottom
                for column in columns
                if left <= column <= right
            ]
            asked = [cell for cell in covered if cell in at]
            labels = sum(column == label for _page, _row, column in covered)
            first = each.page.cells.get((top, left))
            if asked and len(asked) + labels > 1:
                blocked.update(asked)
                words, path = as_typed(first) if first else "", at[asked[0]].path
                findings.append(Finding(place=each.page.place(top, left), sentence=MERGED, found=words, path=path))
            elif asked and first is not None:
                at[asked[0]].cell = first
    return findings, blocked


def unplaced(page: Page, cell: Cell, sentence: Sentence = UNPLACED) -> Finding:
    """A cell that is no field."""
    return Finding(place=page.place(cell.row, cell.column), sentence=sentence, found=as_typed(cell))


def left_over(known: Known, own_words: Collection[str], *, same_form: bool) -> Iterator[Finding]:
    """What was typed where nothing is asked.

    Args:
        known: a page.
        own_words: folded, everything that the program itself writes.
        same_form: whether that is all; an older form said other things of its rows.
    """
    marks = known.marks
    for at, cell in known.page.cells.items():
        says, heading = known.says(at[0]), marks.columns.get(at[1], "")
        ours = at in marks.cells or at[0] in known.skipped or fold(as_typed(cell)) in own_words
        label = heading == "@label" or (cell.formula and heading.startswith(("@info", "@f:")))
        label = label or (not same_form and heading.startswith("@info"))
        if not ours and not (says and (label or says.startswith("n:"))) and known.path(*at) is None:
            yield unplaced(known.page, cell)


def remarks(known: Known) -> Iterator[Finding]:
    """Rows that were recognised by their words, and rows that are hidden."""
    page = known.page
    for row, column in known.marks.by_words.items():
        yield Finding(place=page.place(row, column), sentence=BY_WORDS, found=as_typed(page.cells[row, column]))
    for row in sorted(page.hidden_rows & known.marks.rows.keys()):
        asked = [column for column in known.marks.columns if (row, column) in page.cells and known.path(row, column)]
        if asked:
            yield Finding(place=page.place(row, min(asked)), sentence=HIDDEN_ROW)


def missing(known: Sequence[Known], plans: Sequence[SheetPlan], hits: Mapping[str, Sequence[Hit]]) -> Iterator[Finding]:
    """Sheets that are not there, and rows of figures and texts that are not."""
    names = {each.index: each.page.name for each in known}
    for index, planned in enumerate(plans):
        if index not in names:
            told = Sentence("The sheet “{name}” is not in the file: its answers stay as they are.", name=planned.name)
            yield Finding(place=planned.name, sentence=told)
        elif planned.kind != TABLE:
            label = next(i for i, column in enumerate(planned.columns) if column.holds == "label")
            for row in planned.rows:
                paths = {path_of(row.says, column.says) for column in planned.columns} - {None}
                if paths and not any(path in hits for path in paths):
                    words = row.words[label]
                    told = Sentence("The row “{label}” is not in the file: its answers stay as they are.", label=words)
                    yield Finding(place=names[index], sentence=told)
