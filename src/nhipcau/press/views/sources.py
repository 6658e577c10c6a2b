from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nhipcau.press import queries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: Sources of one page, and runs of the collector below them.
PAGE = 200
RUNS = 20


@login_required
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Do the sources deliver? Those in trouble first, and what the last runs of the collector brought."""
    page = Paginator(queries.sources(), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "failing": queries.sources_failing().count(),
        "collections": queries.collections()[:RUNS],
        "sample": any(source.outlet.sample for source in page),
    }
    return render(request, "press/sources.html", context)
