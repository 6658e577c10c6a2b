from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.views import LoginView
from django.contrib.auth.decorators import login_not_required
from django.utils.translation import gettext

from nhipcau.access import system
from nhipcau.accounts.queries import sample_people
from nhipcau.accounts.views.demo import demo_allowed

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class SignInView(LoginView):
    """Sign in with e-mail address and password; in a demonstration also with one click per sample person."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody is signed in yet: the system writes the time of the last sign-in."""
        with system("sign-in"):
            return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class: Any = None) -> Any:
        """The form with the labels that the screen shows, for the sentences about what is wrong with it."""
        form = super().get_form(form_class)
        form.fields["login"].label, form.fields["password"].label = gettext("E-mail address"), gettext("Password")
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``demo_people``: memberships of the people who can be signed in with one click, where that is allowed."""
        people = list(sample_people()) if demo_allowed(self.request) else []
        return super().get_context_data(**kwargs) | {"demo_people": people}


sign_in = login_not_required(SignInView.as_view())
