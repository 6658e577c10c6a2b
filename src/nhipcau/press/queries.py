"""What is read in the press room, by name. Everything here answers through the access now open."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count, Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from nhipcau.access import current
from nhipcau.accounts.models import Membership, Role
from nhipcau.network.models import Organisation
from nhipcau.press.models import (
    OUT,
    Article,
    ArticleAddress,
    ArticleTopic,
    Collection,
    CorrectedArticle,
    CorrectionKind,
    Digest,
    DigestArticle,
    DigestEntry,
    DigestKind,
    DigestNotice,
    DigestRecipient,
    DigestState,
    DigestStory,
    Outlet,
    Refusal,
    Source,
    Story,
    StoryCorrection,
    hash_of_url,
)

if TYPE_CHECKING:
    from datetime import date

#: The country that the desk follows.
FOCUS = "VN"
#: A morning's digest looks back on the three days before it, so that a weekend is not lost on Monday.
LOOKS_BACK = timedelta(days=3)
#: A digest is built again when it is this old and articles came in since.
DIGEST_EVERY = timedelta(minutes=15)
#: The engine is told of corrections of stories that were heard of in so long: longer than it keeps a silent story.
CORRECTED_FOR = timedelta(days=30)
#: A document that was rejected is fetched again after this long, and in all this many times.
REFUSED_FOR = timedelta(hours=1)
TRIES = 3

#: What a list shows of an article. Neither the text, which is long, nor the byline, which belongs on its article only.
_LISTED = (
    "engine_id",
    "title",
    "language",
    "excerpt",
    "dated_at",
    "published_at",
    "published_precision",
    "relevant",
    "duplicate_of",
    "outlet__name",
    "outlet__host",
    "outlet__country",
    "outlet__sample",
)


def coverage() -> QuerySet[Article]:
    """Articles as a list shows them, newest first, with outlet and topics."""
    rows: QuerySet[Article] = (
        Article.objects.only(*_LISTED).select_related("outlet").prefetch_related("topics").order_by("-dated_at", "-pk")
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
        "outlet", "story", "duplicate_of__outlet", "collection"
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
    articles = DigestArticle.objects.select_related("article__outlet").only(
        "digest", "digest_story", "place", "reprint", *(f"article__{name}" for name in _LISTED)
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
        .select_related("article__outlet")
        .only("digest", "relevant", "reprint", *(f"article__{name}" for name in _LISTED))
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


def told_articles_of(digest: Digest, *, relevant: bool | None = None) -> QuerySet[DigestArticle]:
    """Its articles in the order in which they were read, without texts and bylines.

    ``seen_before``: an earlier digest of the office held it.
    """
    earlier = DigestArticle.objects.filter(
        article=OuterRef("article"), digest__organisation=digest.organisation_id, digest__day__lt=digest.day
    )
    rows: QuerySet[DigestArticle] = (
        DigestArticle.objects.filter(digest=digest)
        .select_related("article__outlet", "article__duplicate_of")
        .defer("article__text", "article__byline", "article__duplicate_of__text", "article__duplicate_of__byline")
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


def refused_between(start: datetime, end: datetime) -> QuerySet[Refusal]:
    """Documents that were rejected in a period."""
    return refusals().filter(at__gte=start, at__lte=end)


def refusals() -> QuerySet[Refusal]:
    """Rejected documents, newest first."""
    rows: QuerySet[Refusal] = Refusal.objects.select_related("source__outlet", "collection").order_by("-pk")
    return rows


def sources() -> QuerySet[Source]:
    """All sources with their outlets, those that fail first; ``latest`` is when the outlet's last article came in."""
    latest = Article.objects.filter(outlet=OuterRef("outlet")).order_by("-dated_at").values("dated_at")[:1]
    rows: QuerySet[Source] = (
        Source.objects.select_related("outlet")
        .annotate(latest=Subquery(latest))
        .order_by("-active", "-failures", "outlet__sort_key", "url")
    )
    return rows


def sources_failing() -> QuerySet[Source]:
    """Sources that are collected and did not answer well when last asked."""
    rows: QuerySet[Source] = Source.objects.filter(active=True, failures__gt=0)
    return rows


def sources_due(now: datetime) -> QuerySet[Source]:
    """Sources whose time has come and which no living collector holds."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    rows: QuerySet[Source] = Source.objects.filter(free, active=True, next_due__lte=now)
    return rows


def collections() -> QuerySet[Collection]:
    """Runs of the collector, newest first."""
    rows: QuerySet[Collection] = Collection.objects.order_by("-started_at", "-pk")
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


def outlets_with_sources() -> QuerySet[Outlet]:
    """Outlets of the registry that are collected, by name."""
    rows: QuerySet[Outlet] = Outlet.objects.filter(sources__isnull=False).distinct().order_by("sort_key", "pk")
    return rows


def digest_period(day: date) -> tuple[datetime, datetime]:
    """First and last moment of what the digest of a day is made from, in Asia/Ho_Chi_Minh."""
    first, last = datetime.combine(day - LOOKS_BACK, time.min), datetime.combine(day, time.max)
    return timezone.make_aware(first), timezone.make_aware(last)


def offices_behind(now: datetime, *, at_once: bool = False) -> QuerySet[Organisation]:
    """Offices with a press analyst whose digest of today is not there, or does not hold what was collected since.

    Args:
        now: aware; the day is that of Asia/Ho_Chi_Minh.
        at_once: also those whose digest is younger than a quarter of an hour.
    """
    today = timezone.localdate(now)
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    analysts = Membership.objects.filter(still, role=Role.PRESS_ANALYST, valid_from__lte=today)
    start, end = digest_period(today)
    newest = Article.objects.filter(dated_at__gte=start, dated_at__lte=end).aggregate(at=Max("collected_at"))["at"]
    if newest is None:
        nobody: QuerySet[Organisation] = Organisation.objects.none()
        return nobody
    fresh = Q(built_at__gte=newest) if at_once else Q(built_at__gte=newest) | Q(built_at__gt=now - DIGEST_EVERY)
    # What a person corrected is in the drafts at once; it does not wait for the quarter of an hour.
    corrected = StoryCorrection.objects.filter(story__last_seen__gte=start).aggregate(at=Max("changed_at"))["at"]
    if corrected is not None:
        fresh &= Q(built_at__gte=corrected)
    done = Digest.objects.filter(fresh | ~Q(state=DigestState.DRAFT), focus=FOCUS, kind=DigestKind.DAILY, day=today)
    rows: QuerySet[Organisation] = Organisation.objects.filter(pk__in=analysts.values("organisation")).exclude(
        pk__in=done.values("organisation")
    )
    return rows
