from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required

from nhipcau.press.listings import COVERAGE
from nhipcau.ui.listing import show

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def articles(request: HttpRequest) -> HttpResponse:
    """What the press wrote: folded search, filters, newest first, and how many articles are not shown."""
    return show(request, COVERAGE)
