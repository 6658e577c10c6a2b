from __future__ import annotations

import logging
from threading import Thread
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from nhipcau.accounts.domain.people import set_password
from nhipcau.accounts.phrases import CHANGES
from nhipcau.accounts.reauthentication import proved_recently, ways

if TYPE_CHECKING:
    from django.core.mail import EmailMessage
    from django.http import HttpRequest, HttpResponse


logger = logging.getLogger(__name__)


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except Exception:
        logger.exception("A mail of sign-in was not sent.")


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

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:  # noqa: ARG002 - the library's own signature
        """One rule for the library's screens and for ours."""
        return not proved_recently(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """How this person can prove who they are; never none."""
        return ways(super().get_reauthentication_methods(user)) if user.is_authenticated else []

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address that a mail carries; the library writes person and token as one word."""
        person, _hyphen, token = key.partition("-")
        return settings.URL + reverse("account_reset_password_from_key", args=[person, token])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send aside: how long a mail takes, or that it fails, would tell a stranger that the address is known."""
        with translation.override(context["user"].language):
            message = self.render_mail(template_prefix, email, context | {"email": email})
        Thread(target=_send, args=[message], name="mail", daemon=True).start()

    def send_notification_mail(self, template_prefix: str, user: Any, *_args: Any, **_kwargs: Any) -> None:
        """Tell a person that what opens their account has changed, where mail is sent: it may not have been they."""
        if settings.MAIL and template_prefix in CHANGES:
            context = {"user": user, "change": CHANGES[template_prefix], "url": settings.URL + reverse("mfa_index")}
            self.send_mail("account/email/changed", user.email, context)
