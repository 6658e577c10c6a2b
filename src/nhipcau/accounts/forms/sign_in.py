from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache


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
