from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required

from nhipcau.audit.listings import ENTRIES
from nhipcau.audit.queries import require_auditor
from nhipcau.ui.listing import show

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def entries(request: HttpRequest) -> HttpResponse:
    """What was done for the organisations that the reader audits: search, filters, newest first."""
    require_auditor()
    return show(request, ENTRIES)
