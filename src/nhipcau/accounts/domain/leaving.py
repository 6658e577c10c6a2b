"""Who goes: what ends with the last day, seen before it is done, and done in one piece. Nothing is deleted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access import system
from nhipcau.access.rights import require, standing
from nhipcau.accounts.domain.deputies import take_back_deputyship
from nhipcau.accounts.domain.focal import end_focal_duty
from nhipcau.accounts.domain.invitations import withdraw_invitations
from nhipcau.accounts.domain.joining import admit_person
from nhipcau.accounts.domain.roles import MembershipError, end_membership, withdraw_membership
from nhipcau.accounts.models import Deputyship, FocalDuty, Invitation, Membership, open_at
from nhipcau.audit.domain.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.accounts.domain.joining import Admitted
    from nhipcau.accounts.models import Person
    from nhipcau.network.models import Organisation

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What ends when somebody leaves an office.

    Attributes:
        person: who leaves.
        organisation: the office.
        last_day: last working day there.
        ended: roles that end with that day.
        withdrawn: roles that would have begun later.
        kept: those of both that the actor may not end, because only the system owner gives them.
        stood_in: deputyships in which others stand in for the person there.
        standing_in: deputyships in which the person stands in for others there.
        duties: duties as focal officer of the office.
        invitations: links that the office made and nobody used.
        elsewhere: whether the person holds a role in another office after that day, or keeps the system.
        closes: whether the account can no longer be used, from the day after.
    """

    person: Person
    organisation: Organisation
    last_day: date
    ended: Sequence[Membership] = field(default_factory=list)
    withdrawn: Sequence[Membership] = field(default_factory=list)
    kept: Sequence[Membership] = field(default_factory=list)
    stood_in: Sequence[Deputyship] = field(default_factory=list)
    standing_in: Sequence[Deputyship] = field(default_factory=list)
    duties: Sequence[FocalDuty] = field(default_factory=list)
    invitations: Sequence[Invitation] = field(default_factory=list)
    elsewhere: bool = False

    @property
    def closes(self) -> bool:
        """Whether nothing is left after that day."""
        return not self.elsewhere

    @property
    def anything(self) -> bool:
        """Whether the person holds anything there that could end."""
        return bool(self.ended or self.withdrawn or self.stood_in or self.standing_in or self.duties)


def leaving(*, actor: Actor, person: Person, organisation: Organisation, last_day: date) -> Leaving:
    """What would end, under the access now open: for a preview, and for :func:`dismiss_person` itself."""
    later = Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
    roles = Membership.objects.filter(later, person=person, organisation=organisation)
    roles = list(roles.prefetch_related("person", "organisation"))
    deputyships = Deputyship.objects.filter(organisation=organisation, ended_at=None, valid_to__gt=last_day)
    deputyships = deputyships.prefetch_related("principal", "deputy", "organisation")
    duties = FocalDuty.objects.filter(later, person=person, organisation=organisation)
    return Leaving(
        person,
        organisation,
        last_day,
        ended=[held for held in roles if held.valid_from <= last_day],
        withdrawn=[held for held in roles if held.valid_from > last_day],
        kept=[held for held in roles if standing("accounts.end_membership", actor, held) is None],
        stood_in=list(deputyships.filter(principal=person)),
        standing_in=list(deputyships.filter(deputy=person)),
        duties=list(duties.prefetch_related("person", "organisation")),
        invitations=list(Invitation.objects.filter(open_at(), person=person, organisation=organisation)),
        elsewhere=person.is_system_owner or _holds_elsewhere(person, organisation, last_day),
    )


def _holds_elsewhere(person: Person, organisation: Organisation, last_day: date) -> bool:
    """Whether any office has a role for the person after that day; said as yes or no, not where."""
    after = Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
    with system("leaving"):
        return bool(Membership.objects.filter(after, person=person).exclude(organisation=organisation).exists())


def dismiss_person(
    *, actor: Actor, person: Person, organisation: Organisation, last_day: date, reason: str = ""
) -> Leaving:
    """Let somebody leave an office: roles, deputyships and duties there end with that day; nothing is deleted.

    Where nothing is left to the person in any office, the account can no longer be used from the day after (at once,
    where that day is over: :func:`close_account`), and its sessions end.

    Args:
        actor: an administrator of the office.
        person: who leaves.
        organisation: the office.
        last_day: last day in the office; yesterday or earlier ends everything at once.
        reason: the actor's own words, for the record.

    Raises:
        PermissionDeniedError: the actor does not administer the office, or could not have given one of the roles.
        MembershipError: the person holds nothing there, or the office would be left without an administrator.
    """
    today = timezone.localdate()
    with transaction.atomic():
        require("accounts.dismiss_person", actor, organisation)
        left = leaving(actor=actor, person=person, organisation=organisation, last_day=last_day)
        if not left.anything:
            raise MembershipError(
                gettext("%(person)s holds nothing in this office after that day.") % {"person": person}
            )
        if left.kept:
            sentence = gettext("Only the system owner ends these roles, so ask for that first: %(roles)s.")
            raise MembershipError(sentence % {"roles": ", ".join(str(held.get_role_display()) for held in left.kept)})
        for deputyship in left.standing_in:
            _end_standing_in(actor, deputyship, last_day)
        for duty in left.duties:
            end_focal_duty(actor=actor, duty=duty, last_day=max(last_day, duty.valid_from))
        _end_roles(actor, [*left.ended, *left.withdrawn], last_day)
        withdraw_invitations(actor=actor, invitations=left.invitations)
        record(
            actor=actor,
            verb="accounts.dismiss_person",
            target=person,
            organisation=organisation,
            payload={"last_day": last_day},
            reason=reason,
        )
        if left.closes and last_day < today:
            close_account(person=person)
    return left


def _end_roles(actor: Actor, roles: Iterable[Membership], last_day: date) -> None:
    for membership in roles:
        membership.refresh_from_db()
        if membership.valid_to is not None and membership.valid_to <= last_day:
            continue
        if membership.valid_from > max(last_day, timezone.localdate()):
            withdraw_membership(actor=actor, membership=membership)
        else:
            end_membership(actor=actor, membership=membership, last_day=max(last_day, membership.valid_from))


def _end_standing_in(actor: Actor, deputyship: Deputyship, last_day: date) -> None:
    if deputyship.valid_from > last_day or last_day < timezone.localdate():
        take_back_deputyship(actor=actor, deputyship=deputyship)
        return
    before, deputyship.valid_to = deputyship.valid_to, last_day
    deputyship.save(update_fields=["valid_to"])
    record(
        actor=actor,
        verb="accounts.shorten_deputyship",
        target=deputyship,
        organisation=deputyship.organisation,
        payload={"valid_to": [before, last_day]},
    )


def move_person(
    *,
    actor: Actor,
    person: Person,
    origin: Organisation,
    destination: Organisation,
    roles: Sequence[str],
    first_day: date,
    reason: str = "",
) -> Admitted:
    """Let somebody go from one office to another: everything ends in the one the day before it begins in the other.

    Args:
        actor: administers both. Where two people do, the one dismisses and the other admits.
        person: who moves.
        origin: the office left.
        destination: the office joined.
        roles: held there from the first day on.
        first_day: first day in the new office.
        reason: the actor's own words, for the record.

    Raises:
        PermissionDeniedError: the actor does not administer both.
        MembershipError: the person holds nothing in the one, or a role in the other cannot be; nothing was done.
    """
    with transaction.atomic():
        admitted = admit_person(
            actor=actor,
            organisation=destination,
            email=person.email,
            name=person.name,
            roles=roles,
            valid_from=first_day,
        )
        dismiss_person(actor=actor, person=person, organisation=origin, last_day=first_day - DAY, reason=reason)
    return admitted


def close_account(*, person: Person) -> None:
    """Let an account no longer be used, and end its sessions: nothing is left to the person in any office.

    Done by the system, as the consequence of the last role's end. Nothing is deleted; whoever admits the person again
    opens it again.
    """
    with system("leaving") as access, transaction.atomic():
        require("accounts.close_account", access.actor, person)
        person.is_active = False
        person.save(update_fields=["is_active"])
        _end_sessions(person)
        record(actor=access.actor, verb="accounts.close_account", target=person, payload={"is_active": [True, False]})


def _end_sessions(person: Person) -> None:
    """Sign the person out wherever they are signed in. A closed account is refused anyway; this leaves nothing open."""
    from allauth.usersessions.models import UserSession

    for session in UserSession.objects.filter(user=person):
        session.end()
