"""Writes the entries of sign-in when Django and the sign-in library say that something happened.

Factors and connected identities are followed by their rows, whichever screen or command made or removed them; the
entry is then in the transaction of the change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_delete, post_save

from nhipcau.access import SystemActor, current_or_none, system
from nhipcau.accounts.domain.security import note
from nhipcau.accounts.models import Person

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGN_IN = SystemActor("sign-in")


def connect() -> None:
    """Start to listen. Called once, when the room is ready."""
    user_logged_in.connect(signed_in, dispatch_uid="accounts.signed_in")
    user_logged_out.connect(signed_out, dispatch_uid="accounts.signed_out")
    user_login_failed.connect(password_failed, dispatch_uid="accounts.password_failed")
    authentication_failed.connect(factor_failed, dispatch_uid="accounts.factor_failed")
    post_save.connect(factor_saved, sender=Authenticator, dispatch_uid="accounts.factor_saved")
    post_delete.connect(factor_removed, sender=Authenticator, dispatch_uid="accounts.factor_removed")
    post_save.connect(identity_saved, sender=SocialAccount, dispatch_uid="accounts.identity_saved")
    post_delete.connect(identity_removed, sender=SocialAccount, dispatch_uid="accounts.identity_removed")


def signed_in(request: Any, user: Person, **_: object) -> None:
    """By which methods, in the order in which they were given; none for one click in a demonstration."""
    methods = [record.get("type") or record["method"] for record in get_authentication_records(request, user)]
    with system("sign-in"):
        note(actor=user, verb="accounts.sign_in", person=user, payload={"methods": methods})


def signed_out(user: Person | None, **_: object) -> None:
    """Whoever presses the button twice is nobody the second time."""
    if user is not None:
        with system("sign-in"):
            note(actor=user, verb="accounts.sign_out", person=user)


def password_failed(credentials: Mapping[str, Any], **_: object) -> None:
    """A wrong password for an account that there is. An unknown address is not kept: people type passwords there."""
    with system("sign-in"):
        person = Person.objects.filter(email=str(credentials.get("email") or "").strip().lower()).first()
        if person is not None:
            note(actor=SIGN_IN, verb="accounts.fail_sign_in", person=person, payload={"method": "password"})


def factor_failed(user: Person, authenticator: Authenticator, **_: object) -> None:
    """A wrong code by somebody who gave the right password before it."""
    with system("sign-in"):
        note(actor=SIGN_IN, verb="accounts.fail_sign_in", person=user, payload={"method": authenticator.type})


def factor_saved(instance: Authenticator, *, created: bool, **_: object) -> None:
    """A factor is set up, or recovery codes are made."""
    if created:
        codes = instance.type == Authenticator.Type.RECOVERY_CODES
        _note_factor("accounts.make_recovery_codes" if codes else "accounts.add_factor", instance)


def factor_removed(instance: Authenticator, **_: object) -> None:
    """A factor no longer opens the account; recovery codes go with the last one, or give way to new ones."""
    _note_factor("accounts.remove_factor", instance)


def _note_factor(verb: str, factor: Authenticator) -> None:
    payload = {"factor": factor.type, "name": factor.data.get("name", "")}
    _note_own(verb, factor.user_id, payload)


def identity_saved(instance: SocialAccount, *, created: bool, **_: object) -> None:
    """An identity at the operator's provider opens the account from now on."""
    if created:
        _note_own("accounts.connect_identity", instance.user_id, {"provider": instance.provider, "uid": instance.uid})


def identity_removed(instance: SocialAccount, **_: object) -> None:
    """It no longer does."""
    _note_own("accounts.disconnect_identity", instance.user_id, {"provider": instance.provider, "uid": instance.uid})


def _note_own(verb: str, person_id: int, payload: dict[str, Any]) -> None:
    """The person did it, signed in or on the way; only the command line does it for somebody."""
    access = current_or_none()
    with system("sign-in"):
        person = Person.objects.get(pk=person_id)
        operator = access is not None and access.everything and access.actor.actor_id != SIGN_IN.actor_id
        actor = access.actor if access is not None and operator else person
        note(actor=actor, verb=verb, person=person, payload=payload)
