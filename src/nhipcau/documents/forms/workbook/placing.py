"""Which field each cell of a sheet is: by the marks of its row and its column; where those are gone, by its words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nhipcau.documents.forms.workbook.cells import as_typed
from nhipcau.documents.forms.workbook.identity import identity_in, token_in
from nhipcau.documents.forms.workbook.layout import TABLE, path_of
from nhipcau.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.documents.forms.workbook.identity import Identity
    from nhipcau.documents.forms.workbook.layout import SheetPlan
    from nhipcau.documents.sheets import Cell, Page

#: So many headings in one row are the row of headings.
HEADINGS_NEEDED = 2
#: What a row says whose words are those of several.
NOBODY_KNOWS = "?"


@dataclass(slots=True, kw_only=True)
class Marks:
    """What the marks of a page say.

    Attributes:
        identity: of the workbook that the page was made in; None where it is gone or damaged.
        reports: key of each report that its marks name -> how many of them.
        rows: number of the row -> what it says.
        columns: number of the column -> what it says.
        cells: where marks stand.
        by_words: rows that were recognised by their label against their mark: number -> column of the label.
        head: row of the headings; 0 where nobody knows.
    """

    identity: Identity | None = None
    reports: Counter[int] = field(default_factory=Counter)
    rows: dict[int, str] = field(default_factory=dict)
    columns: dict[int, str] = field(default_factory=dict)
    cells: set[tuple[int, int]] = field(default_factory=set)
    by_words: dict[int, int] = field(default_factory=dict)
    head: int = 0

    @property
    def label_column(self) -> int:
        """The column with the words of each row; 0 where there is none."""
        return next((column for column, says in self.columns.items() if says == "@label"), 0)


@dataclass(slots=True, kw_only=True)
class Known:
    """A page that was recognised.

    Attributes:
        page: as read.
        marks: of it.
        index: of its plan among the sheets of the form.
        planned: the sheet that it is.
        added: rows of a table that carry no mark of their own, or that of another row -> what they say now.
        skipped: rows that say nothing that is not said elsewhere.
    """

    page: Page
    marks: Marks
    index: int
    planned: SheetPlan
    added: dict[int, str] = field(default_factory=dict)
    skipped: set[int] = field(default_factory=set)

    def says(self, row: int) -> str:
        """What a row says; nothing where it has no mark."""
        return self.added.get(row) or self.marks.rows.get(row, "")

    def path(self, row: int, column: int) -> str | None:
        """The field that a cell is; None where it is none."""
        return path_of(self.says(row), self.marks.columns.get(column, ""))


@dataclass(slots=True, kw_only=True)
class Hit:
    """A cell that is a field; ``cell`` is None where it is empty."""

    path: str
    page: Page
    row: int
    column: int
    cell: Cell | None

    @property
    def place(self) -> str:
        """``Sheet1!B7``."""
        return self.page.place(self.row, self.column)

    @property
    def found(self) -> str:
        """What stands there."""
        return as_typed(self.cell) if self.cell is not None else ""


def hits_of(known: Known) -> list[Hit]:
    """The cells of a page that are fields, the marks of whole tables apart."""
    made = []
    for row in known.marks.rows:
        for column in () if row in known.skipped else known.marks.columns:
            path = known.path(row, column)
            if path is not None and not (path.startswith("tables.") and path.endswith(".none")):
                cell = known.page.cells.get((row, column))
                made.append(Hit(path=path, page=known.page, row=row, column=column, cell=cell))
    return made


def marks_of(page: Page) -> Marks:
    """Find the marks, wherever on the page they have got to."""
    marks = Marks()
    for at, cell in page.cells.items():
        if identity := identity_in(cell.value):
            marks.cells.add(at)
            marks.reports[identity.report] += 1
            marks.identity = marks.identity or identity
        elif isinstance(cell.value, str) and cell.value.startswith("nhipcau:"):
            marks.cells.add(at)
        elif token := token_in(cell.value):
            marks.cells.add(at)
            report, says = token
            marks.reports[report] += 1
            if says.startswith("@"):
                marks.columns.setdefault(at[1], says)
            elif says == "h:head":
                marks.head = at[0]
                marks.rows.setdefault(at[0], says)
            else:
                marks.rows.setdefault(at[0], says)
    return marks


def plan_of(marks: Marks, plans: Sequence[SheetPlan]) -> SheetPlan | None:
    """The sheet that the page is, by the marks that are left on it."""
    rows, columns = set(marks.rows.values()), set(marks.columns.values())
    tables = {says.split(":", 2)[1] for says in rows if says.startswith("r:")}

    def shared(planned: SheetPlan) -> int:
        told = {column.says for column in planned.columns}
        own = columns & told - {"@label"}
        kept = {row.says for row in planned.rows} & rows
        weight = 1 if columns and not own else 2
        return weight * (len(own) + len(kept)) + (1 if planned.kind == TABLE and planned.key in tables else 0)

    best = max(plans, key=shared, default=None)
    return best if best is not None and shared(best) else None


def recognise(page: Page, marks: Marks, planned: Sequence[SheetPlan], *, same_form: bool) -> None:
    """Complete the marks of a page by its words.

    Args:
        page: as read.
        marks: of it; completed here.
        planned: the sheet that it is, once in each language.
        same_form: the labels of the form are those with which it was made.
    """
    if not any(column.says in marks.columns.values() for column in planned[0].columns):
        for each in planned:
            _columns_by_headings(page, marks, each)
    if planned[0].kind == TABLE or not marks.label_column:
        return
    labels: dict[str, list[str]] = {}
    at = next(i for i, column in enumerate(planned[0].columns) if column.says == "@label")
    for row in planned[0].rows:
        labels.setdefault(fold(row.words[at]), []).append(row.says)
    known = {row.says for row in planned[0].rows}
    for (number, column), cell in page.cells.items():
        if column != marks.label_column or not isinstance(cell.value, str):
            continue
        found = labels.get(fold(cell.value), [])
        says = marks.rows.get(number)
        if not found or says in found or (says or "").startswith("h:"):
            continue
        # A row whose words are another's was sorted without its hidden mark: the words are what people saw.
        if says is None or (same_form and says in known):
            marks.rows[number] = found[0] if len(found) == 1 else NOBODY_KNOWS
            marks.by_words[number] = column


def _columns_by_headings(page: Page, marks: Marks, planned: SheetPlan) -> None:
    headings: dict[str, list[str]] = {}
    for column in planned.columns:
        headings.setdefault(fold(column.heading), []).append(column.says)
    rows: dict[int, dict[int, str]] = {}
    for (number, column_number), cell in page.cells.items():
        found = headings.get(fold(cell.value), []) if isinstance(cell.value, str) else []
        if len(found) == 1 and (number, column_number) not in marks.cells:
            rows.setdefault(number, {})[column_number] = found[0]
    best = max(rows, key=lambda number: len(rows[number]), default=0)
    if best and len(rows[best]) >= min(HEADINGS_NEEDED, len(planned.columns)):
        marks.columns.update(rows[best])
        marks.head = marks.head or best
