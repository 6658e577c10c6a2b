from __future__ import annotations

import dataclasses
import hashlib
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from nhipcau import text
from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.press.models import Article, ArticleAddress, ArticleTopic, LaterVersion, Outlet, hash_of_url
from nhipcau.press.sentences import printable
from nhipcau.search import add_to_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from nhipcau.access import Actor
    from nhipcau.newswire import records
    from nhipcau.press.models import Collection

#: Articles per audit entry; also keeps the number of parameters of a statement within every database's limit.
_BATCH = 500
_EXCERPT = 300
#: How far a date may lie ahead of us and still be believed: local times of zones ahead, clocks that are off.
_AHEAD = timedelta(days=2)


@dataclasses.dataclass(frozen=True, slots=True)
class StoredArticles:
    """How many articles were ``new``, and how many had been ``known`` before or came twice."""

    new: int
    known: int


def store_articles(
    *, actor: Actor, articles: Iterable[records.Article], collection: Collection | None = None
) -> StoredArticles:
    """Store what the engine extracted. What is stored already stays as it is, so doing it twice changes nothing.

    Outlets that nobody registered get an entry. What the engine says of an article by itself (language, relevance,
    topics, what it names) is stored with it; its story and what it repeats come with the digest. One that is a later
    version of a stored page counts from when it changed, and the version before it is kept. One audit entry for 500
    articles.

    Args:
        actor: a press analyst or the system.
        articles: read once; batches of 500 are held in memory.
        collection: the run that brought them.

    Raises:
        PermissionDeniedError: the actor is neither.
    """
    require("press.collect", actor)
    new = known = 0
    rest = iter(articles)
    with transaction.atomic():
        while batch := list(islice(rest, _BATCH)):
            stored = _store_or_again(actor, batch, collection)
            new += stored
            known += len(batch) - stored
    return StoredArticles(new, known)


def _store_or_again(actor: Actor, batch: list[records.Article], collection: Collection | None) -> int:
    try:
        with transaction.atomic():
            return _store(actor, batch, collection)
    except IntegrityError:
        # Another collector stored one of them between our look and our insert. Now we see it.
        with transaction.atomic():
            return _store(actor, batch, collection)


def _store(actor: Actor, batch: list[records.Article], collection: Collection | None) -> int:
    """Store those that are new and say how many that were."""
    first = {article.id: article for article in reversed(batch)}
    known = Article.objects.filter(engine_id__in=first).only("engine_id", "url_hash")
    rows = {row.engine_id: row for row in known}
    new = [article for article in first.values() if article.id not in rows]
    new.reverse()
    if new:
        made = _insert(new, collection)
        rows |= {row.engine_id: row for row in made}
        record(
            actor=actor,
            verb="press.store_articles",
            target=collection or made[0],
            payload={"articles": [None, [row.engine_id for row in made]]},
        )
    _remember_addresses(batch, rows)
    return len(new)


def _insert(articles: list[records.Article], collection: Collection | None) -> list[Article]:
    outlets = _outlets(articles)
    now = timezone.now()
    rows = [_row(article, outlets[article.outlet.host], collection, now) for article in articles]
    before = _versions_before(rows)
    for row in rows:
        if row.engine_id in before:
            row.dated_at = _changed_at(row, before[row.engine_id], now)
    Article.objects.bulk_create(rows)
    LaterVersion.objects.bulk_create(
        LaterVersion(article=row, before=before[row.engine_id]) for row in rows if row.engine_id in before
    )
    ArticleTopic.objects.bulk_create(
        ArticleTopic(article=row, code=code, place=place)
        for row, article in zip(rows, articles, strict=True)
        for place, code in enumerate(dict.fromkeys(article.topics))
    )
    add_to_index(Article, ((row.pk, (row.title, row.text)) for row in rows))
    return rows


def _versions_before(rows: list[Article]) -> dict[str, Article]:
    """What each page said before, where this was stored; by the engine's id of what it says now.

    A page whose text had to go by its outlet's rights is taken for the same one; a page that tells something else by
    now, as that of a daily column does, has no version before.
    """
    from nhipcau.newswire.duplicates import is_later_version

    there = Article.objects.filter(url_hash__in={row.url_hash for row in rows}).order_by("pk")
    kept = {(row.url_hash, row.outlet_id): row for row in there.only("url_hash", "outlet", "dated_at", "text")}
    found = {}
    for row in rows:
        before = kept.get((row.url_hash, row.outlet_id))
        if before is not None and (not before.text or is_later_version(before.text, row.text)):
            found[row.engine_id] = before
    return found


def _changed_at(row: Article, before: Article, now: datetime) -> datetime:
    """When a page came to say this: as it says itself where that can be true, else when it was read."""
    said = row.modified_at
    return said if said is not None and before.dated_at < said <= now else now


def _remember_addresses(batch: list[records.Article], rows: Mapping[str, Article]) -> None:
    """Keep the addresses under which an article came again."""
    others = {hash_of_url(article.url): rows[article.id] for article in batch}
    others = {key: row for key, row in others.items() if key != row.url_hash}
    if others:
        kept = set(ArticleAddress.objects.filter(url_hash__in=others).values_list("url_hash", flat=True))
        ArticleAddress.objects.bulk_create(
            ArticleAddress(article=row, url_hash=key) for key, row in others.items() if key not in kept
        )


def _outlets(articles: list[records.Article]) -> dict[str, Outlet]:
    """The outlet of every host, with an entry made for those that have none."""
    wanted = {article.outlet.host: article.outlet for article in reversed(articles)}
    found = {outlet.host: outlet for outlet in Outlet.objects.filter(host__in=wanted)}
    missing = [
        Outlet(
            host=host,
            name=printable(outlet.name)[:300],
            sort_key=text.sort_key(printable(outlet.name)[:300]),
            country=outlet.country or "",
            country_from=outlet.country_from or "",
            reach=outlet.reach if outlet.reach is not None and 0 <= outlet.reach <= 1 else None,
            sample=outlet.sample,
        )
        for host, outlet in sorted(wanted.items())
        if host not in found
    ]
    return found | {outlet.host: outlet for outlet in Outlet.objects.bulk_create(missing)}


def _row(article: records.Article, outlet: Outlet, collection: Collection | None, now: datetime) -> Article:
    from nhipcau.newswire.relevance import RELEVANT

    body = printable(article.text)
    # A date in the future is the page's mistake or trick: it would keep the article on top until it came.
    trusted = article.published_at is not None and article.published_at <= now + _AHEAD
    said = article.published_at if trusted else None
    return Article(
        engine_id=article.id,
        outlet=outlet,
        collection=collection,
        url=printable(article.url),
        url_hash=hash_of_url(article.url),
        canonical_url=printable(article.canonical_url),
        origin=printable(article.origin),
        title=printable(article.title),
        text=body,
        excerpt=_excerpt(body),
        text_hash=hashlib.sha256(body.encode()).hexdigest(),
        text_chars=len(body),
        language=article.language[:35],
        language_confidence=article.language_confidence,
        published_at=said,
        published_from=(article.published_from or "") if trusted else "",
        published_precision=(article.published_precision or "") if trusted else "",
        modified_at=article.modified_at,
        collected_at=now,
        dated_at=min(said or now, now),
        byline=printable(article.byline),
        image=printable(article.image),
        relevance=article.relevance,
        relevant=article.relevance >= RELEVANT,
        reasons=[dataclasses.asdict(reason) for reason in article.reasons],
        places=[dataclasses.asdict(place) for place in article.places],
        institutions=[dataclasses.asdict(institution) for institution in article.institutions],
    )


def _excerpt(body: str) -> str:
    """The beginning, up to the last space within 300 characters; all 300 where there is none."""
    start = " ".join(body[: _EXCERPT * 2].split())
    if len(start) <= _EXCERPT and len(body) <= _EXCERPT * 2:
        return start
    return (start[:_EXCERPT].rpartition(" ")[0] or start[:_EXCERPT]) + "…"
