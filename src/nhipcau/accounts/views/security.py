from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from nhipcau.access import current
from nhipcau.accounts.domain.security import note
from nhipcau.accounts.mfa import factor_missing, factor_required, has_factor
from nhipcau.accounts.reauthentication import reauthenticated

if TYPE_CHECKING:
    from django.http import HttpResponse


class SecurityView(IndexView):
    """How the person signs in, and what they may add: password, authenticator app, keys, recovery codes, provider."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``app``, ``keys``, ``codes``: the factors there are; ``identities``: those at the provider."""
        shown = super().get_context_data(**kwargs)
        found = shown["authenticators"]
        return shown | {
            "app": found.get(Authenticator.Type.TOTP),
            "keys": found.get(Authenticator.Type.WEBAUTHN, []),
            "codes": found.get(Authenticator.Type.RECOVERY_CODES),
            "required": factor_required(current()),
            "protected": has_factor(self.request.user),
            "provider": settings.OIDC_NAME,
            "identities": list(SocialAccount.objects.filter(user_id=self.request.user.pk).order_by("pk")),
        }


@require_safe
def factor_needed(request: Any) -> HttpResponse:
    """What to do first: this person's role asks for a second factor, and there is none yet."""
    if not factor_missing(request):
        return redirect("mfa_index")
    return render(request, "account/factor_needed.html")


@method_decorator(transaction.atomic, name="post")
class AddAppView(ActivateTOTPView):
    """Set up an authenticator app: scan, type the code it shows."""

    template_name = "mfa/totp/activate_form.html"

    def get_form(self, form_class: Any = None) -> Any:
        """The form with the label that the screen shows."""
        form = super().get_form(form_class)
        form.fields["code"].label = gettext("The 6 figures that the app shows")
        form.fields["code"].widget.attrs |= {"inputmode": "numeric", "placeholder": "", "autofocus": True}
        return form


@method_decorator(transaction.atomic, name="post")
class RemoveAppView(DeactivateTOTPView):
    """Take the authenticator app away."""

    template_name = "mfa/totp/deactivate_form.html"


@method_decorator(transaction.atomic, name="post")
class AddKeyView(AddWebAuthnView):
    """Add a passkey or a security key."""

    template_name = "mfa/webauthn/add_form.html"

    def get_form(self, form_class: Any = None) -> Any:
        """The form with the labels that the screen shows, for the sentences about what is wrong with it."""
        form = super().get_form(form_class)
        form.fields["name"].label, form.fields["credential"].label = gettext("Name of the key"), gettext("Key")
        return form


class OwnKey:
    """The part of the views about one key that finds it: among the person's own and nowhere else."""

    pk_url_kwarg = "authenticator_id"
    success_url = reverse_lazy("mfa_index")


@method_decorator(transaction.atomic, name="post")
class RemoveKeyView(OwnKey, RemoveWebAuthnView):
    """Take a key away, unless a role asks for a factor and it is the last."""

    template_name = "mfa/webauthn/authenticator_confirm_delete.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, or say why it stays."""
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return super().form_valid(form)


@method_decorator(transaction.atomic, name="post")
class RenameKeyView(OwnKey, EditWebAuthnView):
    """Give a key the name by which its owner knows it."""

    template_name = "mfa/webauthn/edit_form.html"

    def get_form(self, form_class: Any = None) -> Any:
        """The form with the label that the screen shows."""
        form = super().get_form(form_class)
        form.fields["name"].label = gettext("Name of the key")
        return form


class RecoveryCodesView(ViewRecoveryCodesView):
    """The recovery codes not used yet, to be printed and locked away."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Reading them is on record: whoever has read them can sign in."""
        shown = super().get_context_data(**kwargs)
        person = self.request.user
        note(actor=person, verb="accounts.view_recovery_codes", person=person)
        return shown


@method_decorator(transaction.atomic, name="post")
class MakeRecoveryCodesView(GenerateRecoveryCodesView):
    """Make new recovery codes; the old ones no longer work."""


def _sensitive(view: Any) -> Any:
    """Under a fresh proof, and by no other method than those that are wanted."""
    return login_required(require_http_methods(["GET", "HEAD", "POST"])(reauthenticated(view.as_view())))


security = require_safe(SecurityView.as_view())
add_app = _sensitive(AddAppView)
remove_app = _sensitive(RemoveAppView)
add_key = _sensitive(AddKeyView)
remove_key = _sensitive(RemoveKeyView)
rename_key = _sensitive(RenameKeyView)
recovery_codes = _sensitive(RecoveryCodesView)
make_recovery_codes = _sensitive(MakeRecoveryCodesView)
