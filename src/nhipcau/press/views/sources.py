from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required

from nhipcau.press.listings import SOURCES
from nhipcau.ui.listing import show

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def sources(request: HttpRequest) -> HttpResponse:
    """Do the sources deliver? Those in trouble first, and what the last runs of the collector brought."""
    return show(request, SOURCES)
