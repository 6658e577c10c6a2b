from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers

from nhipcau.desk.look import COOKIE, COOKIE_AGE, Look

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class NotKeptMiddleware:
    """Has no browser and no proxy keep a page: desks are shared, and going back after signing out must show nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark the answer, unless its view said how long it may be kept."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class LanguageMiddleware:
    """Answers in the reader's language: Vietnamese unless chosen otherwise, whatever the browser asks for.

    ``request.look`` is the look in which the page is made. It starts as the cookie says; once it is known who is signed
    in, that person's own choice takes its place. The cookie follows, so sign-in and error pages look the same.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Answer in the language of the look, and let the cookie follow what was chosen meanwhile."""
        before = request.COOKIES.get(COOKIE)
        request.look = Look.read(before)
        with translation.override(request.look.language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.look.language)
        patch_vary_headers(response, ("Cookie",))
        chosen = request.look.cookie()
        if chosen != (before or Look().cookie()):
            response.set_cookie(
                COOKIE, chosen, max_age=COOKIE_AGE, secure=settings.SECURE, httponly=True, samesite="Lax"
            )
        return response

    def process_view(self, request: Any, *_view: object) -> None:
        """The person is known by now: their own choice counts."""
        if request.user.is_authenticated:
            request.look = Look.of(request.user)
            translation.activate(request.look.language)
