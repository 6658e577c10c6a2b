from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from nhipcau.access import current
from nhipcau.desk import finding
from nhipcau.desk.context import places

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: From how many characters on the tables are asked, and how many hits of each kind are offered.
SHORTEST, EACH = 2, 4


@require_safe
def palette(request: HttpRequest) -> HttpResponse:
    """The list below the command palette's field: places, actions, and what the words typed find."""
    text, access = request.GET.get("q", "").strip(), current()
    to_go, to_start = finding.ways(text, access, list(places("", access)))
    found = finding.found(text, limit=EACH) if len(text) >= SHORTEST else []
    return render(request, "desk/palette.html", {"q": text, "to_go": to_go, "to_start": to_start, "found": found})
