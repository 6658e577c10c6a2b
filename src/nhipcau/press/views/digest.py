from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nhipcau.press import queries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from nhipcau.press.models import DigestStory


@login_required
@require_safe
def digest(request: HttpRequest, digest_id: int) -> HttpResponse:
    """A digest as it will be read: stories by topic in the order of their rank, the numbers, and how it was made."""
    shown = get_object_or_404(queries.digests(), pk=digest_id)
    stories = list(queries.stories_of_digest(shown))
    context: dict[str, Any] = {
        "digest": shown,
        "stories": stories,
        "topics": by_topic(stories),
        "articles": queries.articles_of_digest(shown, relevant=True).count(),
        "everything": queries.articles_of_digest(shown).count(),
        "reprints": queries.articles_of_digest(shown, relevant=True, reprint=True).count(),
        "outlets": queries.outlets_of_digest(shown),
        "countries": queries.numbers_by(shown, "article__outlet__country"),
        "languages": queries.numbers_by(shown, "article__language"),
        "codes": queries.numbers_by(shown, "article__topics__code"),
        "rejected": sorted(shown.counts.get("rejected", {}).items()),
        "sample": shown.sample,
    }
    return render(request, "press/digest.html", context)


def by_topic(stories: Iterable[DigestStory]) -> list[tuple[str, list[DigestStory]]]:
    """The stories grouped by topic; the topic of the best story first, stories without one last."""
    groups: dict[str, list[DigestStory]] = {}
    for story in stories:
        groups.setdefault(story.topic, []).append(story)
    return sorted(groups.items(), key=lambda group: (not group[0], group[1][0].rank))
