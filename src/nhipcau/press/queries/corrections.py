"""What people corrected of stories. Everything here answers through the access now open."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet

from nhipcau.access import current
from nhipcau.accounts.models import Role
from nhipcau.network.models import Organisation
from nhipcau.press.models import (
    Article,
    CorrectedArticle,
    CorrectionKind,
    Story,
    StoryCorrection,
)

#: The engine is told of corrections of stories that were heard of in so long: longer than it keeps a silent story.
CORRECTED_FOR = timedelta(days=30)


def offices_as_analyst() -> QuerySet[Organisation]:
    """The offices in which the reader is a press analyst now, those they are deputy in included."""
    held = current().organisations(Role.PRESS_ANALYST)
    rows: QuerySet[Organisation] = Organisation.objects.filter(pk__in=held).order_by("pk")
    return rows


def corrections_of(story: Story) -> QuerySet[StoryCorrection]:
    """What people did to a story, the latest first, those that were undone included."""
    rows: QuerySet[StoryCorrection] = (
        StoryCorrection.objects.filter(Q(story=story) | Q(other=story))
        .select_related("story", "other", "organisation")
        .annotate(moved=Count("articles", filter=Q(articles__of_other=True)))
        .order_by("-at", "-pk")
    )
    return rows


def corrected_articles(now: datetime) -> QuerySet[CorrectedArticle]:
    """The articles of the splits and merges that the engine is to obey, in the order in which those were made."""
    heard = now - CORRECTED_FOR
    spoken = Q(correction__story__last_seen__gte=heard) | Q(correction__other__last_seen__gte=heard)
    rows: QuerySet[CorrectedArticle] = (
        CorrectedArticle.objects.filter(spoken, correction__undone_at=None)
        .exclude(correction__kind=CorrectionKind.RENAME)
        .select_related("correction__story", "correction__other")
        .prefetch_related(Prefetch("article", Article.objects.only("engine_id")))
        .order_by("correction__at", "correction_id", "pk")
    )
    return rows


def named_articles(now: datetime) -> QuerySet[Article, tuple[int, str, str]]:
    """Story, its name and the engine's id of each article of the stories that were given a name, earliest first."""
    rows: QuerySet[Article, tuple[int, str, str]] = (
        Article.objects.filter(story__last_seen__gte=now - CORRECTED_FOR)
        .exclude(story__name="")
        .order_by("story", "dated_at", "pk")
        .values_list("story", "story__name", "engine_id")
    )
    return rows
