from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nhipcau.press import queries
from nhipcau.press.filters import RefusalFilter

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: Rows of one page.
PAGE = 50


@login_required
@require_safe
def refusals(request: HttpRequest) -> HttpResponse:
    """Documents that became no article, and why: nothing is lost silently."""
    narrowed = RefusalFilter(request.GET, queryset=queries.refusals())
    page = Paginator(narrowed.qs, PAGE).get_page(request.GET.get("page"))
    sample = any(refusal.source is not None and refusal.source.outlet.sample for refusal in page)
    return render(request, "press/refusals.html", {"form": narrowed.form, "page": page, "sample": sample})
