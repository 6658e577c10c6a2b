from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nhipcau.press import queries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: Rows of one page.
PAGE = 50


@login_required
@require_safe
def digests(request: HttpRequest) -> HttpResponse:
    """The digests of the reader's offices, newest first."""
    page = Paginator(queries.digests(), PAGE).get_page(request.GET.get("page"))
    return render(request, "press/digests.html", {"page": page, "sample": any(digest.sample for digest in page)})
