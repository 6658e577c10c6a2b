from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def notice_count(request: HttpRequest) -> HttpResponse:
    """The bell of the header alone, asked for every two minutes by whoever keeps a page open."""
    return render(request, "ui/bell.html")
