"""A report's workbook as it came back: every cell taken, converted, asked or named, and nothing that was typed lost."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nhipcau.documents.forms.flat import YES, flatten
from nhipcau.documents.forms.form import TextItem
from nhipcau.documents.forms.paths import alike, asked, column_of, figure_of, shown_of
from nhipcau.documents.forms.workbook.activities import keep_rows, sort_out_rows
from nhipcau.documents.forms.workbook.cells import Taken, Wanted, as_typed, encoding_of, take
from nhipcau.documents.forms.workbook.findings import Finding, Reading
from nhipcau.documents.forms.workbook.layout import TABLE, plan
from nhipcau.documents.forms.workbook.leftovers import (
    NOT_ASKED,
    UNPLACED,
    left_over,
    merged,
    missing,
    remarks,
    unplaced,
)
from nhipcau.documents.forms.workbook.placing import Hit, Known, hits_of, marks_of, plan_of, recognise
from nhipcau.documents.forms.workbook.writing import HIDDEN, LISTS
from nhipcau.documents.sentences import FileRefusedError, Sentence
from nhipcau.documents.sheets import read_pages
from nhipcau.documents.tables import SAMPLE
from nhipcau.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nhipcau.documents.forms.answers import Answers
    from nhipcau.documents.forms.form import Form
    from nhipcau.documents.forms.workbook.identity import Identity
    from nhipcau.documents.sheets import Page

NOT_OURS = Sentence(
    "Nothing in this file says which report it is: its hidden rows and columns are gone. "
    "Download the workbook of the report again and copy your answers into it."
)
OTHER_REPORT = Sentence(
    "This workbook was made for another report or another office: give it back on the page of that report."
)
OTHER_FORM = Sentence("This workbook was made for another form: download the workbook of the report again.")
FOREIGN_SHEET = Sentence("This sheet comes from the workbook of another report: nothing of it was taken.")
UNKNOWN_SHEET = Sentence("This sheet is not one of the workbook: nothing of it was taken; it is kept with the file.")


def read_workbook(
    data: bytes,
    expected: Identity,
    form: Form,
    *,
    languages: Sequence[Callable[[str], str]],
    before: Callable[[Identity | None], Answers | None] = lambda _identity: None,
) -> Reading:
    """Read the workbook of a report as somebody gave it back.

    Args:
        data: the file, from anybody.
        expected: of the report; what it says of draft and book is not looked at.
        form: what the report asks now; the workbook may have been made from an older version of it.
        languages: translators of every language in which its words can be written.
        before: what a workbook of this identity was filled with, where that is known.

    Raises:
        FileRefusedError: it is no workbook, or not one of this report; the sentence says how to mend it.
    """
    return _Reader(read_pages(data), expected, form, languages=languages, before=before).read()


def report_in(data: bytes) -> int:
    """The key of the report that most marks of a workbook name.

    Raises:
        FileRefusedError: it is no workbook, or none of ours.
    """
    named = sum((marks_of(page).reports for page in read_pages(data)), Counter[int]())
    if not named:
        raise FileRefusedError(NOT_OURS)
    return named.most_common(1)[0][0]


class _Reader:
    """One workbook while it is read."""

    def __init__(
        self,
        pages: list[Page],
        expected: Identity,
        form: Form,
        *,
        languages: Sequence[Callable[[str], str]],
        before: Callable[[Identity | None], Answers | None],
    ) -> None:
        self.form, self.expected = form, expected
        self.plans = [plan(form, translate) for translate in languages]
        self.own_words = {fold(words) for words in self._own_words()}
        self.pages = [(page, marks_of(page)) for page in pages]
        self.result = Reading(identity=self._identity())
        self.same_form = self.result.identity is None or self.result.identity.version == form.version
        filled = before(self.result.identity)
        self.before = flatten(filled) if filled is not None else {}
        self.encoding: str | None = None
        #: Figures of which the words "none to report" stand in the place of the number -> where.
        self.nones: dict[str, str] = {}

    def _own_words(self) -> Iterator[str]:
        yield SAMPLE
        for sheets in self.plans:
            for sheet in sheets:
                yield from (sheet.title, *sheet.notes)
                yield from (column.heading for column in sheet.columns)
                for row in sheet.rows:
                    yield from row.words
        for axis in self.form.axes:
            yield from (choice.label for choice in axis.choices)

    def _identity(self) -> Identity | None:
        """Whose workbook it is.

        Raises:
            FileRefusedError: nobody's, or another report's.
        """
        reports = {report for _page, marks in self.pages for report in marks.reports}
        if not reports:
            raise FileRefusedError(NOT_OURS)
        if self.expected.report not in reports:
            raise FileRefusedError(OTHER_REPORT)
        told = [marks.identity for _page, marks in self.pages if marks.identity]
        ours = [each for each in told if each.report == self.expected.report]
        if any(each.organisation != self.expected.organisation for each in ours):
            raise FileRefusedError(OTHER_REPORT)
        if any(each.form != self.expected.form for each in ours):
            raise FileRefusedError(OTHER_FORM)
        return ours[0] if ours else None

    def read(self) -> Reading:
        """Everything that the workbook says."""
        result = self.result
        known = list(self._recognised())
        tables = [each for each in known if each.planned.kind == TABLE]
        book = result.identity.book if result.identity else "b"
        sort_out_rows(tables, self.form, self.before, book=book, result=result)
        hits: dict[str, list[Hit]] = {}
        for each in known:
            for hit in hits_of(each):
                hits.setdefault(hit.path, []).append(hit)
        findings, blocked = merged(known, hits)
        result.problems.extend(findings)
        self.encoding = _common_encoding(hits)
        for path, found in hits.items():
            self._field(path, [hit for hit in found if (id(hit.page), hit.row, hit.column) not in blocked], found)
        result.given.update(dict.fromkeys(self.nones, YES))
        result.places.update(self.nones)
        for each in tables:
            self._none_of_table(each)
        keep_rows({each.planned.key for each in tables}, hits, result)
        for each in known:
            result.unplaced.extend(left_over(each, self.own_words, same_form=self.same_form))
            result.conversions.extend(remarks(each))
        result.missing.extend(missing(known, self.plans[0], hits))
        return result

    # Pages ------------------------------------------------------------------------------------------------------------

    def _recognised(self) -> Iterator[Known]:
        for page, marks in self.pages:
            ours = marks.reports[self.expected.report]
            if page.name in {HIDDEN, LISTS} and not marks.rows:
                continue
            if marks.reports and (not ours or (marks.identity and marks.identity.report != self.expected.report)):
                self.result.unplaced.append(Finding(place=page.name, sentence=FOREIGN_SHEET))
                continue
            if not marks.rows and not marks.columns:
                # The sheet of guidance carries the mark of the workbook, and asks nothing.
                if not marks.cells and any(fold(as_typed(cell)) not in self.own_words for cell in page.cells.values()):
                    self.result.unplaced.append(Finding(place=page.name, sentence=UNKNOWN_SHEET))
                continue
            planned = plan_of(marks, self.plans[0])
            if planned is None:
                self.result.unplaced.extend(
                    unplaced(page, cell, NOT_ASKED)
                    for at, cell in page.cells.items()
                    if at not in marks.cells and not cell.formula and fold(as_typed(cell)) not in self.own_words
                )
                continue
            index = self.plans[0].index(planned)
            recognise(page, marks, [sheets[index] for sheets in self.plans], same_form=self.same_form)
            yield Known(page=page, marks=marks, index=index, planned=planned)

    def _none_of_table(self, known: Known) -> None:
        """The mark that a table has no row stands in any cell of its row that does not hold the program's words."""
        path: str = f"tables.{known.planned.key}.none"
        for row, says in known.marks.rows.items():
            if says == f"n:{known.planned.key}":
                filled = [
                    cell
                    for (number, column), cell in known.page.cells.items()
                    if number == row
                    and (number, column) not in known.marks.cells
                    and fold(as_typed(cell)) not in self.own_words - {""}
                ]
                cell = filled[0] if filled else None
                column = cell.column if cell else min(known.marks.columns, default=1)
                hit = Hit(path=path, page=known.page, row=row, column=column, cell=cell)
                self._field(path, [hit], [hit])

    # Fields -----------------------------------------------------------------------------------------------------------

    def _wanted(self, path: str) -> Wanted:
        if path.startswith("nones.") or path.endswith(".none"):
            return Wanted(holds="mark")
        figure, column = figure_of(self.form, path), column_of(self.form, path)
        if figure is not None:
            return Wanted(holds=figure.number, unit=figure.unit, total=path == f"figures.{figure.key}")
        if column is not None:
            choices = self.form.axis[column.axis].choices if column.holds == "choice" else ()
            return Wanted(holds=column.holds, choices=choices)
        item = self.form.items.get(path.removeprefix("texts."))
        return Wanted(holds="text", most=item.most) if isinstance(item, TextItem) else Wanted(holds="text")

    def _field(self, path: str, free: list[Hit], found: list[Hit]) -> None:
        filled = [hit for hit in free if hit.cell is not None]
        if not asked(self.form, path):
            self.result.unplaced.extend(
                unplaced(hit.page, hit.cell, NOT_ASKED) for hit in found if hit.cell and not hit.cell.formula
            )
            return
        if not free:
            return
        taken = [(hit, take(hit.cell, self._wanted(path), self.encoding)) for hit in filled or free[:1]]
        good = [(hit, each) for hit, each in taken if each.wrong is None]
        for hit, each in taken:
            if each.wrong is not None:
                self._refused(path, hit, each)
        if len(good) < len(taken):
            return
        first, value = good[0]
        if value.none:
            self._note_none(path, first, value)
            return
        for hit, other in good[1:]:
            if not alike(self.form, path, value.text, other.text):
                self.result.questions.append(
                    Finding(
                        place=hit.place,
                        sentence=Sentence(
                            "This is also filled in at {place}, with another answer: say which one counts.",
                            place=first.place,
                        ),
                        found=hit.found,
                        path=path,
                        options=(value.text, other.text),
                    )
                )
                return
        self._given(path, first, value)

    def _refused(self, path: str, hit: Hit, each: Taken) -> None:
        finding = Finding(
            place=hit.place,
            sentence=each.wrong or UNPLACED,
            found=hit.found,
            path=path,
            options=each.options,
        )
        (self.result.questions if each.options else self.result.problems).append(finding)

    def _given(self, path: str, hit: Hit, value: Taken) -> None:
        self.result.given[path] = value.text
        self.result.places[path] = hit.place
        for sentence in value.told:
            self.result.conversions.append(
                Finding(
                    place=hit.place,
                    sentence=sentence,
                    found=hit.found,
                    path=path,
                    taken=shown_of(self.form, path, value.text),
                )
            )

    def _note_none(self, path: str, hit: Hit, value: Taken) -> None:
        """The words stand in the place of the number: the mark is set, and the number is empty."""
        self._given(path, hit, value)
        self.nones[f"{path}.none"] = hit.place


def _common_encoding(hits: Mapping[str, Sequence[Hit]]) -> str | None:
    """The legacy encoding of the texts of a workbook, where there is one."""
    said = {encoding_of(hit.cell) for found in hits.values() for hit in found if hit.cell is not None} - {None}
    return said.pop() if len(said) == 1 else None
