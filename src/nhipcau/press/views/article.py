from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nhipcau.press import queries
from nhipcau.press.differing import differing
from nhipcau.press.naming import named_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: Articles with the same text whose differences are told.
COMPARED = 20


@login_required
@require_safe
def article(request: HttpRequest, article_id: int) -> HttpResponse:
    """One article in its own language, where each fact about it came from, and who else ran it."""
    shown = get_object_or_404(queries.article_in_full(), pk=article_id)
    others = [other for other in queries.same_text(shown) if other.pk != shown.pk]
    before = queries.version_before(shown)
    first = shown.duplicate_of_id or shown.pk
    # What each says differently from the first of them; of very many the earliest.
    texts = queries.worded([first, *(other.pk for other in others[:COMPARED])]) if others else {}
    differ = {key: differing(texts[first], text) for key, text in texts.items() if key != first}
    context = {
        "article": shown,
        "paragraphs": [line for line in (shown.text or shown.excerpt).split("\n") if line.strip()],
        "named": named_in(shown),
        "before": before,
        "changed": before and differing(before, shown),
        "later": queries.version_after(shown),
        "own": differing(texts[first], shown) if first in texts and first != shown.pk else None,
        "first": first,
        "others": [(other, differ.get(other.pk)) for other in others],
        "sample": shown.outlet.sample,
    }
    return render(request, "press/article.html", context)
