from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from nhipcau.accounts.browsers import browser
from nhipcau.accounts.domain.security import end_other_sessions, end_session
from nhipcau.accounts.queries import open_sessions

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
@require_safe
def sessions(request: Any) -> HttpResponse:
    """Where the person is signed in now: since when, from which address, with which browser."""
    found = open_sessions(request.user)
    if not any(session.is_current() for session in found):
        UserSession.objects.create_from_request(request)
        found = open_sessions(request.user)
    found.sort(key=lambda session: not session.is_current())
    for session in found:
        session.browser = browser(session.user_agent)
    return render(request, "usersessions/usersession_list.html", {"sessions": found})


@login_required
@require_POST
def end(request: Any, usersession_id: int) -> HttpResponse:
    """Sign one of them out."""
    session = get_object_or_404(UserSession, pk=usersession_id, user_id=request.user.pk)
    if session.is_current():
        return redirect("account_logout")
    end_session(actor=request.user, session=session)
    messages.success(request, gettext("That session is signed out."))
    return redirect("usersessions_list")


@login_required
@require_POST
def end_others(request: Any) -> HttpResponse:
    """Sign all of them out but this one."""
    ended = end_other_sessions(
        actor=request.user, sessions=open_sessions(request.user), kept=request.session.session_key
    )
    said = ngettext("%(n)s other session is signed out.", "%(n)s other sessions are signed out.", ended) % {"n": ended}
    messages.success(request, said)
    return redirect("usersessions_list")
