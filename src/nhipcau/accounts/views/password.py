from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.views import PasswordChangeView
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


class ChangePasswordView(PasswordChangeView):
    """A signed-in person gives themselves a new password."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Sample people are signed in with one click and have no password to change."""
        if not request.user.has_usable_password():
            messages.info(request, gettext("This account has no password to change."))
            return redirect("home")
        return super().dispatch(request, *args, **kwargs)


change_password = ChangePasswordView.as_view()
