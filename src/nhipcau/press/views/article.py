from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nhipcau.press import queries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_safe
def article(request: HttpRequest, article_id: int) -> HttpResponse:
    """One article in its own language, where each fact about it came from, and who else ran it."""
    shown = get_object_or_404(queries.article_in_full(), pk=article_id)
    others = [other for other in queries.same_text(shown) if other.pk != shown.pk]
    context = {
        "article": shown,
        "paragraphs": [line for line in (shown.text or shown.excerpt).split("\n") if line.strip()],
        "others": others,
        "sample": shown.outlet.sample,
    }
    return render(request, "press/article.html", context)
