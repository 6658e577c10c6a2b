from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.views import (
    PasswordChangeView,
    PasswordResetDoneView,
    PasswordResetFromKeyView,
    PasswordResetView,
)
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext

from nhipcau.accounts.views.sign_in import at_the_door

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class ChangePasswordView(PasswordChangeView):
    """A signed-in person gives themselves a new password."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Sample people are signed in with one click and have no password to change."""
        if not request.user.has_usable_password():
            messages.info(request, gettext("This account has no password to change."))
            return redirect("home")
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class: Any = None) -> Any:
        """The form without the library's own hint to a lost password."""
        form = super().get_form(form_class)
        form.fields["oldpassword"].help_text = ""
        return form


class AskForLinkView(PasswordResetView):
    """Have a link to set a new password sent to one's address, where this installation sends mail."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Not there where no mail is sent."""
        if not settings.MAIL:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class: Any = None) -> Any:
        """The form with the label that the screen shows."""
        form = super().get_form(form_class)
        form.fields["email"].label = gettext("E-mail address")
        form.fields["email"].widget.attrs |= {"placeholder": "", "autocomplete": "username"}
        return form


class SetByLinkView(PasswordResetFromKeyView):
    """Set a password: the first one, by a link in an invitation, or a new one, by a link in a mail."""

    success_url = reverse_lazy("account_login")


ask_for_link = at_the_door(AskForLinkView.as_view())
link_sent = at_the_door(PasswordResetDoneView.as_view())
set_by_link = at_the_door(SetByLinkView.as_view())
change_password = ChangePasswordView.as_view()
