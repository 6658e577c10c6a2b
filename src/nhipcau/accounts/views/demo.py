from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseRedirect
from django.http.request import split_domain_port
from django.shortcuts import get_object_or_404, resolve_url

from nhipcau.access import system
from nhipcau.accounts.models import Person

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: Headers that a proxy adds, by how they begin. Behind one, every visitor seems to come from this machine.
_FORWARDED = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_CLIENT_IP", "HTTP_CF_")


def demo_allowed(request: HttpRequest) -> bool:
    """Whether one-click sign-in is there: in a demonstration, for somebody at this very machine."""
    return settings.DEMO and at_this_machine(request)


def at_this_machine(request: HttpRequest) -> bool:
    """Whether somebody at this very machine asks, and no proxy for somebody else."""
    if any(header.startswith(_FORWARDED) for header in request.META):
        return False
    host, _port = split_domain_port(request.get_host())
    # A proxy on this machine that adds nothing usually still says for which host it was asked.
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and (host == "localhost" or _is_loopback(host.strip("[]")))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
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
