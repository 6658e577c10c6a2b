"""What an office says of how it stands with a task, and what the office that gave it says to that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.programme.domain.fields import write
from nhipcau.programme.domain.held import held
from nhipcau.programme.domain.standing import refresh_tasks
from nhipcau.programme.models import TaskInstance, Word
from nhipcau.workspace.domain.comments import add_comment
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError
from nhipcau.workspace.models import Attachment, Audience

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person
    from nhipcau.workspace.models import Letter


def say_how_it_stands(
    *,
    actor: Person,
    instance: TaskInstance,
    word: str,
    note: str = "",
    done_on: date | None = None,
    evidence: Letter | None = None,
    evidence_number: str = "",
) -> TaskInstance:
    """Say for an office how it stands with a task. Without a word, what serves the task says it.

    Args:
        actor: a drafter, focal officer or approver of the office.
        instance: the task as the office has it.
        word: a :class:`~nhipcau.programme.models.Word`, or empty to take the word back.
        note: in its own words; asked for where it is not needed any more.
        done_on: the day, today where none is said.
        evidence: a letter of this desk that shows it.
        evidence_number: number and symbol of another paper that shows it.

    Raises:
        PermissionDeniedError: the actor does not write for the office.
        WrongStateError: the task has ended, or was handed over or taken away.
        IncompleteError: nothing shows that it is done: no note, letter, number or file; or the day is still to come.
    """
    with transaction.atomic():
        found = held(TaskInstance, instance)
        require("programme.say_how_it_stands", actor, found)
        row = found.row
        _expect_open(row)
        today = timezone.localdate()
        if word == Word.DONE:
            shown = note.strip() or evidence or evidence_number.strip()
            if not shown and not Attachment.objects.on(row).filter(removed_at__isnull=True).exists():
                raise IncompleteError(gettext("Say what shows it: a note, a letter, a number, or a file."), "note")
            if done_on is not None and done_on > today:
                raise IncompleteError(gettext("That day is still to come."), "done_on")
        if word == Word.NOT_NEEDED and not note.strip():
            raise IncompleteError(gettext("Say why it is not needed any more."), "note")
        values = {
            "word": Word(word).value if word else "",
            "word_note": note,
            "done_on": (done_on or today) if word == Word.DONE else None,
            "evidence": evidence,
            "evidence_number": evidence_number,
        }
        changed = write(row, values)
        if changed:
            row.word_at, row.word_by = timezone.now(), actor
            row.save()
            refresh_tasks([row.task_id], [row.organisation_id])
            row.refresh_from_db(fields=["state", "done_on"])
            _record(actor, "programme.say_how_it_stands", row, changed)
    return row


def doubt_word(*, actor: Person, instance: TaskInstance, reason: str) -> TaskInstance:
    """Take back, as the office that gave the task, what the other said of it: a comment to both says why.

    Raises:
        PermissionDeniedError: the actor does not coordinate for the office that gave it.
        WrongStateError: nothing was said, or the task has ended for the office.
        IncompleteError: no reason is given.
    """
    with transaction.atomic():
        found = held(TaskInstance, instance)
        row = found.row
        require("programme.give_task", actor, row.task)
        _expect_open(row)
        if row.word not in {Word.DONE, Word.NOT_NEEDED}:
            raise WrongStateError(gettext("The office has not said that it is done or not needed."))
        if not reason.strip():
            raise IncompleteError(gettext("Say what is missing."), "reason")
        add_comment(actor=actor, target=row, text=reason, audience=Audience.EVERYBODY, must_answer=True)
        changed = write(row, {"word": Word.IN_PROGRESS, "done_on": None})
        row.save()
        refresh_tasks([row.task_id], [row.organisation_id])
        row.refresh_from_db(fields=["state", "done_on"])
        _record(actor, "programme.doubt_word", row, changed, reason.strip())
    return row


def move_due_day(*, actor: Actor, instance: TaskInstance, due_on: date | None, reason: str) -> TaskInstance:
    """Give one office another day than the others.

    Raises:
        PermissionDeniedError: the actor does not coordinate for the office that gave it.
        WrongStateError: the task has ended for the office.
        IncompleteError: no reason is given.
    """
    with transaction.atomic():
        found = held(TaskInstance, instance)
        row = found.row
        require("programme.give_task", actor, row.task)
        _expect_open(row)
        if not reason.strip():
            raise IncompleteError(gettext("Say why."), "reason")
        changed = write(row, {"due_on": due_on})
        if changed:
            row.save()
            _record(actor, "programme.move_due_day", row, changed, reason.strip())
    return row


def _expect_open(row: TaskInstance) -> None:
    if row.ended_on is not None:
        raise WrongStateError(gettext("The office does not have this task any more."))
    if row.task.ending:
        raise WrongStateError(gettext("This task has ended already."))


def _record(actor: Actor, verb: str, row: TaskInstance, payload: Mapping[str, Any], reason: str = "") -> None:
    record(actor=actor, verb=verb, target=row, organisation=row.organisation, payload=payload, reason=reason)
