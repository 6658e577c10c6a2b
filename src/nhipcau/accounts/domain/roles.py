"""Roles that people hold in organisations, with their days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import is_system, is_system_owner, require
from nhipcau.accounts.domain.deputies import DAY, shorten_deputyships
from nhipcau.accounts.domain.invitations import withdraw_foreign_invitations
from nhipcau.accounts.models import Membership, Person, Role
from nhipcau.audit.domain.record import record
from nhipcau.network.models import valid_on

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation


class MembershipError(Exception):
    """A role cannot be given or ended as asked; the sentence says why."""


def grant_membership(
    *,
    actor: Actor,
    person: Person,
    organisation: Organisation,
    role: str,
    valid_from: date,
    valid_to: date | None = None,
) -> Membership:
    """Give a person a role in an organisation from one day to another, both included.

    Raises:
        PermissionDeniedError: the actor does not administer that organisation, or it is their own role, or one that
            only the system owner gives (:mod:`nhipcau.accounts.rules`).
        MembershipError: the days or the role cannot be; nothing was granted.
    """
    granted = Membership(person=person, organisation=organisation, role=role, valid_from=valid_from, valid_to=valid_to)
    with transaction.atomic():
        # Two at once would each find no other: one waits here for the other (SQLite lets one write at a time anyway).
        Person.objects.select_for_update().get(pk=person.pk)
        require("accounts.grant_membership", actor, granted)
        _check(granted)
        granted.save(force_insert=True)
        payload = {"person": person.actor_id, "role": role, "valid_from": valid_from, "valid_to": valid_to}
        record(
            actor=actor,
            verb="accounts.grant_membership",
            target=granted,
            organisation=organisation,
            payload=payload,
        )
        if not person.has_usable_password():
            withdraw_foreign_invitations(person=person, organisation=organisation)
    return granted


def _check(granted: Membership) -> None:
    try:
        granted.clean_fields()
        granted.validate_constraints()
    except ValidationError as error:
        raise MembershipError(" ".join(error.messages)) from error
    organisation, last = granted.organisation, granted.valid_to
    begins = granted.valid_from >= organisation.valid_from
    ends = organisation.valid_to is None or (last is not None and last <= organisation.valid_to)
    if not (begins and ends):
        raise MembershipError(gettext("The role must lie within the days on which the organisation exists."))
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=granted.valid_from)
    same = Membership.objects.filter(still, person=granted.person, organisation=organisation, role=granted.role)
    if (same if last is None else same.filter(valid_from__lte=last)).exists():
        raise MembershipError(gettext("The person holds this role there already on some of these days."))


def end_membership(*, actor: Actor, membership: Membership, last_day: date) -> None:
    """Let a role end with a day, and with it whoever stands in for it; what was done under it stays.

    Raises:
        PermissionDeniedError: the actor could not have given this role there.
        MembershipError: the day lies before the role began, or after it ended; or the office would be left without an
            administrator.
    """
    with transaction.atomic():
        require("accounts.end_membership", actor, membership)
        before = membership.valid_to
        if last_day < membership.valid_from or (before is not None and last_day > before):
            raise MembershipError(gettext("The last day must lie between the first day of the role and its end."))
        membership.valid_to = last_day
        _check_administered(actor, membership, last_day)
        membership.save(update_fields=["valid_to"])
        record(
            actor=actor,
            verb="accounts.end_membership",
            target=membership,
            organisation=membership.organisation,
            payload={"valid_to": [before, last_day]},
        )
        shorten_deputyships(actor=actor, membership=membership, last_day=last_day)


def withdraw_membership(*, actor: Actor, membership: Membership) -> None:
    """Take back a role that has not begun: nothing was done under it, and the audit record keeps what it was.

    Raises:
        PermissionDeniedError: the actor could not have given this role there.
        MembershipError: it has begun: it can only end.
    """
    with transaction.atomic():
        require("accounts.end_membership", actor, membership)
        if membership.valid_from <= timezone.localdate():
            raise MembershipError(gettext("The role has begun: let it end with a day."))
        days = {"valid_from": [membership.valid_from, None], "valid_to": [membership.valid_to, None]}
        record(
            actor=actor,
            verb="accounts.withdraw_membership",
            target=membership,
            organisation=membership.organisation,
            payload={"person": membership.person.actor_id, "role": membership.role} | days,
        )
        shorten_deputyships(actor=actor, membership=membership, last_day=membership.valid_from - DAY)
        membership.delete()


def _check_administered(actor: Actor, membership: Membership, last_day: date) -> None:
    """Whoever runs an office names another first; the system owner can name one at any time, so may leave it open."""
    office, after = membership.organisation, last_day + DAY
    gone = office.valid_to is not None and office.valid_to <= last_day
    if membership.role != Role.OFFICE_ADMINISTRATOR or gone or is_system_owner.test(actor) or is_system.test(actor):
        return
    others = Membership.objects.filter(valid_on(after), organisation=office, role=Role.OFFICE_ADMINISTRATOR)
    if not others.filter(person__is_active=True).exclude(pk=membership.pk).exists():
        raise MembershipError(gettext("The office would have no administrator after that day: name another one first."))
