from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from nhipcau.access import opened
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
