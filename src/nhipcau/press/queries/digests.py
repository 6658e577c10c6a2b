"""Digests: as they are read, counted and taken along. Everything here answers through the access now open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, Max, Min, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from nhipcau.access import current
from nhipcau.press.models import (
    OUT,
    Article,
    ArticleTopic,
    Digest,
    DigestArticle,
    DigestEntry,
    DigestKind,
    DigestNotice,
    DigestRecipient,
    DigestStory,
    Refusal,
)
from nhipcau.press.queries.coverage import LISTED
from nhipcau.press.queries.sources import refused_between

if TYPE_CHECKING:
    from datetime import date, datetime


def digests() -> QuerySet[Digest]:
    """Digests newest first, with how many stories each has, and how many entries the office has made of them."""
    stories = DigestStory.objects.filter(digest=OuterRef("pk")).order_by().values("digest")
    entries = DigestEntry.objects.filter(digest=OuterRef("pk"), removed_at__isnull=True).order_by().values("digest")
    rows: QuerySet[Digest] = (
        Digest.objects.select_related("organisation", "approver")
        .annotate(
            story_count=Coalesce(Subquery(stories.annotate(number=Count("pk")).values("number")), 0),
            entry_count=Coalesce(Subquery(entries.annotate(number=Count("pk")).values("number")), 0),
        )
        .order_by("-day", "-pk")
    )
    return rows


def recipients_of(digest: Digest) -> QuerySet[DigestRecipient]:
    """The offices that a digest goes to, in the order of the list."""
    rows: QuerySet[DigestRecipient] = DigestRecipient.objects.filter(digest=digest)
    return rows.select_related("organisation", "received_by").order_by("organisation__sort_key", "pk")


def receipts_of(digest: Digest) -> QuerySet[DigestRecipient]:
    """The receipts of an issued digest that are the reader's own offices'."""
    if digest.state not in OUT:
        nobody: QuerySet[DigestRecipient] = DigestRecipient.objects.none()
        return nobody
    return recipients_of(digest).filter(organisation_id__in=current().organisations())


def notices_of(digest: Digest) -> QuerySet[DigestNotice]:
    """The corrections of a digest that the reader sees, the first one first."""
    rows: QuerySet[DigestNotice] = DigestNotice.objects.filter(digest=digest)
    return rows.select_related("drafter", "publisher").prefetch_related("digest__organisation").order_by("pk")


def latest_digest(on: date) -> Digest | None:
    """The newest daily digest of a day or before that one's own office makes."""
    own = digests().filter(organisation_id__in=current().organisations(), kind=DigestKind.DAILY)
    found: Digest | None = own.filter(day__lte=on).first()
    return found


def stories_of_digest(digest: Digest) -> QuerySet[DigestStory]:
    """Its stories by rank, each with its articles in order of time."""
    articles = DigestArticle.objects.select_related("article__outlet", "article__revision").only(
        "digest", "digest_story", "place", "reprint", *(f"article__{name}" for name in LISTED)
    )
    rows: QuerySet[DigestStory] = (
        DigestStory.objects.filter(digest=digest)
        .select_related("gist_article__outlet", "story")
        .defer("gist_article__text", "gist_article__byline")
        .prefetch_related(Prefetch("articles", articles.order_by("place", "pk")))
        .order_by("rank", "pk")
    )
    return rows


def articles_of_digest(
    digest: Digest, *, relevant: bool | None = None, reprint: bool | None = None
) -> QuerySet[DigestArticle]:
    """What a digest was built from, as judged then, newest first; None asks for both kinds."""
    rows: QuerySet[DigestArticle] = DigestArticle.objects.filter(digest=digest).order_by(
        "-article__dated_at", "-article_id"
    )
    if relevant is not None:
        rows = rows.filter(relevant=relevant)
    if reprint is not None:
        rows = rows.filter(reprint=reprint)
    return rows


def listed_of_digest(digest: Digest) -> QuerySet[DigestArticle]:
    """The same, with what a list shows of each article."""
    return (
        articles_of_digest(digest)
        .select_related("article__outlet", "article__revision")
        .only("digest", "relevant", "reprint", *(f"article__{name}" for name in LISTED))
        .prefetch_related("article__topics")
    )


def numbers_by(digest: Digest, field: str) -> list[tuple[str, int]]:
    """The relevant articles of a digest counted by a field of the article, most frequent first; empty for unknown."""
    counted = (
        articles_of_digest(digest, relevant=True)
        .order_by()
        .values_list(field)
        .annotate(number=Count("article", distinct=True))
        .order_by("-number", field)
    )
    return [(value or "", number) for value, number in counted]


def outlets_of_digest(digest: Digest) -> list[tuple[str, str, int]]:
    """Host, name and number of relevant articles of each outlet in a digest, most frequent first."""
    counted = (
        articles_of_digest(digest, relevant=True)
        .order_by()
        .values_list("article__outlet__host", "article__outlet__name")
        .annotate(number=Count("article", distinct=True))
        .order_by("-number", "article__outlet__sort_key")
    )
    return list(counted)


def told_stories_of(digest: Digest) -> QuerySet[DigestStory]:
    """Its stories by rank, each with ``earlier``: how many articles of it were there before the digest's period."""
    before = (
        Article.objects.filter(story=OuterRef("story"), dated_at__lt=digest.period_from)
        .order_by()
        .values("story")
        .annotate(number=Count("pk"))
    )
    rows: QuerySet[DigestStory] = (
        DigestStory.objects.filter(digest=digest)
        .select_related("story", "gist_article")
        .defer("gist_article__text", "gist_article__byline")
        .annotate(earlier=Coalesce(Subquery(before.values("number")), 0))
        .order_by("rank", "pk")
    )
    return rows


#: Articles that a row of a digest leads to; their texts are long, and bylines stay on their articles.
_WITHOUT_TEXT = ("article", "article__duplicate_of", "article__revision__before")


def told_articles_of(digest: Digest, *, relevant: bool | None = None) -> QuerySet[DigestArticle]:
    """Its articles in the order in which they were read, without texts and bylines.

    ``seen_before``: an earlier digest of the office held it.
    """
    earlier = DigestArticle.objects.filter(
        article=OuterRef("article"), digest__organisation=digest.organisation_id, digest__day__lt=digest.day
    )
    rows: QuerySet[DigestArticle] = (
        DigestArticle.objects.filter(digest=digest)
        .select_related("article__outlet", "article__duplicate_of", "article__revision__before")
        .defer(*(f"{kept}__{column}" for kept in _WITHOUT_TEXT for column in ("text", "byline")))
        .prefetch_related(Prefetch("article__topics", ArticleTopic.objects.order_by("place")))
        .annotate(seen_before=Exists(earlier))
        .order_by("article__dated_at", "article_id")
    )
    return rows if relevant is None else rows.filter(relevant=relevant)


def dates_of_digest(digest: Digest) -> tuple[datetime | None, datetime | None]:
    """When the earliest and the latest of its articles were published; None where none is dated."""
    seen = DigestArticle.objects.filter(digest=digest).aggregate(
        first=Min("article__published_at"), last=Max("article__published_at")
    )
    return seen["first"], seen["last"]


def refusals_of_digest(digest: Digest) -> QuerySet[Refusal]:
    """Documents of the digest's period that became no article, as known when it was built."""
    return refused_between(digest.period_from, min(digest.period_to, digest.built_at))
