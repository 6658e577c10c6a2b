from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from nhipcau.access import system


class PersonBackend(AuthenticationBackend):
    """Finds who signs in. Nobody is signed in yet, so the system looks, for this purpose and no longer."""

    def authenticate(self, request: Any, **credentials: Any) -> Any:
        """The person whose address and password these are; None where there is none."""
        with system("sign-in"):
            return super().authenticate(request, **credentials)

    def get_user(self, user_id: Any) -> Any:
        """The person a session speaks of; None where they may no longer sign in."""
        with system("sign-in"):
            return super().get_user(user_id)
