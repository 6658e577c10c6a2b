"""Signing in with the organisation's own service (OpenID Connect), where the operator named one.

Nobody signs up that way. An identity opens the account of a person who exists: by an e-mail address that the service
has verified, or because that person connected it while signed in.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from nhipcau.accounts.models import Person

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.http import HttpRequest

logger = logging.getLogger(__name__)
#: What goes wrong where a service cannot be reached or does not answer as OpenID Connect says.
FAILURES = (requests.RequestException, OAuth2Error, LookupError, TypeError, ValueError, AttributeError)
#: The parts of what the service says about a person that are kept; names and pictures are none of them.
KEPT = ("sub", "email", "email_verified")


class ElsewhereError(requests.RequestException):
    """The service sent us to a host that the operator did not name."""


class NamedHostsOnly(requests.Session):
    """Speaks with the hosts that the operator named and follows no redirect."""

    def request(self, method: Any, url: Any, **options: Any) -> requests.Response:
        """The answer.

        Raises:
            ElsewhereError: the address is on another host, or speaks plainly where the service is reached by HTTPS.
            requests.RequestException: the service cannot be reached, or takes too long.
        """
        where, service = urlsplit(url), urlsplit(settings.OIDC_SERVER)
        if where.netloc not in settings.OIDC_HOSTS or where.scheme != service.scheme:
            raise ElsewhereError(f"{where.scheme}://{where.netloc} is not a host of NHIPCAU_OIDC_SERVER.")
        chosen = {"timeout": settings.SOCIALACCOUNT_REQUESTS_TIMEOUT, "allow_redirects": False}
        answer = super().request(method, url, **options | chosen)
        if answer.is_redirect:
            raise ElsewhereError(f"{url} answers with a redirect.")
        return answer


class ProviderAdapter(DefaultSocialAccountAdapter):
    """How the sign-in library treats identities of the organisation's service here."""

    def get_requests_session(self) -> requests.Session:
        """Every call to the service goes through this."""
        return NamedHostsOnly()

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:  # noqa: ARG002 - the library's own signature
        """Done in :meth:`pre_social_login`: the library's way would take the person's password away."""
        return

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> Any:  # noqa: ARG002 - as above
        """Make nobody from what the service says; keep of it what is needed, before anything is stored."""
        _same_subject(request, sociallogin.account.extra_data)
        sociallogin.account.extra_data = _kept(sociallogin.account.extra_data)
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find whose identity it is; connect it where the address is verified; refuse everybody else."""
        if sociallogin.state.get("process") == "connect" or sociallogin.is_existing:
            return
        verified = [address.email.lower() for address in sociallogin.email_addresses if address.verified is True]
        person = Person.objects.filter(email__in=verified, is_active=True).first()
        if person is None:
            _refuse(request, gettext("Nobody signs in here by that identity. Ask whoever runs this system."))
        sociallogin.connect(request, person)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 - as above
        """Nobody signs up."""
        return False

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,  # noqa: ARG002 - as above
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,  # noqa: ARG002 - as above
    ) -> None:
        """Back to where one came from, with a sentence; what went wrong is for the operator's log."""
        if error == AuthError.CANCELLED:
            _refuse(request, gettext("Signing in was given up."))
        answered_badly(request, exception)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:  # noqa: ARG002 - as above
        """Back to the screen on which it was connected."""
        return reverse("mfa_index")


def answered_badly(request: HttpRequest, exception: Exception | None) -> NoReturn:
    """Tell the person that the service failed, and the operator how.

    Raises:
        ImmediateHttpResponse: always; it leads back.
    """
    logger.warning("The sign-in service failed: %r", exception)
    _refuse(request, gettext("The sign-in service could not be asked, or its answer was not good. Try again."))


def _kept(said: dict[str, Any]) -> dict[str, Any]:
    return {part: {name: about[name] for name in KEPT if name in about} for part, about in said.items()}


def _same_subject(request: HttpRequest, said: dict[str, Any]) -> None:
    """What the service says about a person must be about the one whose token it gave (OpenID Connect Core, 5.3.2)."""
    if len({about.get("sub") for about in said.values()}) != 1:
        answered_badly(request, ValueError("two answers about two people"))


def _refuse(request: Any, said: str) -> NoReturn:
    messages.error(request, said)
    raise ImmediateHttpResponse(
        HttpResponseRedirect(reverse("mfa_index" if request.user.is_authenticated else "account_login"))
    )
