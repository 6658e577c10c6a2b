from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render

from nhipcau.law import queries
from nhipcau.law.listings import BASES, DEADLINES
from nhipcau.ui.listing import show

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def deadlines(request: HttpRequest) -> HttpResponse:
    """What must be done by when, under the law of one day."""
    return show(request, DEADLINES)


@login_required
def bases(request: HttpRequest) -> HttpResponse:
    """Which legal documents the system works by."""
    return show(request, BASES)


@login_required
def basis(request: HttpRequest, basis_id: int) -> HttpResponse:
    """One legal document and the deadlines that it sets."""
    document = get_object_or_404(queries.bases(), pk=basis_id)
    return render(request, "law/basis.html", {"basis": document, "deadlines": queries.deadlines_of(document)})


@login_required
def deadline(request: HttpRequest, deadline_id: int) -> HttpResponse:
    """One rule, what came before and after it, and the way to compute by it."""
    rule = get_object_or_404(queries.deadlines(), pk=deadline_id)
    return render(request, "law/deadline.html", {"deadline": rule, "versions": queries.versions_of(rule.kind)})
