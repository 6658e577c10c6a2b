"""Roles that people hold in organisations, with their days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.accounts.models import Membership
from nhipcau.audit.domain.record import record

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person
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
        PermissionDeniedError: the actor does not administer that organisation.
        MembershipError: the days or the role cannot be; nothing was granted.
    """
    granted = Membership(person=person, organisation=organisation, role=role, valid_from=valid_from, valid_to=valid_to)
    with transaction.atomic():
        require("accounts.manage_memberships", actor, organisation)
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
    """Let a role end with a day; what was done under it stays.

    Raises:
        PermissionDeniedError: the actor does not administer that organisation.
        MembershipError: the day lies before the role began, or after it ended.
    """
    with transaction.atomic():
        require("accounts.manage_memberships", actor, membership.organisation)
        before = membership.valid_to
        if last_day < membership.valid_from or (before is not None and last_day > before):
            raise MembershipError(gettext("The last day must lie between the first day of the role and its end."))
        membership.valid_to = last_day
        membership.save(update_fields=["valid_to"])
        record(
            actor=actor,
            verb="accounts.end_membership",
            target=membership,
            organisation=membership.organisation,
            payload={"valid_to": [before, last_day]},
        )
