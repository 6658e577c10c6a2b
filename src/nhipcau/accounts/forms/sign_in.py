from __future__ import annotations

import struct
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError


class UsedOnce:
    """A code of the authenticator app is taken once.

    The library remembers a used code for one step of 30 seconds. With a step of tolerance either way it stays good for
    three, and whoever looked over a shoulder could use it again.
    """

    user: Any
    authenticator: Any

    def clean_code(self) -> str:
        """The code, if it is good and was not used."""
        code: str = super().clean_code()  # type: ignore[misc] - the form that this is mixed into
        if self.authenticator.type == Authenticator.Type.TOTP:
            used = f"accounts.app-code.{self.user.pk}.{code.replace(' ', '')}"
            if not cache.add(used, 1, timeout=30 * (2 * settings.MFA_TOTP_TOLERANCE + 1)):
                raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(UsedOnce, AuthenticateForm):
    """The code after the password."""


class ProofForm(UsedOnce, ReauthenticateForm):
    """The code as a proof of who sits there."""


#: What the key library raises where a browser did not send what a browser sends.
MALFORMED = (LookupError, TypeError, ValueError, AttributeError, struct.error)


class WellFormed:
    """A key's answer that is no such thing is refused like one that does not fit, and is no fault of the server."""

    def clean_credential(self) -> Any:
        """The factor whose key was used."""
        try:
            return super().clean_credential()  # type: ignore[misc] - the form that this is mixed into
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class FailureTold(WellFormed):
    """A key that does not fit is told of like a code that does not: the library is silent about it."""

    user: Any
    reauthenticated: bool

    def clean_credential(self) -> Any:
        """The factor whose key was used."""
        try:
            return super().clean_credential()
        except ValidationError:
            authentication_failed.send(
                sender=Authenticator,
                request=context.request,
                user=self.user,
                authenticator=Authenticator(user=self.user, type=Authenticator.Type.WEBAUTHN),
                reauthentication=self.reauthenticated,
            )
            raise


class SignInKeyForm(WellFormed, LoginWebAuthnForm):
    """A key alone. Whose it claims to be is the browser's word, so a failure is nobody's."""


class SecondKeyForm(FailureTold, AuthenticateWebAuthnForm):
    """The key after the password."""


class ProofKeyForm(FailureTold, ReauthenticateWebAuthnForm):
    """The key as a proof of who sits there."""


class NewKeyForm(AddWebAuthnForm):
    """A key to be added."""

    def clean(self) -> dict[str, Any]:
        """What the browser made, if it made a key."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned
