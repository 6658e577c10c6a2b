"""What a workbook would change in a draft, field by field, against what both were made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext, gettext_noop

from nhipcau.documents.forms.flat import flatten
from nhipcau.documents.forms.form import TableItem
from nhipcau.documents.forms.paths import alike, asked, column_of, figure_of, shown_of, words_of
from nhipcau.reporting.showing import printed
from nhipcau.workspace.domain.errors import IncompleteError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from nhipcau.documents.forms import Answers, Form
    from nhipcau.documents.forms.workbook import Finding, Reading

#: Answers to a question.
LEAVE, MINE, THEIRS = "leave", "mine", "theirs"
#: Words of a row of a table that tell it from the others.
_WORDS = 3
_ROW_NEW = gettext_noop("new row")
_ROW_GONE = gettext_noop("row taken out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change that the workbook would make.

    Attributes:
        key: path of the field; ``row.<table>.<row>`` of a whole row.
        words: what it is, as people call it.
        before: what stands in the draft.
        after: what would.
        place: the cell; empty of a row that is gone.
    """

    key: str
    words: str
    before: str
    after: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that only a person can say: which of two, or what was meant. ``options`` are ``(answer, words)``."""

    key: str
    words: str
    place: str
    sentence: str
    found: str
    options: Sequence[tuple[str, str]]


class Said(NamedTuple):
    """What is to be said of a cell."""

    place: str
    words: str
    sentence: str
    found: str
    taken: str


@dataclass(kw_only=True)
class Comparison:
    """A workbook beside a draft.

    Attributes:
        version: of the draft.
        book: which workbook it is; empty where nobody knows.
        known: whether it is known with what it was filled; else every difference counts as its change.
        changes, questions: for a person to decide.
        problems, conversions, unplaced, missing: for a person to read.
    """

    form: Form
    version: int
    book: str = ""
    known: bool = True
    changes: list[Change] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    problems: list[Said] = field(default_factory=list)
    conversions: list[Said] = field(default_factory=list)
    unplaced: list[Said] = field(default_factory=list)
    missing: list[Said] = field(default_factory=list)
    #: All that the workbook says, to be compared with the next time.
    said: dict[str, str] = field(default_factory=dict)
    #: What the fields would be, by key of the change or the question and its answer.
    would: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    #: Table -> the order of its rows in the draft, and in the workbook.
    rows: dict[str, tuple[list[str], list[str], bool]] = field(default_factory=dict)

    def fields(self, *, leave: Collection[str], picked: Mapping[str, str]) -> dict[str, str]:
        """The fields to be written.

        Raises:
            IncompleteError: a question is not answered, or with something else than its answers.
        """
        fields: dict[str, str] = {}
        taken = [(change.key, "") for change in self.changes if change.key not in leave]
        for question in self.questions:
            answer = picked.get(question.key, "")
            if answer not in {option for option, _words in question.options}:
                raise IncompleteError(gettext("Say for every question which answer counts."), question.key)
            taken.append((question.key, answer))
        for each in taken:
            fields.update(self.would.get(each, {}))
        fields.update(self._rows(set(taken)))
        return fields

    def _rows(self, taken: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """The rows of the tables in their new order, where they change."""
        for table, (stored, here, same) in self.rows.items():
            out = {row for row in stored if _takes_out(taken, table, row)}
            new = [row for row in here if row not in stored and (f"row.{table}.{row}", "") in taken]
            kept = [row for row in stored if row not in out]
            if same:
                # Nobody else touched the rows: they stand as the workbook has them.
                place = {row: number for number, row in enumerate(here)}
                ordered = sorted([*kept, *new], key=lambda row: place.get(row, len(place)))
            else:
                ordered = [*kept, *new]
            if ordered != stored:
                yield f"tables.{table}.rows", " ".join(ordered)


def _takes_out(taken: set[tuple[str, str]], table: str, row: str) -> bool:
    key = f"row.{table}.{row}"
    return (f"{key}.gone", "") in taken or (f"{key}.gone", MINE) in taken


def compared(form: Form, reading: Reading, *, before: Answers | None, draft: Answers, version: int) -> Comparison:
    """Compare what a workbook says with a draft.

    Args:
        form: what is asked.
        reading: of the workbook.
        before: with what it was filled; None where nobody knows.
        draft: as it is now.
        version: of the draft.
    """
    stored = flatten(draft)
    base = flatten(before) if before is not None else stored
    made = Comparison(form=form, version=version, known=before is not None)
    made.book = reading.identity.book if reading.identity else ""
    made.said = {**base, **reading.given, **{f"tables.{t}.rows": " ".join(rows) for t, rows in reading.rows.items()}}
    rows = {f"tables.{table}.{row}" for table, keys in reading.rows.items() for row in keys}
    for path, text in reading.given.items():
        if path.rpartition(".")[0] not in rows:
            _field(made, reading, path, text, base=base.get(path, ""), stored=stored.get(path, ""))
    for table, here in reading.rows.items():
        _table(made, reading, table, list(here), base=base, stored=stored)
    for finding in reading.questions:
        _asked(made, finding)
    for name in ("problems", "conversions", "unplaced", "missing"):
        getattr(made, name).extend(_said(form, finding) for finding in getattr(reading, name))
    return made


def _field(made: Comparison, reading: Reading, path: str, text: str, *, base: str, stored: str) -> None:
    """One field: the workbook's change, where it made one; a question where somebody else changed it, too."""
    if alike(made.form, path, text, base) or alike(made.form, path, text, stored):
        return
    place = reading.places.get(path, "")
    words = words_of(made.form, path, gettext)
    if alike(made.form, path, base, stored):
        before, after = shown(made.form, path, stored), shown(made.form, path, text)
        made.changes.append(Change(key=path, words=words, before=before, after=after, place=place))
        made.would[path, ""] = {path: text}
        return
    _clash(made, path, words, place, mine=shown(made.form, path, text), theirs=shown(made.form, path, stored))
    made.would[path, MINE] = {path: text}


def _clash(made: Comparison, key: str, words: str, place: str, *, mine: str, theirs: str) -> None:
    options = (
        (MINE, gettext("The workbook: %(text)s") % {"text": mine or "–"}),
        (THEIRS, gettext("The report as it is: %(text)s") % {"text": theirs or "–"}),
    )
    sentence = gettext("Somebody else changed this since the workbook was made.")
    made.questions.append(Question(key=key, words=words, place=place, sentence=sentence, found="", options=options))


def _table(
    made: Comparison,
    reading: Reading,
    table: str,
    here: list[str],
    *,
    base: Mapping[str, str],
    stored: Mapping[str, str],
) -> None:
    """The rows of a table: new ones, those that are gone, and the cells of the others."""
    rows = f"tables.{table}.rows"
    before, now = base.get(rows, "").split(), stored.get(rows, "").split()
    made.rows[table] = now, here, now == before
    for row in here:
        cells = {
            path: text for path, text in reading.given.items() if path.rpartition(".")[0] == f"tables.{table}.{row}"
        }
        changed = {path for path, text in cells.items() if not alike(made.form, path, text, base.get(path, ""))}
        if row in now:
            for path, text in cells.items():
                _field(made, reading, path, text, base=base.get(path, ""), stored=stored.get(path, ""))
        elif row not in before or changed:
            key, place = f"row.{table}.{row}", next((reading.places[path] for path in cells if cells[path]), "")
            after = _row_words(made.form, cells)
            words = f"{words_of(made.form, f'tables.{table}', gettext)} – {gettext(_ROW_NEW)}"
            made.changes.append(Change(key=key, words=words, before="", after=after, place=place))
            made.would[key, ""] = {path: text for path, text in cells.items() if text}
    for row in now:
        if row in before and row not in here:
            _gone(made, table, row, base=base, stored=stored)


def _gone(made: Comparison, table: str, row: str, *, base: Mapping[str, str], stored: Mapping[str, str]) -> None:
    """A row that was there when the workbook was made and is not in it any more."""
    path, key = f"tables.{table}.{row}.", f"row.{table}.{row}.gone"
    cells = {each: text for each, text in stored.items() if each.startswith(path)}
    same = cells == {each: text for each, text in base.items() if each.startswith(path)}
    words = f"{words_of(made.form, f'tables.{table}', gettext)} – {gettext(_ROW_GONE)}"
    said = _row_words(made.form, cells)
    if same:
        made.changes.append(Change(key=key, words=words, before=said, after=""))
    else:
        _clash(made, key, words, "", mine="", theirs=said)


def _asked(made: Comparison, finding: Finding) -> None:
    """A cell that can mean two things."""
    path = finding.path or ""
    if not asked(made.form, path):
        return
    options = [(str(number), shown(made.form, path, text)) for number, text in enumerate(finding.options)]
    for number, text in enumerate(finding.options):
        made.would[path, str(number)] = {path: text}
    made.questions.append(
        Question(
            key=path,
            words=words_of(made.form, path, gettext),
            place=finding.place,
            sentence=finding.sentence.told(gettext),
            found=finding.found,
            options=[*options, (LEAVE, gettext("Leave it as it was"))],
        )
    )


def _said(form: Form, finding: Finding) -> Said:
    words = words_of(form, finding.path, gettext) if finding.path else ""
    return Said(finding.place, words, finding.sentence.told(gettext), finding.found, finding.taken)


def _row_words(form: Form, cells: Mapping[str, str]) -> str:
    """The first cells of a row, by which people know it."""
    filled = [shown(form, path, text) for path, text in _in_order(form, cells) if text]
    return " · ".join(filled[:_WORDS])


def _in_order(form: Form, cells: Mapping[str, str]) -> list[tuple[str, str]]:
    def place(path: str) -> int:
        item = form.items.get(path.split(".")[1])
        keys = list(item.by_key) if isinstance(item, TableItem) else []
        column = path.rpartition(".")[2]
        return keys.index(column) if column in keys else len(keys)

    return sorted(cells.items(), key=lambda each: place(each[0]))


def shown(form: Form, path: str, text: str) -> str:
    """The text of a field as people read it."""
    column = column_of(form, path)
    if path.endswith(".none") or path.startswith("nones."):
        return gettext("Yes") if text else ""
    if figure_of(form, path) is not None or (column is not None and column.numeric):
        return printed(text)
    if column is not None and column.holds == "date":
        return "/".join(reversed(text.split("-")))
    return shown_of(form, path, text)
