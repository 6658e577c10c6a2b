from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required

from nhipcau.press.listings import DIGESTS
from nhipcau.ui.listing import show

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def digests(request: HttpRequest) -> HttpResponse:
    """The digests of the reader's offices and those that were sent to them, newest first; all of it searched."""
    return show(request, DIGESTS)
