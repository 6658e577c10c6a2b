"""Who comes: an account, roles from a day on, and a link to set the first password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.accounts.domain.invitations import invite
from nhipcau.accounts.domain.people import PersonError, new_person
from nhipcau.accounts.domain.roles import grant_membership
from nhipcau.accounts.models import Person
from nhipcau.audit.domain.record import record
from nhipcau.text import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.accounts.models import Invitation, Membership
    from nhipcau.network.models import Organisation


@dataclass(frozen=True, slots=True)
class Admitted:
    """What admitting somebody led to.

    Attributes:
        person: the account, made or found by its address.
        made: whether it was made now.
        memberships: the roles given.
        invitation: made where the account has no password yet.
        token: of the invitation's link; kept nowhere else.
    """

    person: Person
    made: bool
    memberships: Sequence[Membership]
    invitation: Invitation | None = None
    token: str = ""


def admit_person(
    *,
    actor: Actor,
    organisation: Organisation,
    email: str,
    name: str,
    roles: Sequence[str],
    valid_from: date,
    valid_to: date | None = None,
    language: str = "vi",
    invited: bool = True,
) -> Admitted:
    """Take somebody into an office: an account, if there is none by this address, and roles from one day to another.

    Somebody who comes from another office keeps their account; an account that was closed is opened again.

    Args:
        actor: an administrator of the office, or the system owner for the roles that they give.
        organisation: the office.
        email: address by which the person signs in.
        name: full name, family name first.
        roles: at least one.
        valid_from: first day in the office.
        valid_to: last day, where it is known.
        language: of a new account.
        invited: whether a link is made for an account without a password.

    Raises:
        PermissionDeniedError: the actor may not.
        PersonError: the address or the name cannot be, or the address belongs to somebody of another name.
        MembershipError: one of the roles cannot be given; nothing was done.
        InvitationError: nobody can be invited to this account.
    """
    with transaction.atomic():
        require("accounts.admit_person", actor, organisation)
        if not roles:
            raise PersonError(gettext("Nobody is admitted without a role: choose one."))
        person, made = _found_or_made(actor, organisation, email, name, language)
        if not person.is_active:
            _reopen(actor, person, organisation)
        memberships = [
            grant_membership(
                actor=actor,
                person=person,
                organisation=organisation,
                role=role,
                valid_from=valid_from,
                valid_to=valid_to,
            )
            for role in dict.fromkeys(roles)
        ]
        if not invited or person.has_usable_password():
            return Admitted(person, made, memberships)
        invitation, token = invite(actor=actor, person=person, organisation=organisation)
    return Admitted(person, made, memberships, invitation, token)


def _found_or_made(
    actor: Actor, organisation: Organisation, email: str, name: str, language: str
) -> tuple[Person, bool]:
    found: Person | None = Person.objects.select_for_update().filter(email=email.strip().lower()).first()
    if found is None:
        return _made(actor, organisation, email, name, language), True
    if fold(found.name) != fold(nfc(name)):
        sentence = gettext("%(email)s is the address of %(person)s: write the name like that, or give another address.")
        raise PersonError(sentence % {"email": found.email, "person": found})
    return found, False


def _made(actor: Actor, organisation: Organisation, email: str, name: str, language: str) -> Person:
    person = new_person(email=email, name=name, language=language, sample=organisation.sample)
    person.save(force_insert=True)
    record(
        actor=actor,
        verb="accounts.create_person",
        target=person,
        organisation=organisation,
        payload={"email": person.email, "language": language},
    )
    return person


def _reopen(actor: Actor, person: Person, organisation: Organisation) -> None:
    """Somebody comes back. An old password may have been seen by others since, so a new one is set by invitation."""
    person.is_active = True
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    record(
        actor=actor,
        verb="accounts.reinstate_person",
        target=person,
        organisation=organisation,
        payload={"is_active": [False, True]},
    )


def reinstate_person(
    *,
    actor: Actor,
    person: Person,
    organisation: Organisation,
    roles: Sequence[str],
    valid_from: date,
    valid_to: date | None = None,
) -> Admitted:
    """Take somebody back who had left: the account is opened again, with new roles and a new invitation.

    Raises:
        PermissionDeniedError: the actor does not administer the office.
        PersonError: nobody is admitted without a role.
        MembershipError: one of the roles cannot be given; nothing was done.
    """
    return admit_person(
        actor=actor,
        organisation=organisation,
        email=person.email,
        name=person.name,
        roles=roles,
        valid_from=valid_from,
        valid_to=valid_to,
    )
