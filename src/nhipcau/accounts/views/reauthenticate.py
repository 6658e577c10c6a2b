from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.views import BaseReauthenticateView, ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext

from nhipcau.accounts.reauthentication import confirm

if TYPE_CHECKING:
    from django.http import HttpResponse


class ByPasswordView(ReauthenticateView):
    """Prove it with the password."""

    template_name = "account/reauthenticate.html"

    def get_form(self, form_class: Any = None) -> Any:
        """The form without the library's own hint to a lost password."""
        form = super().get_form(form_class)
        form.fields["password"].help_text = ""
        form.fields["password"].widget.attrs |= {"placeholder": "", "autofocus": True}
        return form


class ByCodeView(ReauthenticateByCodeView):
    """Prove it with a code from the authenticator app, or a recovery code."""

    template_name = "account/reauthenticate.html"

    def get_form(self, form_class: Any = None) -> Any:
        """The form with the label that the screen shows."""
        form = super().get_form(form_class)
        form.fields["code"].label = gettext("Code from the app, or a recovery code")
        form.fields["code"].widget.attrs |= {"placeholder": "", "inputmode": "numeric", "autofocus": True}
        return form


class ByKeyView(ReauthenticateWebAuthnView):
    """Prove it with a passkey or security key."""

    template_name = "mfa/webauthn/reauthenticate.html"

    def get_form(self, form_class: Any = None) -> Any:
        """The form with the label that the screen shows."""
        form = super().get_form(form_class)
        form.fields["credential"].label = gettext("Key")
        return form

    def form_invalid(self, form: Any) -> HttpResponse:
        """Try again here, and not where one signs in."""
        return self.render_to_response(self.get_context_data() | {"form": form})


@method_decorator(login_required, name="dispatch")
class ConfirmView(BaseReauthenticateView):
    """For those with neither password nor factor: sample people press a button, others sign in anew."""

    form_class = forms.Form
    template_name = "account/confirm.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``provider``: name of the provider at which to sign in anew; empty where a button is enough."""
        return super().get_context_data(**kwargs) | {"provider": "" if self._button_is_enough() else settings.OIDC_NAME}

    def form_valid(self, form: Any) -> HttpResponse:
        """Note it and go on with what was asked for."""
        if not self._button_is_enough():
            return redirect(self.request.get_full_path())
        confirm(self.request)
        return super().form_valid(form)

    def _button_is_enough(self) -> bool:
        return bool(settings.DEMO and self.request.user.sample)


by_password = ByPasswordView.as_view()
by_code = ByCodeView.as_view()
by_key = ByKeyView.as_view()
confirm_oneself = ConfirmView.as_view()
