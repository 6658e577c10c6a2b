from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from nhipcau.access import system
from nhipcau.access.rights import require
from nhipcau.accounts.views.demo import at_this_machine
from nhipcau.desk import health as parts_of
from nhipcau.ui.templatetags.ui import vi_number
from nhipcau.workspace.domain.mail import retry_address
from nhipcau.workspace.queries import mail as post

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: Refused addresses that the screen names.
NAMED = 50
#: A shorter token could be guessed.
SHORTEST_TOKEN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def health(request: Any) -> HttpResponse:
    """How every part of the installation is and what to do, for the system owner; a refused address is tried again."""
    require("desk.see_health", request.user)
    if request.method == "POST":
        return _retry(request)
    with system("health"):
        parts = list(parts_of.bad_first(parts_of.examine()))
        refused = list(post.refused_addresses()[:NAMED])
    shown: dict[str, Any] = {"parts": parts, "refused": refused, "answer": _answer(parts)}
    return render(request, "desk/health.html", shown)


def _answer(parts: list[parts_of.Part]) -> str:
    wrong = sum(part.state != parts_of.GOOD for part in parts)
    if not wrong:
        return gettext("Everything is in order")
    return ngettext("%(n)s thing to look at", "%(n)s things to look at", wrong) % {"n": vi_number(wrong)}


def _retry(request: Any) -> HttpResponse:
    key = request.POST.get("refused", "")
    if not key.isdecimal():
        raise Http404
    with system("health"):
        refused = get_object_or_404(post.refused_addresses(), pk=key)
        address = refused.address
        retry_address(actor=request.user, refused=refused)
    messages.success(request, gettext("%(address)s is tried again with the next notice.") % {"address": address})
    return redirect("health")


@login_not_required
@require_safe
def health_json(request: HttpRequest) -> HttpResponse:
    """The same for a monitoring program: at this very machine, or with the operator's token; not found for others.

    Says states and counts, no address of anybody and nothing of content. 503 where a part is not in order.
    """
    if not (at_this_machine(request) or _has_token(request)):
        raise Http404
    with system("health"), translation.override("en"):
        parts = parts_of.examine()
    state = parts_of.verdict(parts)
    said = {
        "state": state,
        "at": timezone.now().isoformat(),
        "parts": {part.key: {"state": part.state, "detail": part.detail.partition(": ")[0]} for part in parts},
    }
    return JsonResponse(said, status=503 if state == parts_of.BAD else 200)


def _has_token(request: HttpRequest) -> bool:
    token = settings.HEALTH_TOKEN
    said = request.headers.get("Authorization", "")
    return len(token) >= SHORTEST_TOKEN and secrets.compare_digest(said.encode(), f"Bearer {token}".encode())
