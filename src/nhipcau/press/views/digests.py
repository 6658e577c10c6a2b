from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nhipcau.press import queries
from nhipcau.press.views.articles import PAGE

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_safe
def digests(request: HttpRequest) -> HttpResponse:
    """The digests of the reader's offices, newest first."""
    page = Paginator(queries.digests(), PAGE).get_page(request.GET.get("page"))
    return render(request, "press/digests.html", {"page": page, "sample": any(digest.sample for digest in page)})
