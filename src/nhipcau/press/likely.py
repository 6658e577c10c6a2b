"""Stories that one story may be the same as: heard of at the same time, with words or topics in common."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from nhipcau import text
from nhipcau.press.finding import found_stories
from nhipcau.press.models import ArticleTopic, Story

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Stories are looked at that were heard of so long before or after.
NEAR = timedelta(days=7)
#: Of the stories of that time the latest so many are compared, and so many are shown.
COMPARED, SHOWN = 300, 12
#: A shared word that no further story has counts as much as so many shared topics; shorter words say nothing.
WORD, SHORTEST = 6, 3


def likely_stories(story: Story, asked: str = "") -> list[Story]:
    """Stories to join with this one, most alike first; those that hold the words ``asked``, where there are any."""
    others = Story.objects.filter(article_count__gt=0).exclude(pk=story.pk)
    if asked.strip():
        return list(others.filter(pk__in=found_stories(asked).order_by().values("pk")).order_by("-last_seen")[:SHOWN])
    if story.last_seen is None or story.first_seen is None:
        return []
    near = Q(last_seen__gte=story.first_seen - NEAR, first_seen__lte=story.last_seen + NEAR)
    candidates = list(others.filter(near).order_by("-last_seen", "-pk")[:COMPARED])
    shared = _shared_topics(story, candidates)
    mine = _words(story)
    words = {other.pk: mine & _words(other) for other in candidates}
    # The country's own name is in every story of these days, and says as little.
    held = Counter(word for found in words.values() for word in found)
    scores = {
        key: WORD * sum(1 / held[word] for word in sorted(found)) + shared.get(key, 0) for key, found in words.items()
    }
    alike = [other for other in candidates if scores[other.pk]]
    return sorted(alike, key=lambda other: -scores[other.pk])[:SHOWN]


def _words(story: Story) -> set[str]:
    return {word for word in text.fold(f"{story.title} {story.name}").split() if len(word) >= SHORTEST}


def _shared_topics(story: Story, others: Iterable[Story]) -> dict[int, int]:
    """How many topics each of the others has in common with the story."""
    mine = ArticleTopic.objects.filter(article__story=story).order_by().values("code")
    pairs = (
        ArticleTopic.objects.filter(article__story__in=[other.pk for other in others], code__in=mine)
        .order_by()
        .values_list("article__story", "code")
        .distinct()
    )
    counted: dict[int, int] = {}
    for other, _code in pairs:
        counted[other] = counted.get(other, 0) + 1
    return counted
