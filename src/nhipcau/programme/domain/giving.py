"""A task is given to classes of offices and to offices by name: each has an instance, whatever becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.network.models import Organisation, OrganisationClass, valid_on
from nhipcau.network.queries import answering_on
from nhipcau.programme.domain.held import held
from nhipcau.programme.domain.standing import refresh_tasks
from nhipcau.programme.domain.telling import tell_of_instances
from nhipcau.programme.models import (
    InstanceState,
    Task,
    TaskClass,
    TaskInstance,
    TaskNamedOffice,
)
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from nhipcau.access import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """To whom a task is given.

    Attributes:
        kinds: classes of offices -> by when where that is not the day of the task.
        plus: keys of offices that have it though their class has not -> by when.
        minus: keys of offices that have it not though their class has.
    """

    kinds: Mapping[str, date | None] = field(default_factory=dict)
    plus: Mapping[int, date | None] = field(default_factory=dict)
    minus: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a renewal did: offices that were given the task, handed it over, do not need it any more."""

    given: int = 0
    handed_over: int = 0
    not_needed: int = 0


def give_task(*, actor: Actor, task: Task, gift: Gift, on: date | None = None) -> Renewed:
    """Give a task to offices; given again, it is theirs to whom it is given now, and no others'.

    Every office of the classes that exists on the day gets an instance, and is told. Offices that had one and are not
    among them any more need not do it, unless they have done it. Sample tasks go to sample offices, real ones to real.

    Args:
        actor: a coordinator of the office that gives it.
        task: the task.
        gift: to whom.
        on: the day, today where none is said.

    Raises:
        PermissionDeniedError: the actor does not coordinate for that office.
        WrongStateError: the task has ended.
        IncompleteError: it is given to nobody, or an office does not exist on that day or is of the other nation.
    """
    day = on or timezone.localdate()
    with transaction.atomic():
        found = held(Task, task)
        require("programme.give_task", actor, found)
        if found.row.ending:
            raise WrongStateError(gettext("This task has ended already."))
        if not gift.kinds and not gift.plus:
            raise IncompleteError(gettext("Choose a class of offices, or an office."), "kinds")
        _check_offices(found.row, gift, day)
        _put_gift(found.row, gift)
        if found.row.given_on is None:
            found.row.given_on = day
        found.save_next()
        wanted = offices_of(found.row, day)
        dropped = _drop(actor, found.row, wanted, day)
        renewed = _renew(actor, found.row, day, wanted)
        payload = {
            "given_to": sorted(gift.kinds),
            "by_name": sorted(gift.plus),
            "without": sorted(gift.minus),
            "day": day,
            "given": renewed.given,
        }
        record(
            actor=actor,
            verb="programme.give_task",
            target=found.row,
            organisation=found.row.organisation,
            payload=payload,
        )
        refresh_tasks([found.row.pk])
        task.refresh_from_db()
    return Renewed(renewed.given, renewed.handed_over, renewed.not_needed + dropped)


def renew_instances(*, actor: Actor, on: date | None = None) -> Renewed:
    """Follow the network: offices that ended hand their tasks over, new offices of a class get them. Safe to run twice.

    The instance of an office that ended goes to the first of those who answer for it on the day (who took over the
    duty of external information goes first), which gets one where it had none; it stays readable, with its history.
    Where nobody answers for it, nobody needs to do it any more.

    Args:
        actor: the system.
        on: the day of the map that is followed, today where none is said.

    Raises:
        PermissionDeniedError: the actor is not the system.
    """
    day = on or timezone.localdate()
    done = Renewed()
    require("programme.renew_tasks", actor)
    for task in Task.objects.filter(given_on__isnull=False, given_on__lte=day, ending="").order_by("pk"):
        with transaction.atomic():
            found = held(Task, task)
            some = _renew(actor, found.row, day, offices_of(found.row, day))
            if some != Renewed():
                refresh_tasks([task.pk])
        done = Renewed(done.given + some.given, done.handed_over + some.handed_over, done.not_needed + some.not_needed)
    return done


def offices_of(task: Task, day: date) -> Mapping[int, tuple[str, date | None]]:
    """The offices that have a task by its classes and names on a day: key -> class (empty by name), and by when."""
    kinds = {row.kind: row.due_on for row in TaskClass.objects.filter(task=task)}
    named = list(TaskNamedOffice.objects.filter(task=task).select_related("organisation"))
    rows = OrganisationClass.objects.filter(valid_on(day), organisation__sample=task.sample, kind__in=kinds).order_by(
        "organisation_id", "main"
    )
    alive = set(Organisation.objects.filter(valid_on(day), sample=task.sample).values_list("pk", flat=True))
    found: dict[int, tuple[str, date | None]] = {}
    for office, kind in rows.values_list("organisation_id", "kind"):
        if office in alive:
            # Its main class comes last and stands.
            found[office] = (kind, kinds[kind] or task.due_on)
    for row in named:
        if not row.given:
            found.pop(row.organisation_id, None)
        elif row.organisation_id in alive:
            kind = found.get(row.organisation_id, ("", None))[0]
            found[row.organisation_id] = (kind, row.due_on or task.due_on)
    return found


def _check_offices(task: Task, gift: Gift, day: date) -> None:
    asked = {*gift.plus, *gift.minus}
    there = Organisation.objects.filter(pk__in=asked).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    fitting = set(there.filter(sample=task.sample, valid_from__lte=day).values_list("pk", flat=True))
    if asked - fitting:
        wrong = Organisation.objects.filter(pk__in=asked - fitting).first()
        raise IncompleteError(gettext("%(office)s cannot be given this task.") % {"office": wrong or "?"}, "offices")


def _put_gift(task: Task, gift: Gift) -> None:
    for row in (*TaskClass.objects.filter(task=task), *TaskNamedOffice.objects.filter(task=task)):
        row.delete()
    for kind, due in gift.kinds.items():
        TaskClass.objects.create(task=task, kind=kind, due_on=due)
    for office, due in gift.plus.items():
        TaskNamedOffice.objects.create(task=task, organisation_id=office, due_on=due)
    for office in gift.minus - set(gift.plus):
        TaskNamedOffice.objects.create(task=task, organisation_id=office, given=False)


def _drop(actor: Actor, task: Task, wanted: Mapping[int, tuple[str, date | None]], day: date) -> int:
    """Free who has it no more by the gift; who is given it anew takes it up again; days are brought up."""
    dropped = 0
    for row in TaskInstance.objects.filter(task=task).select_related("organisation"):
        alive = row.organisation.valid_to is None or row.organisation.valid_to >= day
        given = wanted.get(row.organisation_id)
        if given is None and alive and row.ended_on is None and row.state != InstanceState.DONE:
            row.state, row.ended_on = InstanceState.NOT_NEEDED, day
            row.save()
            _note(actor, "programme.free_office", row, {"state": row.state})
            dropped += 1
        elif given is not None and alive:
            if row.ended_on is not None and row.state == InstanceState.NOT_NEEDED:
                row.state, row.ended_on = InstanceState.GIVEN, None
            row.kind, row.due_on = given
            row.save()
    return dropped


def _renew(actor: Actor, task: Task, day: date, wanted: Mapping[int, tuple[str, date | None]]) -> Renewed:
    rows = {row.organisation_id: row for row in TaskInstance.objects.filter(task=task).select_related("organisation")}
    fresh: list[TaskInstance] = []
    handed_over = not_needed = 0
    for office, (kind, due) in wanted.items():
        if office not in rows:
            rows[office] = _make(task, office, kind, due, day)
            fresh.append(rows[office])
    ended = [row for row in rows.values() if row.ended_on is None and _is_over(row, day)]
    for row in sorted(ended, key=lambda row: (row.organisation.valid_to, row.pk)):
        heir = next(iter(answering_on(row.organisation, day)), None)
        row.ended_on = row.organisation.valid_to
        if heir is None:
            if row.state != InstanceState.DONE:
                row.state = InstanceState.NOT_NEEDED
                not_needed += 1
            row.save()
            _note(actor, "programme.free_office", row, {"state": row.state})
            continue
        if heir.pk not in rows and row.state != InstanceState.DONE:
            kind, due = wanted.get(heir.pk, (row.kind, row.due_on))
            rows[heir.pk] = _make(task, heir.pk, kind, due, day)
            fresh.append(rows[heir.pk])
        row.successor = rows.get(heir.pk)
        if row.state != InstanceState.DONE:
            row.state = InstanceState.HANDED_OVER
            handed_over += 1
        row.save()
        # Whoever takes over what was taken over reads all that came before.
        TaskInstance.objects.filter(successor=row).update(successor=row.successor)
        _note(actor, "programme.hand_over_task", row, {"to": str(heir), "state": row.state})
    tell_of_instances(actor=actor, instances=fresh)
    return Renewed(len(fresh), handed_over, not_needed)


def _is_over(row: TaskInstance, day: date) -> bool:
    return row.organisation.valid_to is not None and row.organisation.valid_to < day


def _make(task: Task, office: int, kind: str, due: date | None, day: date) -> TaskInstance:
    given = {"kind": kind, "due_on": due, "given_on": day, "sample": task.sample}
    made: TaskInstance = TaskInstance.objects.create(task=task, organisation_id=office, **given)
    return made


def _note(actor: Actor, verb: str, row: TaskInstance, payload: dict[str, str]) -> None:
    record(actor=actor, verb=verb, target=row, organisation=row.organisation, payload=payload)
