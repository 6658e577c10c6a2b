from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.press import queries
from nhipcau.press.models import Story

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: Articles of one story that are shown; the list of coverage has the rest.
MOST = 500


@login_required
@require_safe
def story(request: HttpRequest, story_id: int) -> HttpResponse:
    """Who reported an event, when, in which languages; a story that went into another leads there."""
    shown = get_object_or_404(Story.objects, pk=story_id)
    if shown.merged_into_id:
        return redirect("press:story", shown.merged_into_id)
    articles = list(queries.articles_of_story(shown)[:MOST])
    outlets = Counter(article.outlet for article in articles)
    context = {
        "story": shown,
        "articles": articles,
        "days": [(day, list(group)) for day, group in groupby(articles, lambda a: timezone.localdate(a.dated_at))],
        "first": next((article for article in articles if article.published_at), None),
        "outlets": outlets.most_common(),
        "countries": Counter(article.outlet.country for article in articles).most_common(),
        "languages": Counter(article.language for article in articles).most_common(),
        "more": max(shown.article_count - len(articles), 0),
        "sample": any(outlet.sample for outlet in outlets),
    }
    return render(request, "press/story.html", context)
