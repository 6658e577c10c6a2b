from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from nhipcau.access import current
from nhipcau.workspace.queries import imports as queries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

RECENT = 10


@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """What can be imported by whoever asks, and what they imported last."""
    shown = {
        "importers": queries.importers_for(current()),
        "files": queries.import_files().filter(taken_at__isnull=False)[:RECENT],
    }
    return render(request, "workspace/imports.html", shown)
