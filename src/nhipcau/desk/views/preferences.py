from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from nhipcau.accounts.domain.people import change_preferences

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_not_required
def preferences(request: Any) -> HttpResponse:
    """Change language, text size or colours, and go back to where the reader was. Anybody may, signed in or not."""
    if request.method != "POST":
        # Reached by going back, or by a choice made on the page that refused a form sent here.
        return redirect("home")
    request.look = request.look.changed(request.POST.dict())
    if request.user.is_authenticated:
        change_preferences(
            actor=request.user,
            person=request.user,
            language=request.look.language,
            text_size=request.look.text_size,
            theme=request.look.theme,
        )
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = resolve_url("home")
    return HttpResponseRedirect(back)
