from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required

from nhipcau.ui.listing import show
from nhipcau.workspace.listings import INCOMING, OUTGOING

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def incoming(request: HttpRequest) -> HttpResponse:
    """What came to my offices: how many letters are to be taken in."""
    return show(request, INCOMING)


@login_required
def outgoing(request: HttpRequest) -> HttpResponse:
    """What my offices write and issue."""
    return show(request, OUTGOING)
