"""Who stands in for whom, from which day to which, on what basis."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.accounts.models import Deputyship, Membership, Person, Role
from nhipcau.audit.domain.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation

DAY = timedelta(days=1)


class DeputyshipError(Exception):
    """Nobody can stand in like that; the sentence says why."""


def deputise(
    *,
    actor: Actor,
    principal: Person,
    deputy: Person,
    organisation: Organisation,
    role: str,
    valid_from: date,
    valid_to: date,
    number: str = "",
    decided_on: date | None = None,
    note: str = "",
    case: str = "",
) -> Deputyship:
    """Let a person act in a role of another, from one day to another, both included, as it was put down in writing.

    A spokesperson is stood in for in one case only, by a numbered decision, and whoever was authorised so authorises
    nobody further (Decree 09/2017/NĐ-CP, Art. 3).

    Args:
        actor: the principal, or an administrator of the office; never the deputy.
        principal: holds the role there, in their own right, on each of these days.
        deputy: holds some role in the same office, in their own right, on each of these days.
        organisation: the office.
        role: one of :class:`~nhipcau.accounts.models.Role`.
        valid_from: first day.
        valid_to: last day.
        number: number and symbol of the decision.
        decided_on: its date.
        note: the basis in words, where there is no numbered decision.
        case: what a spokesperson's deputy may speak about; for other roles empty.

    Raises:
        PermissionDeniedError: the actor is none of these.
        DeputyshipError: it cannot be; nothing was written down.
    """
    made = Deputyship(
        principal=principal,
        deputy=deputy,
        organisation=organisation,
        role=role,
        valid_from=valid_from,
        valid_to=valid_to,
        number=number.strip(),
        decided_on=decided_on,
        note=note.strip(),
        case=" ".join(case.split()),
        created_by=actor.actor_id,
    )
    with transaction.atomic():
        # Two at once would each find no other: one waits here for the other (SQLite lets one write at a time anyway).
        Person.objects.select_for_update().get(pk=principal.pk)
        require("accounts.deputise", actor, made)
        _check_writing(made)
        _check_people(made)
        made.save(force_insert=True)
        payload = {
            name: getattr(made, name)
            for name in ("role", "case", "number", "decided_on", "note", "valid_from", "valid_to")
        } | {"principal": principal.actor_id, "deputy": deputy.actor_id}
        record(actor=actor, verb="accounts.deputise", target=made, organisation=organisation, payload=payload)
    return made


def _check_writing(made: Deputyship) -> None:
    if made.role == Role.AUTHORISED_SPOKESPERSON:
        raise DeputyshipError(gettext("Whoever is authorised to speak in a case may not authorise anybody further."))
    if made.role == Role.SPOKESPERSON and not (made.case and made.number and made.decided_on):
        raise DeputyshipError(
            gettext("A spokesperson authorises for one named case, by a decision with number and date.")
        )
    if made.role != Role.SPOKESPERSON and made.case:
        raise DeputyshipError(gettext("Only a spokesperson authorises for a case: leave the case empty."))
    if bool(made.number) != bool(made.decided_on):
        raise DeputyshipError(gettext("A decision has a number and a date: give both."))
    if not (made.number or made.note):
        raise DeputyshipError(gettext("A deputy is named in writing: give the decision, or the basis in words."))
    if made.decided_on is not None and made.decided_on > made.valid_from:
        raise DeputyshipError(gettext("The decision is of a later day than the first on which it is to hold."))
    try:
        made.clean_fields()
    except ValidationError as error:
        raise DeputyshipError(" ".join(error.messages)) from error


def _check_people(made: Deputyship) -> None:
    first, last = made.valid_from, made.valid_to
    if made.principal_id == made.deputy_id:
        raise DeputyshipError(gettext("Nobody is their own deputy."))
    if last < first:
        raise DeputyshipError(gettext("The last day lies before the first."))
    there = Membership.objects.filter(organisation=made.organisation)
    if not covers(there.filter(person=made.principal, role=made.role), first, last):
        sentence = gettext("%(person)s does not hold this role there, in their own right, on all of these days.")
        raise DeputyshipError(sentence % {"person": made.principal})
    if not made.deputy.is_active or not covers(there.filter(person=made.deputy), first, last):
        sentence = gettext("%(person)s does not belong to the office on all of these days.")
        raise DeputyshipError(sentence % {"person": made.deputy})
    same = Deputyship.objects.filter(
        principal=made.principal,
        deputy=made.deputy,
        organisation=made.organisation,
        role=made.role,
        case=made.case,
        ended_at=None,
    )
    if same.filter(valid_from__lte=last, valid_to__gte=first).exists():
        raise DeputyshipError(
            gettext("%(person)s stands in there already on some of these days.") % {"person": made.deputy}
        )


def covers(memberships: Iterable[Membership], first: date, last: date) -> bool:
    """Whether there is no day from ``first`` to ``last``, both included, on which none of these is held."""
    missing = first
    for held in sorted(memberships, key=lambda membership: membership.valid_from):
        if held.valid_from > missing:
            return False
        if held.valid_to is None or held.valid_to >= last:
            return True
        missing = max(missing, held.valid_to + DAY)
    return False


def take_back_deputyship(*, actor: Actor, deputyship: Deputyship) -> None:
    """Let nobody stand in by this any more, from this moment on; what was done by it stays.

    Raises:
        PermissionDeniedError: the actor is neither of the two, nor an administrator of the office.
        DeputyshipError: it is over.
    """
    with transaction.atomic():
        require("accounts.take_back_deputyship", actor, deputyship)
        now = timezone.now()
        if deputyship.state == "over":
            raise DeputyshipError(gettext("This is over already."))
        deputyship.ended_at = now
        deputyship.save(update_fields=["ended_at"])
        record(
            actor=actor,
            verb="accounts.take_back_deputyship",
            target=deputyship,
            organisation=deputyship.organisation,
            payload={"ended_at": [None, now]},
        )


def shorten_deputyships(*, actor: Actor, membership: Membership, last_day: date) -> None:
    """Where a role ends, so does standing in for it: called by what ends it, in the same transaction.

    What would begin later is taken back; what runs on ends with the role.
    """
    given = Deputyship.objects.filter(
        principal=membership.person_id,
        organisation=membership.organisation_id,
        role=membership.role,
        ended_at=None,
        valid_to__gt=last_day,
    )
    same = Membership.objects.filter(
        person=membership.person_id, organisation=membership.organisation_id, role=membership.role
    )
    still = [*same.exclude(pk=membership.pk), *([membership] if last_day >= membership.valid_from else [])]
    for deputyship in given:
        if covers(still, deputyship.valid_from, deputyship.valid_to):
            continue
        before = deputyship.valid_to
        if deputyship.valid_from > last_day:
            deputyship.ended_at = timezone.now()
        else:
            deputyship.valid_to = last_day
        deputyship.save(update_fields=["ended_at", "valid_to"])
        record(
            actor=actor,
            verb="accounts.shorten_deputyship",
            target=deputyship,
            organisation=membership.organisation,
            payload={"valid_to": [before, deputyship.valid_to], "ended_at": [None, deputyship.ended_at]},
        )
