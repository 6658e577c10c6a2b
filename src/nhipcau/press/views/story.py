from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.access import current
from nhipcau.accounts.models import Role
from nhipcau.press import queries
from nhipcau.press.models import Story
from nhipcau.press.timeline import timeline

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: Articles of one story that are shown; the list of coverage has the rest.
MOST = 500


@login_required
@require_safe
def story(request: HttpRequest, story_id: int) -> HttpResponse:
    """Who reported an event, when, in which languages; what people corrected. One that went elsewhere leads there."""
    shown = get_object_or_404(Story.objects, pk=story_id)
    if shown.merged_into_id:
        return redirect("press:story", shown.merged_into_id)
    articles = list(queries.articles_of_story(shown)[:MOST])
    outlets = Counter(article.outlet for article in articles)
    may_correct = bool(current().organisations(Role.PRESS_ANALYST))
    context = {
        "story": shown,
        "articles": articles,
        "days": [(day, list(group)) for day, group in groupby(articles, lambda a: timezone.localdate(a.dated_at))],
        "timeline": timeline(article.dated_at for article in articles),
        "first": next((article for article in articles if article.published_at), None),
        "outlets": outlets.most_common(),
        "countries": Counter(article.outlet.country for article in articles).most_common(),
        "languages": Counter(article.language for article in articles).most_common(),
        "more": max(shown.article_count - len(articles), 0),
        "corrections": list(queries.corrections_of(shown)),
        "may_correct": may_correct,
        "choice": may_correct and len(articles) > 1,
        "sample": any(outlet.sample for outlet in outlets),
    }
    return render(request, "press/story.html", context)
