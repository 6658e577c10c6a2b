from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nhipcau import search
from nhipcau.access import current
from nhipcau.workspace.models import Letter
from nhipcau.workspace.queries.letters import incoming_letters, outgoing_letters
from nhipcau.workspace.rules.letters import WRITERS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: Rows of one page of a list.
PAGE = 50


@login_required
@require_safe
def incoming(request: HttpRequest) -> HttpResponse:
    """What came to my offices: what is to be taken in first."""
    asked = request.GET.get("q", "")
    rows = incoming_letters()
    if asked.strip():
        rows = rows.filter(letter_id__in=search.matching(Letter.objects.all(), asked).values("pk"))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    waiting = rows.filter(received_at__isnull=True).count()
    return render(request, "workspace/letters_incoming.html", _shown(page, asked) | {"waiting": waiting})


@login_required
@require_safe
def outgoing(request: HttpRequest) -> HttpResponse:
    """What my offices write and issue."""
    asked = request.GET.get("q", "")
    rows = search.matching(outgoing_letters(), asked)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "workspace/letters_outgoing.html", _shown(page, asked))


def _shown(page: Any, asked: str) -> dict[str, Any]:
    return {
        "page": page,
        "asked": asked,
        "may_write": bool(current().organisations(*WRITERS)),
    }
