from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from nhipcau.workspace.domain.notices import mark_read
from nhipcau.workspace.queries import notices as queries

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_POST
def notices_read(request: Any) -> HttpResponse:
    """Mark the notices named in the form as read, or all where none is named; back to the list as it was narrowed."""
    rows = queries.notices()
    named = [key for key in request.POST.getlist("notice") if key.isdecimal()]
    if named:
        rows = rows.filter(pk__in=named)
    mark_read(actor=request.user, notices=rows)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = resolve_url("workspace:notices")
    return HttpResponseRedirect(back)
