"""Articles: in lists, in full, of a story, of a period. Everything here answers through the access now open."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet

from nhipcau.access import current
from nhipcau.press.models import (
    Article,
    ArticleAddress,
    ArticleTopic,
    Refusal,
    Story,
    hash_of_url,
)

#: What a list shows of an article. Neither the text, which is long, nor the byline, which belongs on its article only.
LISTED = (
    "engine_id",
    "title",
    "language",
    "excerpt",
    "dated_at",
    "published_at",
    "published_precision",
    "relevant",
    "duplicate_of",
    "duplicate_measure",
    "outlet__name",
    "outlet__host",
    "outlet__country",
    "outlet__sample",
    "revision__article",
)
#: A document that was rejected is fetched again after this long, and in all this many times.
REFUSED_FOR = timedelta(hours=1)
TRIES = 3


def coverage() -> QuerySet[Article]:
    """Articles as a list shows them, newest first, with outlet and topics."""
    rows: QuerySet[Article] = (
        Article.objects.only(*LISTED)
        .select_related("outlet", "revision")
        .prefetch_related("topics")
        .order_by("-dated_at", "-pk")
    )
    return rows


def languages() -> list[str]:
    """The languages that there are articles in: one look into the index for each, however many articles there are.

    Raises:
        NoAccessOpenError: no access is open. Articles are reference rows, so any access may know their languages.
    """
    current()
    table = connection.ops.quote_name(Article._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE found (language) AS (SELECT min(language) FROM {table} UNION ALL "  # noqa: S608 - a model's table
            f"SELECT (SELECT min(language) FROM {table} WHERE language > found.language) "
            "FROM found WHERE found.language IS NOT NULL) SELECT language FROM found WHERE language IS NOT NULL"
        )
        return [row[0] for row in cursor.fetchall()]


def article_in_full() -> QuerySet[Article]:
    """Articles as their own screen shows them."""
    rows: QuerySet[Article] = Article.objects.select_related(
        "outlet", "story", "duplicate_of__outlet", "collection", "revision__before"
    ).prefetch_related("topics")
    return rows


def same_text(article: Article) -> QuerySet[Article]:
    """The first article with this text and everyone who ran it after, this article included, earliest first."""
    first = article.duplicate_of_id or article.pk
    rows: QuerySet[Article] = coverage().filter(Q(pk=first) | Q(duplicate_of=first)).order_by("dated_at", "pk")
    return rows


def articles_of_story(story: Story) -> QuerySet[Article]:
    """Its articles in order of time: the first is who reported first."""
    rows: QuerySet[Article] = coverage().filter(story=story).order_by("dated_at", "pk")
    return rows


def is_known(url: str, now: datetime) -> bool:
    """Whether there is nothing to fetch here: it led to an article that is stored, or it was rejected.

    What was rejected is tried again after an hour, three times in all: a page may have been half written, a server
    may have been down.
    """
    key = hash_of_url(url)
    if Article.objects.filter(url_hash=key).exists() or ArticleAddress.objects.filter(url_hash=key).exists():
        return True
    tried = list(Refusal.objects.filter(url_hash=key).order_by("-at").values_list("at", flat=True)[:TRIES])
    return bool(tried) and (len(tried) == TRIES or tried[0] > now - REFUSED_FOR)


def articles_between(start: datetime, end: datetime) -> QuerySet[Article]:
    """The articles of a period with their texts, earliest first, as the engine reads them for a digest."""
    rows: QuerySet[Article] = (
        Article.objects.filter(dated_at__gte=start, dated_at__lte=end)
        .exclude(text="")
        .select_related("outlet")
        .prefetch_related(Prefetch("topics", ArticleTopic.objects.order_by("place")))
        .order_by("dated_at", "pk")
    )
    return rows
