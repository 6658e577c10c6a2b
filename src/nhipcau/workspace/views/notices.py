from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nhipcau.access import current
from nhipcau.workspace.notice_kinds import kinds
from nhipcau.workspace.queries import notices as queries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: Notices of one page.
PAGE = 50


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What the reader was told, the newest first; narrowed to the unread or to one kind."""
    rows = queries.notices()
    unread_only, wanted = request.GET.get("chua-doc") == "1", request.GET.get("loai", "")
    if unread_only:
        rows = rows.filter(read_at__isnull=True)
    offered = kinds()
    if wanted in {kind.key for kind in offered}:
        rows = rows.filter(kind=wanted)
    else:
        wanted = ""
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown: dict[str, Any] = {
        "page": page,
        "rows": queries.as_shown(page.object_list),
        "unread": queries.unread_count(current()),
        "kinds": offered,
        "wanted": wanted,
        "unread_only": unread_only,
        "mail": settings.MAIL,
    }
    return render(request, "workspace/notices.html", shown)
