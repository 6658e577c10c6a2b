"""Focal officers: by which decision, for which share of their time, and what they learned for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.accounts.domain.deputies import covers
from nhipcau.accounts.domain.roles import end_membership, grant_membership
from nhipcau.accounts.models import FULL_TIME, FocalDuty, FocalTraining, Membership, Person, Role
from nhipcau.audit.domain.record import record
from nhipcau.network.models import valid_on

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation

#: An open end, where days must be compared.
FAR = timedelta(days=365 * 200)


class FocalDutyError(Exception):
    """Nobody can be focal officer like that; the sentence says why."""


def assign_focal_duty(
    *,
    actor: Actor,
    person: Person,
    organisation: Organisation,
    share: int,
    valid_from: date,
    valid_to: date | None = None,
    number: str = "",
    decided_on: date | None = None,
    issuer: str = "",
) -> FocalDuty:
    """Make somebody focal officer of an office from one day to another, both included, and give them that role.

    Args:
        actor: an administrator of the office.
        person: who it is.
        organisation: the office.
        share: of working time, in percent, 1 to 100.
        valid_from: first day.
        valid_to: last day, where it is known.
        number: number and symbol of the decision.
        decided_on: its date; both or neither.
        issuer: who decided.

    Raises:
        PermissionDeniedError: the actor does not administer the office.
        FocalDutyError: the share, the decision or the days cannot be.
        MembershipError: the role cannot be given on these days.
    """
    duty = FocalDuty(
        person=person,
        organisation=organisation,
        share=share,
        valid_from=valid_from,
        valid_to=valid_to,
        number=number.strip(),
        decided_on=decided_on,
        issuer=" ".join(issuer.split()),
    )
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        require("accounts.assign_focal_duty", actor, organisation)
        _check(duty)
        _give_role(actor, duty)
        duty.save(force_insert=True)
        payload = {name: getattr(duty, name) for name in ("share", "number", "decided_on", "issuer")}
        payload |= {"person": person.actor_id, "valid_from": valid_from, "valid_to": valid_to}
        record(actor=actor, verb="accounts.assign_focal_duty", target=duty, organisation=organisation, payload=payload)
    return duty


def _check(duty: FocalDuty) -> None:
    if not 1 <= duty.share <= FULL_TIME:
        raise FocalDutyError(gettext("The share of working time lies between 1 and 100 percent."))
    if bool(duty.number) != bool(duty.decided_on):
        raise FocalDutyError(gettext("A decision has a number and a date: give both."))
    if duty.valid_to is not None and duty.valid_to < duty.valid_from:
        raise FocalDutyError(gettext("The last day lies before the first."))
    try:
        duty.clean_fields()
    except ValidationError as error:
        raise FocalDutyError(" ".join(error.messages)) from error
    same = FocalDuty.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=duty.valid_from),
        person=duty.person,
        organisation=duty.organisation,
    ).exclude(pk=duty.pk)
    if (same if duty.valid_to is None else same.filter(valid_from__lte=duty.valid_to)).exists():
        raise FocalDutyError(gettext("The person is focal officer there already on some of these days."))


def _give_role(actor: Actor, duty: FocalDuty) -> None:
    """The role that the desk asks for, unless the person holds it on these days already."""
    held = Membership.objects.filter(person=duty.person, organisation=duty.organisation, role=Role.FOCAL_OFFICER)
    last = duty.valid_to or duty.valid_from + FAR
    if not covers(held, duty.valid_from, last):
        grant_membership(
            actor=actor,
            person=duty.person,
            organisation=duty.organisation,
            role=Role.FOCAL_OFFICER,
            valid_from=duty.valid_from,
            valid_to=duty.valid_to,
        )


def change_focal_share(*, actor: Actor, duty: FocalDuty, share: int, first_day: date) -> FocalDuty:
    """Let the duty take another share of working time from a day on; what it was before stays on record.

    Raises:
        PermissionDeniedError: the actor does not administer the office.
        FocalDutyError: the share cannot be, or the duty is not held on that day.
    """
    with transaction.atomic():
        require("accounts.assign_focal_duty", actor, duty.organisation)
        if not FocalDuty.objects.filter(valid_on(first_day), pk=duty.pk).exists():
            raise FocalDutyError(gettext("The person is not focal officer there on that day."))
        if duty.valid_from == first_day:
            before, duty.share = duty.share, share
            _check(duty)
            duty.save(update_fields=["share"])
            payload = {"share": [before, share]}
            record(
                actor=actor,
                verb="accounts.change_focal_share",
                target=duty,
                organisation=duty.organisation,
                payload=payload,
            )
            return duty
        last, duty.valid_to = duty.valid_to, first_day - timedelta(days=1)
        duty.save(update_fields=["valid_to"])
        record(
            actor=actor,
            verb="accounts.change_focal_share",
            target=duty,
            organisation=duty.organisation,
            payload={"valid_to": [last, duty.valid_to], "share": [duty.share, share]},
        )
        return assign_focal_duty(
            actor=actor,
            person=duty.person,
            organisation=duty.organisation,
            share=share,
            valid_from=first_day,
            valid_to=last,
            number=duty.number,
            decided_on=duty.decided_on,
            issuer=duty.issuer,
        )


def end_focal_duty(*, actor: Actor, duty: FocalDuty, last_day: date) -> None:
    """Let the duty end with a day, and with it the role that it gave.

    Raises:
        PermissionDeniedError: the actor does not administer the office.
        FocalDutyError: the day lies before the duty began, or after it ended.
    """
    with transaction.atomic():
        require("accounts.assign_focal_duty", actor, duty.organisation)
        before = duty.valid_to
        if last_day < duty.valid_from or (before is not None and last_day > before):
            raise FocalDutyError(gettext("The last day must lie between the first day of the duty and its end."))
        duty.valid_to = last_day
        duty.save(update_fields=["valid_to"])
        record(
            actor=actor,
            verb="accounts.end_focal_duty",
            target=duty,
            organisation=duty.organisation,
            payload={"valid_to": [before, last_day]},
        )
        held = Membership.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=last_day),
            person=duty.person,
            organisation=duty.organisation,
            role=Role.FOCAL_OFFICER,
            valid_from__lte=last_day,
        )
        for membership in held:
            end_membership(actor=actor, membership=membership, last_day=last_day)


def add_focal_training(
    *,
    actor: Actor,
    duty: FocalDuty,
    course: str,
    held_from: date,
    held_to: date | None = None,
    organiser: str = "",
) -> FocalTraining:
    """Write down a course that a focal officer took for the duty.

    Raises:
        PermissionDeniedError: the actor does not administer the office.
        FocalDutyError: the course has no name, or ends before it begins.
    """
    taken = FocalTraining(
        duty=duty,
        course=" ".join(course.split()),
        organiser=" ".join(organiser.split()),
        held_from=held_from,
        held_to=held_to,
    )
    with transaction.atomic():
        require("accounts.assign_focal_duty", actor, duty.organisation)
        if held_to is not None and held_to < held_from:
            raise FocalDutyError(gettext("The last day lies before the first."))
        try:
            taken.clean_fields()
        except ValidationError as error:
            raise FocalDutyError(" ".join(error.messages)) from error
        taken.save(force_insert=True)
        payload = {"course": taken.course, "held_from": held_from, "held_to": held_to}
        record(
            actor=actor,
            verb="accounts.add_focal_training",
            target=duty,
            organisation=duty.organisation,
            payload=payload,
        )
    return taken
