from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nhipcau.audit import queries
from nhipcau.audit.listings import kind_of
from nhipcau.audit.reading import lines

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_safe
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One entry: everything that is kept of it, its place in the chain, and what else happened by the same click."""
    shown = get_object_or_404(queries.entries(), pk=entry_id)
    context = {
        "entry": shown,
        "line": lines([shown])[0],
        "kind": kind_of(shown),
        "place": queries.place_of(shown),
        "together": queries.of_the_same_request(shown),
    }
    return render(request, "audit/entry.html", context)
