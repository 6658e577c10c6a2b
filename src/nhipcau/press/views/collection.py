from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nhipcau.press import queries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_safe
def collection(request: HttpRequest, collection_id: int) -> HttpResponse:
    """One run of the collector: what came, what was rejected and why, what could not be read."""
    shown = get_object_or_404(queries.collections(), pk=collection_id)
    context = {
        "collection": shown,
        "rejected": sorted(shown.rejected.items()),
        "sample": shown.new_articles.filter(outlet__sample=True).exists(),
    }
    return render(request, "press/collection.html", context)
