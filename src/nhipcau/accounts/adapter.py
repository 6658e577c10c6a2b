from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter

from nhipcau.accounts.domain.people import set_password

if TYPE_CHECKING:
    from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """How the sign-in library behaves here: nobody signs up by themselves, and passwords change through the domain."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's own signature
        """Accounts are made by those who may make them."""
        return False

    def set_password(self, user: Any, password: str) -> None:
        """Change it as the person whose it is, with an audit entry."""
        set_password(actor=user, person=user, password=password)

    def send_notification_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """No mail server is needed to run this, so none is asked."""
