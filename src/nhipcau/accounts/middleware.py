from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect

from nhipcau.access import opened
from nhipcau.accounts.mfa import factor_missing
from nhipcau.accounts.queries import access_for
from nhipcau.audit.domain.record import request_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from nhipcau.access import Access


class OpenAccessMiddleware:
    """Opens the access of whoever is signed in for the whole answer, templates and streams included.

    For a stranger nothing is opened: a scoped query then fails, whatever view forgot to ask for a sign-in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        """Answer under the person's access, with an identifier for the audit entries of this request."""
        identifier = request_id.set(secrets.token_hex(8))
        try:
            if not request.user.is_authenticated:
                return self.get_response(request)
            access = access_for(request.user)
            with opened(access):
                response: Any = self.get_response(request)
            if response.streaming and not response.is_async:
                response.streaming_content = _under(access, response.streaming_content)
            return response
        finally:
            request_id.reset(identifier)


def _under(access: Access, parts: Iterable[bytes]) -> Iterator[bytes]:
    """The parts of a stream, each made under the access: they are asked for after the middleware has returned."""
    iterator = iter(parts)
    while True:
        with opened(access):
            part = next(iterator, None)
        if part is None:
            return
        yield part


#: Screens on which somebody without a factor sets one up, proves who they are, reads them at ease, or leaves.
WITHOUT_FACTOR = frozenset(
    {
        "account_confirm",
        "account_factor_needed",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "preferences",
    }
)


class RequireFactorMiddleware:
    """Leads whoever holds a role that asks for a second factor to set one up, before anything else is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing here: which view is asked for is known later."""
        return self.get_response(request)

    def process_view(self, request: Any, *_view: object) -> HttpResponseBase | None:
        """The screen about factors in place of the one asked for."""
        if not request.user.is_authenticated or request.resolver_match.view_name in WITHOUT_FACTOR:
            return None
        return redirect("account_factor_needed") if factor_missing(request) else None
