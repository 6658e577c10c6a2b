from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from nhipcau.accounts.domain.people import set_password

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class AccountAdapter(DefaultAccountAdapter):
    """How the sign-in library behaves here: nobody signs up by themselves, and passwords change through the domain."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's own signature
        """Accounts are made by those who may make them."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:  # noqa: ARG002 - as above
        """Said to somebody who gave the right password, so nothing is given away."""
        messages.error(request, gettext("This account may no longer sign in. Ask whoever runs this system."))
        return HttpResponseRedirect(reverse("account_login"))

    def set_password(self, user: Any, password: str) -> None:
        """Change it as the person whose it is, with an audit entry."""
        set_password(actor=user, person=user, password=password)

    def send_notification_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """No mail server is needed to run this, so none is asked."""
