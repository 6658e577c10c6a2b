"""Proof of who sits there, asked for again before what cannot be taken back: issue, unlock, export everything.

A session lasts a day and a desk may stand open. A view under :func:`reauthenticated` is answered only where the person
gave a password, a factor or signed in within ``ACCOUNT_REAUTHENTICATION_TIMEOUT`` seconds.
"""

from __future__ import annotations

import time
from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

#: How the record of a session names the proof of a sample person, who has nothing to prove anything by.
CONFIRMED = "confirmed"


def proved_at(request: Any) -> float:
    """When whoever is signed in last proved it in this session, in seconds since 1970; 0 for never."""
    return max((record["at"] for record in get_authentication_records(request, request.user)), default=0.0)


def proved_recently(request: Any) -> bool:
    """Whether the last proof is still good."""
    return bool(request.user.is_authenticated) and (
        time.time() - proved_at(request) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    )


def confirm(request: Any) -> None:
    """Note that somebody without a password or factor said that it is they."""
    record_authentication(request, request.user, CONFIRMED, reauthenticated=True)


def ways(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The ways in which a person can prove who they are, the first being offered first.

    ``found`` are those that the sign-in library knows: password, code, key. Whoever has none of them confirms: a sample
    person of a demonstration with one click, anybody else by signing in anew at the organisation's service.
    """
    if found:
        return found
    return [{"id": CONFIRMED, "description": gettext("Confirm that it is you"), "url": reverse("account_confirm")}]


def ask_again(request: HttpRequest) -> HttpResponseBase:
    """Lead to the first way of proving it; the request waits and goes on afterwards."""
    first = get_adapter(request).get_reauthentication_methods(request.user)[0]
    answer: HttpResponseBase = suspend_request(request, first["url"])
    return answer


def reauthenticated(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Have the view ask for a proof first where the last one is too old; after it, what was asked for goes on.

    A form that was sent is kept meanwhile and done after the proof; files sent with it are not, so a form with files
    stands behind a page that asks already when it is opened.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if proved_recently(request) else ask_again(request)

    return asked
