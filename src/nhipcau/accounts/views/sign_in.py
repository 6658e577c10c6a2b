from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.utils.translation import gettext

from nhipcau.access import system
from nhipcau.accounts.queries import sample_offices
from nhipcau.accounts.views.demo import demo_allowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


def at_the_door(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer people who have not signed in yet: the system looks for who they are, for this purpose and no longer."""

    @login_not_required
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with system("sign-in"):
            return view(request, *args, **kwargs)

    return answered


class SignInView(LoginView):
    """Sign in with e-mail address and password; in a demonstration also with one click per sample person."""

    def get_form(self, form_class: Any = None) -> Any:
        """The form with the labels that the screen shows, for the sentences about what is wrong with it."""
        form = super().get_form(form_class)
        form.fields["login"].label, form.fields["password"].label = gettext("E-mail address"), gettext("Password")
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``demo_offices``: the people who can be signed in with one click, by office, where that is allowed."""
        offices = sample_offices() if demo_allowed(self.request) else []
        return super().get_context_data(**kwargs) | {
            "demo_offices": offices,
            "provider": settings.OIDC_NAME,
            "mail": settings.MAIL,
        }


class SecondFactorView(AuthenticateView):
    """The password was right; now a code from the authenticator app, a recovery code, or a key."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``app``, ``key`` and ``code``: whether this person has the app, a key, anything that gives a code."""
        shown = super().get_context_data(**kwargs)
        shown["webauthn_form"].fields["credential"].label = gettext("Key")
        shown["form"].fields["code"].label = gettext("Code from the app, or a recovery code")
        person = self.stage.login.user
        kinds = set(Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True))
        return shown | {"app": "totp" in kinds, "key": "webauthn" in kinds, "code": bool(kinds - {"webauthn"})}


class SignInByKeyView(LoginWebAuthnView):
    """Sign in with a passkey alone: it stands for something one has and something one is or knows."""


sign_in = at_the_door(SignInView.as_view())
second_factor = at_the_door(SecondFactorView.as_view())
sign_in_by_key = at_the_door(SignInByKeyView.as_view())
