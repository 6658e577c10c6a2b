from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from nhipcau.workspace.domain.notices import mark_read
from nhipcau.workspace.queries import notices as queries


@require_safe
def notice(request: Any, notice_id: int) -> HttpResponse:
    """Go to what a notice is about; it is read from now on. A look ahead (HEAD) leaves it unread."""
    told = get_object_or_404(queries.notices(), pk=notice_id)
    if not queries.still_visible([told]):
        raise Http404
    if request.method == "GET":
        mark_read(actor=request.user, notices=queries.notices().filter(pk=told.pk))
    onward = told.url if url_has_allowed_host_and_scheme(told.url, allowed_hosts=None) else "/"
    body = format_html('<p>{} <a href="{}">{}</a></p>', told.said, onward, onward)
    return HttpResponse(body, status=302, headers={"Location": onward})
