"""Imports: a file is tried, then the same bytes are taken, all of them or none. A trial is the real run, undone."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from nhipcau.access import system
from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.documents.importing import Problem, importer
from nhipcau.documents.reading import read_table
from nhipcau.documents.sentences import Sentence
from nhipcau.documents.taking import take
from nhipcau.text import nfc
from nhipcau.ui.templatetags.ui import day, moment, vi_number
from nhipcau.workspace.models import ImportFile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person
    from nhipcau.documents.importing import Importer, Outcome, Taken
    from nhipcau.documents.reading import Sheet
    from nhipcau.documents.taking import Given

#: How long a file that was tried may be taken.
KEPT_FOR = timedelta(hours=1)
#: What a trial keeps for its page; everything is counted.
MOST_LISTED = 2_000
ACTIONS = ("create", "change", "end", "same")


class NotImportedError(Exception):
    """An import that is not done; the sentence says why."""


class ImportProblemsError(NotImportedError):
    """The run found problems, so nothing was taken."""


class ImportOverError(NotImportedError):
    """The file was taken already, or its hour is over."""


def try_import(*, actor: Person, importer: Importer, name: str, content: bytes) -> ImportFile:
    """Read a file, run the import and undo it, and keep the file for an hour with what was found.

    Files of anybody whose hour is over lose their bytes here.

    Raises:
        PermissionDeniedError: the actor may not import this.
        FileRefusedError: the file as a whole cannot be taken.
    """
    require("workspace.try_import", actor, importer)
    sheet, given = read_for(importer, content, name)
    trial = _trial(importer, actor, sheet, given)
    forget_imports_over(timezone.now())
    row: ImportFile = ImportFile.objects.create(
        person=actor,
        importer=importer.name,
        name=_file_name(name),
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
        trial=trial,
        given_at=timezone.now(),
    )
    return row


def run_import(*, actor: Person, file: ImportFile) -> dict[str, int]:
    """Take over what was tried: the same bytes, everything or nothing, with one entry in the audit record.

    Gives back how many rows did what, by action.

    Raises:
        PermissionDeniedError: it is not the actor's file, or the actor may no longer import this.
        ImportOverError: it was taken already, or its hour is over.
        ImportProblemsError: something changed since the trial and rows no longer fit; the trial is made anew.
    """
    with transaction.atomic():
        require("workspace.run_import", actor, file)
        # Locked, so that two clicks take it once.
        row = ImportFile.objects.select_for_update().filter(pk=file.pk).first()
        if row is None or row.content is None or is_over(row, timezone.now()):
            raise ImportOverError(gettext("This file was taken over already, or its hour is over: give it again."))
        content = bytes(row.content)
        if hashlib.sha256(content).hexdigest() != row.digest:
            raise ImportOverError(gettext("The file is no longer the one that was tried: give it again."))
        kind = importer(row.importer)
        assert kind is not None, "the rule asked for it"
        taken = None
        _sheet, given = read_for(kind, content, row.name)
        if not given.problems:
            with transaction.atomic():
                taken = kind.take(actor=actor, rows=given.rows)
                if taken.problems:
                    transaction.set_rollback(True)
        if taken is not None and not taken.problems:
            return _note_taken(actor, row, taken)
    # Written outside of the run that was undone.
    _try_again(actor, kind, file, content)
    raise ImportProblemsError(gettext("Nothing was taken over: since the trial something has changed. See below."))


def _note_taken(actor: Person, row: ImportFile, taken: Taken) -> dict[str, int]:
    counts = {action: number for action, number in counted(taken.outcomes).items() if number}
    row.content, row.taken_at = None, timezone.now()
    row.save(update_fields=["content", "taken_at"])
    payload = {"importer": row.importer, "sha256": row.digest, "rows": counts}
    record(actor=actor, verb="workspace.run_import", target=row, payload=payload)
    return counts


def _try_again(actor: Person, kind: Importer, file: ImportFile, content: bytes) -> None:
    sheet, given = read_for(kind, content, file.name)
    ImportFile.objects.filter(pk=file.pk).update(trial=_trial(kind, actor, sheet, given))


def is_over(file: ImportFile, now: datetime) -> bool:
    """Whether the hour in which the file may be taken has passed at an aware moment."""
    return bool(file.given_at <= now - KEPT_FOR)


def forget_imports_over(now: datetime) -> int:
    """Empty the files of everybody whose hour is over, and remove those never taken; how many."""
    with system("worker"):
        removed, _each = ImportFile.objects.filter(given_at__lte=now - KEPT_FOR, taken_at__isnull=True).delete()
    return int(removed)


# Reading --------------------------------------------------------------------------------------------------------------


def read_for(kind: Importer, content: bytes, name: str) -> tuple[Sheet, Given]:
    """The sheet of a file, and what it gives for an import.

    Raises:
        FileRefusedError: the file as a whole cannot be taken.
    """
    sheet = read_table(content, name)
    return sheet, take(sheet, kind.columns, in_every_language)


def in_every_language(label: Any) -> Iterable[str]:
    """A label as each language of the system writes it."""
    said = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said.append(str(label))
    return said


def problems_of(kind: Importer, actor: Actor, given: Given) -> tuple[list[Problem], list[Outcome]]:
    """Everything that is wrong with a file, and what its rows would do: the real run, undone."""
    wrong = {problem.row for problem in given.problems}
    # Rows whose cells cannot be read are not run; the others are, so that one trial names every problem.
    rows = [row for row in given.rows if row.number not in wrong]
    with transaction.atomic():
        taken = kind.take(actor=actor, rows=rows)
        transaction.set_rollback(True)
    problems = sorted([*given.problems, *taken.problems], key=lambda problem: problem.row)
    return problems, list(taken.outcomes)


def _trial(kind: Importer, actor: Actor, sheet: Sheet, given: Given) -> dict[str, Any]:
    problems, outcomes = problems_of(kind, actor, given)
    labels = {column.key: str(column.label) for column in kind.columns}
    listed = [outcome for outcome in outcomes if outcome.action != "same"][:MOST_LISTED]
    return {
        "rows": len(given.rows),
        "sheet": sheet.name,
        "counts": counted(outcomes),
        "outcomes": [
            {
                "row": outcome.row,
                "action": outcome.action,
                "label": str(outcome.label),
                "changes": [[str(name), *map(said, pair)] for name, pair in outcome.changes.items()],
            }
            for outcome in listed
        ],
        "problem_count": len(problems),
        "problems": [
            {
                "row": problem.row,
                "place": _place(sheet, given, problem),
                "column": labels.get(problem.column or "", ""),
                "sentence": told(problem.sentence),
            }
            for problem in problems[:MOST_LISTED]
        ],
        "unused": [str(name)[:200] for name in given.unused],
    }


def _place(sheet: Sheet, given: Given, problem: Problem) -> str:
    """``Sheet1!B7``; the row alone where no column is named."""
    column = given.places.get(problem.column or "")
    if column is not None:
        return sheet.place(problem.row, column)
    row = gettext("row %(row)s") % {"row": problem.row}
    return f"{sheet.name}, {row}" if sheet.name else row


def counted(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """How many rows did what, every action named."""
    found = Counter(outcome.action for outcome in outcomes)
    return {action: found[action] for action in ACTIONS}


def told(sentence: str) -> str:
    """A sentence in the reader's language."""
    return sentence.told(gettext) if isinstance(sentence, Sentence) else str(sentence)


def said(value: Any) -> str:
    """A value before or after a change, as people write it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return vi_number(value) if isinstance(value, int | float) else str(value)


def _file_name(name: str) -> str:
    """The name without folders and without what no database or header holds."""
    bare = PurePath(name.replace("\\", "/")).name
    return "".join(c for c in nfc(bare) if c.isprintable())[:200] or "table.xlsx"
