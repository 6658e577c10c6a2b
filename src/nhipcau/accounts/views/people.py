from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required

from nhipcau.accounts.listings import PEOPLE
from nhipcau.ui.listing import show

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Who is in the reader's offices today, in which roles, and who stands in for whom."""
    return show(request, PEOPLE)
