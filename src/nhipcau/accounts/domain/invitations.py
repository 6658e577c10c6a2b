"""Links by which people set the first password of their account."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from nhipcau.access import PermissionDeniedError, system
from nhipcau.access.rights import require, standing
from nhipcau.accounts.domain.people import set_password
from nhipcau.accounts.models import Invitation, Membership, Person, open_at
from nhipcau.audit.domain.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation

#: For so long a link is good.
LASTS = timedelta(days=7)


class InvitationError(Exception):
    """Nobody can be invited, or let in, like that; the sentence says why."""


def invite(*, actor: Actor, person: Person, organisation: Organisation) -> tuple[Invitation, str]:
    """Make the link by which somebody sets the first password; earlier links of theirs end.

    Whoever holds the link can take the account, so only somebody who could have given every role that the account has
    may make one: an administrator cannot reach into another office by inviting whoever was admitted there.

    Returns:
        The invitation, and the token of its link, which is kept nowhere: it is mailed or shown, once.

    Raises:
        PermissionDeniedError: the actor may not.
        InvitationError: the person may not sign in, or has a password already.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        require("accounts.admit_person", actor, organisation)
        _check_invited(actor, person)
        withdraw_invitations(
            actor=actor,
            invitations=Invitation.objects.filter(open_at(), person=person).prefetch_related("organisation"),
        )
        token, now = secrets.token_urlsafe(32), timezone.now()
        made = Invitation(
            person=person,
            organisation=organisation,
            token_hash=_hash(token),
            created_at=now,
            created_by=actor.actor_id,
            expires_at=now + LASTS,
        )
        made.save(force_insert=True)
        record(
            actor=actor,
            verb="accounts.invite",
            target=made,
            organisation=organisation,
            payload={"person": person.actor_id, "expires_at": made.expires_at},
        )
    return made, token


def _check_invited(actor: Actor, person: Person) -> None:
    if not person.is_active:
        raise InvitationError(gettext("%(person)s may not sign in: give them a role first.") % {"person": person})
    if person.has_usable_password():
        sentence = gettext("%(person)s has a password already and signs in with it.")
        raise InvitationError(sentence % {"person": person})
    today = timezone.localdate()
    with system("invitation"):
        held = list(
            Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today), person=person).select_related(
                "person"
            )
        )
    if not held:
        raise InvitationError(gettext("%(person)s holds no role: give them one first.") % {"person": person})
    if not all(standing("accounts.grant_membership", actor, membership) for membership in held):
        raise PermissionDeniedError(
            gettext("This person has a role that you could not have given, so you cannot open their account.")
        )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def withdraw_invitations(*, actor: Actor, invitations: Iterable[Invitation]) -> None:
    """Let links be good no longer: called by what makes them void, in its transaction."""
    for invitation in invitations:
        invitation.withdrawn_at = timezone.now()
        invitation.save(update_fields=["withdrawn_at"])
        record(
            actor=actor,
            verb="accounts.withdraw_invitation",
            target=invitation,
            organisation=invitation.organisation,
        )


def withdraw_foreign_invitations(*, person: Person, organisation: Organisation) -> None:
    """End links that another office made, once this one gives a role: called by what gives it, in its transaction.

    Otherwise an office could hold a link to an account that has since got rights in another.
    """
    with system("invitation") as access:
        others = Invitation.objects.filter(open_at(), person=person).exclude(organisation=organisation)
        withdraw_invitations(actor=access.actor, invitations=others.prefetch_related("organisation"))


def path_of(token: str) -> str:
    """The path of the page where the invited person sets their password."""
    return reverse("account_accept_invitation", args=[token])


def mail_invitation(*, invitation: Invitation, token: str) -> bool:
    """Send the link to the person, where mail is configured; call it when the transaction is over.

    Returns:
        Whether it was handed to the mail server. Where not, the link has to be shown to whoever invites, once.
    """
    if not settings.MAIL:
        return False
    person = invitation.person
    with translation.override(person.language):
        said = {
            "invitation": invitation,
            "person": person,
            "organisation": invitation.organisation,
            "url": settings.URL + path_of(token),
        }
        subject = gettext("You have an account in Nhịp Cầu")
        body = render_to_string("accounts/mail/invitation.txt", said)
        try:
            EmailMessage(subject, body, to=[person.email]).send()
        except OSError:
            return False
    with system("invitation"):
        Invitation.objects.filter(pk=invitation.pk).update(mailed_at=timezone.now())
    return True


def invitation_by(token: str) -> Invitation | None:
    """The invitation of a link that can still be accepted; None where there is none. For whoever is not signed in."""
    with system("invitation"):
        found: Invitation | None = (
            Invitation.objects.filter(open_at(), token_hash=_hash(token), person__is_active=True)
            .select_related("person", "organisation")
            .first()
        )
    return None if found is None or found.person.has_usable_password() else found


def accept_invitation(*, token: str, password: str) -> Person:
    """Set the first password of the account that the link belongs to; the link ends.

    Raises:
        InvitationError: the link was used, withdrawn or is too old.
        PersonError: the password is too weak; the link stays good.
    """
    gone = gettext("This link was used already, was withdrawn or is too old. Ask whoever invited you for a new one.")
    with system("invitation"), transaction.atomic():
        found = Invitation.objects.select_for_update().filter(open_at(), token_hash=_hash(token)).first()
        person: Person | None = None if found is None else Person.objects.select_for_update().get(pk=found.person_id)
        if found is None or person is None or not person.is_active or person.has_usable_password():
            raise InvitationError(gone)
        set_password(actor=person, person=person, password=password)
        found.accepted_at = timezone.now()
        found.save(update_fields=["accepted_at"])
        record(actor=person, verb="accounts.accept_invitation", target=found, organisation=found.organisation)
    return person
