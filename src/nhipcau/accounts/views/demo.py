from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, resolve_url

from nhipcau.access import system
from nhipcau.accounts.models import Person

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: Headers that a proxy adds. Behind one, every visitor seems to come from this machine.
_FORWARDED = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP")


def demo_allowed(request: HttpRequest) -> bool:
    """Whether one-click sign-in is there: in a demonstration, for somebody at this very machine."""
    if not settings.DEMO or any(header in request.META for header in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@login_not_required
def demo_sign_in(request: HttpRequest, person_id: int) -> HttpResponse:
    """Sign in as a sample person with one click; not found for anybody else and in any other case."""
    if request.method != "POST" or not demo_allowed(request):
        raise Http404
    with system("demo sign-in"):
        person = get_object_or_404(Person, pk=person_id, sample=True, is_active=True)
        login(request, person)
    return HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))
