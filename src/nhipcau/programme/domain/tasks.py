"""Tasks as a clause sets them: entered, changed, ended as a whole. Giving them to offices is ``domain.giving``."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.law.domain.due import due_at
from nhipcau.law.errors import LawError
from nhipcau.programme import agencies
from nhipcau.programme.domain.fields import write
from nhipcau.programme.domain.findable import make_task_findable
from nhipcau.programme.domain.held import held
from nhipcau.programme.domain.standing import refresh_tasks
from nhipcau.programme.models import Ending, Part, Task, TaskKind
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.programme.models import Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskContent:
    """What is asked; ``lead`` and ``coordinating`` are words of :mod:`nhipcau.programme.agencies`.

    Where ``deadline_kind`` names a deadline of the law, ``due_on`` follows from it and from ``trigger_on``.
    """

    title_vi: str
    kind: str = TaskKind.TASK
    title_en: str = ""
    product: str = ""
    indicator: str = ""
    deadline_text: str = ""
    due_on: date | None = None
    deadline_kind: str = ""
    trigger_on: date | None = None
    note: str = ""
    lead: Sequence[str] = ()
    coordinating: Sequence[str] = ()


def set_task(*, actor: Actor, clause: Clause, content: TaskContent) -> Task:
    """Enter a task that a clause sets; the office that keeps the directive gives it.

    Raises:
        PermissionDeniedError: the actor does not coordinate for that office.
        IncompleteError: something is missing or cannot be.
    """
    with transaction.atomic():
        directive = clause.directive
        require("programme.set_task", actor, directive.organisation)
        task = Task(organisation=directive.organisation, clause=clause, sample=directive.sample, entered_here=True)
        changed = write(task, _values(content))
        task.save(force_insert=True)
        changed |= _agencies(task, content)
        make_task_findable(task)
        _record(actor, "programme.set_task", task, changed)
    return task


def edit_task(*, actor: Actor, task: Task, content: TaskContent, version: int) -> Task:
    """Change what a task asks; the same again changes nothing. Days of offices that differ from it stay.

    Raises:
        PermissionDeniedError: the actor does not coordinate for the office that gives it.
        ConflictError: somebody saved another version meanwhile.
        IncompleteError: something is missing or cannot be.
    """
    with transaction.atomic():
        found = held(Task, task)
        require("programme.edit_task", actor, found)
        found.check_version(version)
        before = found.row.due_on
        changed = write(found.row, _values(content)) | _agencies(found.row, content)
        if changed:
            found.row.entered_here = True
            found.save_next()
            # Those that followed the day of the task follow it still.
            found.row.instances.filter(due_on=before, ended_on__isnull=True).update(due_on=found.row.due_on)
            make_task_findable(found.row)
            _record(actor, "programme.edit_task", found.row, changed)
    return found.row


def end_task(*, actor: Actor, task: Task, ending: str, note: str, day: date | None = None) -> Task:
    """Say that a task is done as a whole, or withdraw it: nobody owes anything of it from then on.

    Raises:
        PermissionDeniedError: the actor does not coordinate for the office that gives it.
        WrongStateError: it has ended already.
        IncompleteError: nothing is said of it, or the day is still to come.
    """
    with transaction.atomic():
        found = held(Task, task)
        require("programme.end_task", actor, found)
        if found.row.ending:
            raise WrongStateError(gettext("This task has ended already."))
        if not note.strip():
            raise IncompleteError(gettext("Say what shows it, or why."), "note")
        today = timezone.localdate()
        if day is not None and day > today:
            raise IncompleteError(gettext("That day is still to come."), "day")
        values = {"ending": Ending(ending), "ended_on": day or today, "ending_note": note}
        changed = write(found.row, values)
        found.save_next()
        refresh_tasks([found.row.pk])
        found.row.refresh_from_db(fields=["state"])
        _record(actor, "programme.end_task", found.row, changed, note)
    return found.row


def take_up_task(*, actor: Actor, task: Task, reason: str) -> Task:
    """Take a task up again that was said to have ended.

    Raises:
        PermissionDeniedError: the actor does not coordinate for the office that gives it.
        WrongStateError: it has not ended.
        IncompleteError: no reason is given.
    """
    with transaction.atomic():
        found = held(Task, task)
        require("programme.end_task", actor, found)
        if not found.row.ending:
            raise WrongStateError(gettext("This task has not ended."))
        if not reason.strip():
            raise IncompleteError(gettext("Say why."), "reason")
        changed = write(found.row, {"ending": "", "ended_on": None, "ending_note": ""})
        found.save_next()
        refresh_tasks([found.row.pk])
        found.row.refresh_from_db(fields=["state"])
        _record(actor, "programme.take_up_task", found.row, changed, reason.strip())
    return found.row


def _values(content: TaskContent) -> dict[str, Any]:
    values = {field.name: getattr(content, field.name) for field in dataclasses.fields(content)}
    del values["lead"], values["coordinating"]
    if content.deadline_kind:
        if content.trigger_on is None:
            raise IncompleteError(gettext("A deadline by law needs the day of its event."), "trigger_on")
        try:
            values["due_on"] = due_at(content.deadline_kind, content.trigger_on).day
        except LawError as error:
            raise IncompleteError(str(error), "deadline_kind") from error
    return values


def _agencies(task: Task, content: TaskContent) -> dict[str, Any]:
    changed = {}
    for part, words in ((Part.LEAD, content.lead), (Part.COORDINATING, content.coordinating)):
        said = agencies.put(task, part, words)
        if said:
            changed[part.value] = said
    return changed


def _record(actor: Actor, verb: str, task: Task, payload: Any, reason: str = "") -> None:
    record(actor=actor, verb=verb, target=task, organisation=task.organisation, payload=payload, reason=reason)
