"""What the record keeps of sign-in: who came and went, what failed, and how each person proves who they are.

The tables of sessions, factors and connected identities are the sign-in library's; these functions write the entries
beside them, for the office that the person belongs to today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.accounts.queries import office_of
from nhipcau.audit.domain.record import record

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialAccount

    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person


class SecurityError(Exception):
    """Something about sign-in cannot be done as asked; the sentence says why."""


def note(*, actor: Actor, verb: str, person: Person, payload: dict[str, Any] | None = None) -> None:
    """Write that something happened to how a person signs in. Never give it what proves them: no password, no code.

    The verb is ``accounts.<verb>``, as in :func:`nhipcau.audit.domain.record.record`; the payload explains it: the
    method, the kind and the name of a factor.
    """
    with transaction.atomic():
        record(actor=actor, verb=verb, target=person, organisation=office_of(person), payload=payload)


def end_session(*, actor: Actor, session: UserSession) -> None:
    """Sign a session of one's own out, wherever it is open.

    Raises:
        PermissionDeniedError: it is somebody else's.
    """
    with transaction.atomic():
        require("accounts.end_session", actor, session.user)
        session.end()
        payload = {"address": session.ip, "browser": session.user_agent, "since": session.created_at}
        note(actor=actor, verb="accounts.end_session", person=session.user, payload=payload)


def end_other_sessions(*, actor: Actor, sessions: list[UserSession], kept: str) -> int:
    """Sign out every session of one's own but the one with the key ``kept``; how many there were.

    Raises:
        PermissionDeniedError: one is somebody else's; none is ended.
    """
    others = [session for session in sessions if session.session_key != kept]
    with transaction.atomic():
        for session in others:
            end_session(actor=actor, session=session)
    return len(others)


def forget_ended_sessions(*, actor: Actor) -> int:
    """Remove what is left of sessions that have ended: addresses and browsers are kept no longer than they serve.

    Bookkeeping, so it writes no entry; how many rows of the list of sessions went is the answer. Safe to run twice.

    Raises:
        PermissionDeniedError: the actor is not the system.
    """
    with transaction.atomic():
        require("accounts.forget_ended_sessions", actor)
        Session.objects.filter(expire_date__lte=timezone.now()).delete()
        living = Session.objects.filter(session_key=OuterRef("session_key"))
        forgotten: int = UserSession.objects.exclude(Exists(living)).delete()[0]
    return forgotten


def remove_factors(*, actor: Actor, person: Person) -> int:
    """Take every factor and recovery code from somebody who has lost them all; how many there were.

    The rows' going writes the entries. Whoever could do this for another could sign in as that person, given the
    password, so no role includes it: the operator does it at the machine.

    Raises:
        PermissionDeniedError: the actor is not the system.
    """
    with transaction.atomic():
        require("accounts.remove_factors", actor, person)
        removed: int = Authenticator.objects.filter(user_id=person.pk).delete()[0]
    return removed


def disconnect_identity(*, actor: Actor, identity: SocialAccount) -> None:
    """Let an identity at the organisation's sign-in service no longer open the account.

    Raises:
        PermissionDeniedError: it is somebody else's.
        SecurityError: nothing else opens the account.
    """
    with transaction.atomic():
        require("accounts.disconnect_identity", actor, identity.user)
        others = type(identity).objects.filter(user_id=identity.user_id).exclude(pk=identity.pk)
        if not identity.user.has_usable_password() and not others.exists():
            raise SecurityError(gettext("Nothing else opens this account: set a password first."))
        identity.delete()
