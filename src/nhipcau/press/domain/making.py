"""Digests that a person begins: a flash about one story, and the digest of a week made from those of its days."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.press import queries
from nhipcau.press.domain.contents import keep_version, make_findable
from nhipcau.press.domain.entries import written_in
from nhipcau.press.domain.held import note
from nhipcau.press.engine_records import article_record
from nhipcau.press.models import (
    TOLD,
    Article,
    Digest,
    DigestArticle,
    DigestEntry,
    DigestKind,
    DigestRecipient,
    DigestState,
    DigestStory,
)
from nhipcau.workspace.domain.errors import IncompleteError
from nhipcau.workspace.domain.revisions import add_revision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from nhipcau.accounts.models import Person
    from nhipcau.network.models import Organisation
    from nhipcau.press.models import Story

#: What a digest takes over from the last one of its kind that its office issued.
_USUAL = ("symbol", "place", "archive_line", "classification")


def begin_flash(*, actor: Person, organisation: Organisation, story: Story) -> Digest:
    """Begin a flash about a story, with its one entry.

    Raises:
        PermissionDeniedError: the actor is no press analyst of that office.
        IncompleteError: no article of the story is about the country.
    """
    with transaction.atomic():
        require("press.begin_digest", actor, organisation)
        articles = list(queries.articles_of_story(story).filter(relevant=True).defer("text"))
        if not articles:
            raise IncompleteError(gettext("No article of this story is about the country."))
        now = timezone.now()
        digest = _begun(organisation, DigestKind.FLASH, timezone.localdate(now), (articles[0].dated_at, now), articles)
        _gather(digest, {story.pk: articles})
        _enter(actor, digest, story.pk, articles[0], place=0)
        _finish(actor, digest, "press.begin_flash")
    return digest


def begin_weekly(*, actor: Person, organisation: Organisation, day: date) -> Digest:
    """Begin the digest of the week (Monday to Sunday) that a day lies in.

    It is made of the articles of that week's daily digests; what these told, approved, is entered with its words.

    Raises:
        PermissionDeniedError: the actor is no press analyst of that office.
        IncompleteError: there is one already, or no daily digest of that week.
    """
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=6)
    with transaction.atomic():
        require("press.begin_digest", actor, organisation)
        of_office = Digest.objects.filter(organisation=organisation, focus=queries.FOCUS)
        if of_office.filter(kind=DigestKind.WEEKLY, day=sunday).exclude(state=DigestState.DISCARDED).exists():
            raise IncompleteError(gettext("The digest of this week was begun already."))
        days = of_office.filter(kind=DigestKind.DAILY, day__gte=monday, day__lte=sunday)
        held = DigestArticle.objects.filter(digest__in=days.order_by().values("pk"), relevant=True)
        articles = list(queries.coverage().filter(pk__in=held.order_by().values("article")).order_by("dated_at", "pk"))
        if not articles:
            raise IncompleteError(gettext("There is no daily digest of this week to make it from."))
        period = (_moment(monday, time.min), _moment(sunday, time.max))
        digest = _begun(organisation, DigestKind.WEEKLY, sunday, period, articles)
        groups: defaultdict[int, list[Article]] = defaultdict(list)
        for article in articles:
            if article.story_id is not None:
                groups[article.story_id].append(article)
        _gather(digest, groups, alone=[article for article in articles if article.story_id is None])
        _take_over(actor, digest, days)
        _finish(actor, digest, "press.begin_weekly")
    return digest


def usual(digest: Digest) -> None:
    """Give a new digest what the last issued one of its kind had: symbol, place, recipients and the like."""
    issued = Digest.objects.filter(
        organisation=digest.organisation, kind=digest.kind, issued_at__isnull=False
    ).order_by("-issued_at")
    last: Digest | None = issued.exclude(pk=digest.pk).first()
    if last is None:
        return
    for name in _USUAL:
        setattr(digest, name, getattr(last, name))
    digest.save()
    offices = DigestRecipient.objects.filter(digest=last).values_list("organisation_id", flat=True)
    DigestRecipient.objects.bulk_create(DigestRecipient(digest=digest, organisation_id=key) for key in offices)


def _begun(
    organisation: Organisation,
    kind: DigestKind,
    day: date,
    period: tuple[datetime, datetime],
    articles: Sequence[Article],
) -> Digest:
    from nhipcau.newswire.engine import engine

    reprints = sum(article.duplicate_of_id is not None for article in articles)
    digest: Digest = Digest.objects.create(
        organisation=organisation,
        kind=kind,
        focus=queries.FOCUS,
        day=day,
        period_from=period[0],
        period_to=period[1],
        built_at=timezone.now(),
        counts={
            "documents": len(articles),
            "articles": len(articles),
            "rejected": {},
            "duplicates": reprints,
            "relevant": len(articles),
        },
        method={"engine": engine(), "method": {}},
        result_hash=hashlib.sha256(" ".join(article.engine_id for article in articles).encode()).hexdigest(),
        sample=any(article.outlet.sample for article in articles),
    )
    usual(digest)
    return digest


def _gather(digest: Digest, groups: Mapping[int, Sequence[Article]], *, alone: Sequence[Article] = ()) -> None:
    """The digest's stories, ranked as the engine ranks, and its articles."""
    told = [_told(digest, story, articles) for story, articles in groups.items()]
    told.sort(key=lambda row: (-row.score, row.story_id))
    for rank, row in enumerate(told, 1):
        row.rank = rank
    DigestStory.objects.bulk_create(told)
    keys = dict(DigestStory.objects.filter(digest=digest).values_list("story_id", "pk"))
    rows = [(article, keys[story], place) for story, group in groups.items() for place, article in enumerate(group)]
    DigestArticle.objects.bulk_create(
        DigestArticle(
            digest=digest,
            article=article,
            digest_story_id=key,
            place=place,
            relevant=True,
            reprint=article.duplicate_of_id is not None,
        )
        for article, key, place in [*rows, *((article, None, 0) for article in alone)]
    )


def _told(digest: Digest, story: int, articles: Sequence[Article]) -> DigestStory:
    from nhipcau.newswire.digest import ranking

    parts = ranking.score_parts([article_record(article) for article in articles], novelty=1.0)
    own = Digest.objects.filter(organisation=digest.organisation).order_by()
    last = DigestStory.objects.filter(story_id=story, digest__in=own.values("pk")).order_by("-pk").first()
    speaker = next((article for article in articles if article.duplicate_of_id is None), articles[0])
    topics = [topic.code for topic in speaker.topics.all()]
    return DigestStory(
        digest=digest,
        story_id=story,
        topic=last.topic if last else next(iter(topics), ""),
        title=last.title if last else speaker.title,
        title_language=last.title_language if last else speaker.language,
        gist=last.gist if last else speaker.excerpt,
        gist_article_id=last.gist_article_id if last else speaker.pk,
        score=ranking.total(parts),
        score_parts=parts,
        first_seen=articles[0].dated_at,
        last_seen=articles[-1].dated_at,
        article_count=len(articles),
        outlet_count=len({article.outlet_id for article in articles}),
        country_count=len({article.outlet.country for article in articles} - {""}),
        language_count=len({article.language for article in articles} - {"und"}),
        rank=0,
    )


def _take_over(actor: Person, digest: Digest, days: Any) -> None:
    """Enter what the approved digests of the days told, each story once, with the words of the last day."""
    order = dict(days.filter(state__in=TOLD).values_list("pk", "day"))
    told = DigestEntry.objects.filter(digest__in=list(order), removed_at__isnull=True)
    rows = told.select_related("article", "story").order_by("place", "pk")
    latest: dict[tuple[int | None, int | None], DigestEntry] = {}
    for entry in sorted(rows, key=lambda entry: order[entry.digest_id]):
        story = entry.story.merged_into_id or entry.story_id if entry.story_id else None
        latest[story, None if story else entry.article_id] = entry
    rank = dict(DigestStory.objects.filter(digest=digest).values_list("story_id", "rank"))
    ordered = sorted(latest.items(), key=lambda pair: (rank.get(pair[0][0], len(rank) + 1), pair[1].pk))
    for place, ((story, _article), entry) in enumerate(ordered):
        _enter(actor, digest, story, entry.article, place=place, words=entry)


def _enter(
    actor: Person, digest: Digest, story: int | None, article: Article, *, place: int, words: DigestEntry | None = None
) -> None:
    told = DigestStory.objects.filter(digest=digest, story_id=story).first() if story else None
    entry = DigestEntry(
        digest=digest,
        story_id=story,
        article=article if told is None or told.gist_article is None or words else told.gist_article,
        place=place,
        section=told.topic if told is not None else "",
        added_by=actor,
        added_at=timezone.now(),
    )
    if words is not None:
        for name in (*DigestEntry.WRITTEN, "writer", "written_at"):
            setattr(entry, name, getattr(words, name))
    entry.save()
    add_revision(entry, number=entry.version, actor=actor, fields=written_in(entry))


def _finish(actor: Person, digest: Digest, verb: str) -> None:
    keep_version(actor=actor, digest=digest)
    make_findable(digest)
    entries = DigestEntry.objects.filter(digest=digest).count()
    note(actor, verb, digest, {"entries": entries, "articles": digest.counts["articles"]})


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
