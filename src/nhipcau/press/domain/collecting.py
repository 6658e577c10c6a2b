"""A run of the collector, from claiming what is due to the state in which it leaves each source."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.press.domain.articles import StoredArticles, store_articles
from nhipcau.press.models import Collection, Refusal, Source, hash_of_url
from nhipcau.press.queries import sources_due
from nhipcau.press.sentences import kept, printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from nhipcau.access import Actor
    from nhipcau.newswire import records

#: A working source is asked again after this long.
POLL_EVERY = timedelta(minutes=15)
#: The wait doubles with each failure in a row, up to this.
POLL_AT_LEAST_EVERY = timedelta(hours=12)
#: How long a collector holds a source without a sign of life; after that another one may take it.
CLAIM = timedelta(minutes=5)
#: Problems kept by a collection; a broken input must not grow a row without bound. The rest is counted.
MAX_PROBLEMS = 200


def claim_sources(*, actor: Actor, everything: bool = False) -> list[Source]:
    """Take hold of the sources that are due, so that no other collector asks them at the same time.

    Args:
        actor: a press analyst or the system.
        everything: every active source, due or not, whoever holds it: the operator asked for it now.

    Raises:
        PermissionDeniedError: the actor is neither.
    """
    require("press.collect", actor)
    now = timezone.now()
    with transaction.atomic():
        wanted = Source.objects.filter(active=True) if everything else sources_due(now)
        claimed = list(wanted.select_for_update(skip_locked=not everything, of=("self",)).select_related("outlet"))
        Source.objects.filter(pk__in=[source.pk for source in claimed]).update(claimed_until=now + CLAIM)
    return claimed


def start_collection(*, actor: Actor, sources: Sequence[Source]) -> Collection:
    """Begin a run over these sources. The row itself is the record of the run, so there is no audit entry.

    Raises:
        PermissionDeniedError: the actor is neither press analyst nor the system.
    """
    require("press.collect", actor)
    run: Collection = Collection.objects.create(started_at=timezone.now(), sources=len(sources))
    return run


def record_collected(
    *,
    actor: Actor,
    collection: Collection,
    articles: Sequence[records.Article] = (),
    rejections: Sequence[records.Rejection] = (),
    problems: Sequence[records.InputProblem] = (),
    sources: Sequence[Source] = (),
) -> StoredArticles:
    """Store what one batch of documents became, and count it. All of the batch is stored, or nothing of it.

    Args:
        actor: a press analyst or the system.
        collection: the run.
        articles: documents that became one; some may be stored already.
        rejections: documents that became none.
        problems: what could not be read; no documents.
        sources: those still being read; they stay claimed for another while.

    Raises:
        PermissionDeniedError: the actor is neither press analyst nor the system.
    """
    require("press.collect", actor)
    with transaction.atomic():
        stored = store_articles(actor=actor, articles=articles, collection=collection)
        now = timezone.now()
        lists = {source.url: source for source in sources}
        Refusal.objects.bulk_create(
            Refusal(
                collection=collection,
                # The engine says where it read an entry as ``address of the list:number``.
                source=lists.get(refused.origin.rpartition(":")[0]),
                url=printable(refused.url),
                url_hash=hash_of_url(refused.url),
                origin=printable(refused.origin),
                reason=refused.reason,
                detail=kept(refused.detail),
                at=now,
            )
            for refused in rejections
        )
        run = Collection.objects.select_for_update().get(pk=collection.pk)
        run.documents += len(articles) + len(rejections)
        run.articles += stored.new
        run.known += stored.known
        run.rejected = dict(sorted((Counter(run.rejected) + Counter(r.reason for r in rejections)).items()))
        run.problem_count += len(problems)
        named = [[printable(problem.source), kept(problem.message)] for problem in problems]
        run.problems = (run.problems + named)[:MAX_PROBLEMS]
        run.save()
        Source.objects.filter(pk__in=[source.pk for source in sources]).update(claimed_until=now + CLAIM)
    return stored


def mark_source_collected(
    *,
    actor: Actor,
    source: Source,
    at: datetime,
    status: int | None,
    etag: str = "",
    last_modified: str = "",
    error: str = "",
) -> Source:
    """Note what a source answered and when it is due again: in 15 minutes, or later with each failure in a row.

    To be called when everything it gave is stored: from then on it is asked only for what is newer. An audit entry is
    written when its health changes, not for every poll.

    Args:
        actor: a press analyst or the system.
        source: as claimed.
        at: when it was asked; aware.
        status: of the answer; None where there was none.
        etag: to be sent with the next question.
        last_modified: likewise.
        error: what went wrong, for people; empty where nothing did.

    Raises:
        PermissionDeniedError: the actor is neither.
    """
    require("press.collect", actor)
    with transaction.atomic():
        source = Source.objects.select_for_update().get(pk=source.pk)
        before = source.health
        source.failures = min(source.failures + 1, 1000) if error else 0
        source.error = kept(error)
        source.last_status = status
        source.last_collected_at = at
        source.next_due = at + wait_after(source.failures)
        source.claimed_until = None
        if not error:
            # A header longer than its column is better not sent back at all than sent back cut.
            source.etag = etag if len(etag) <= Source.ETAG_LENGTH else ""
            source.last_modified = last_modified if len(last_modified) <= Source.LAST_MODIFIED_LENGTH else ""
        source.save()
        if source.health != before:
            changes = {"health": [before, source.health], "error": source.error}
            record(actor=actor, verb="press.mark_source_collected", target=source, payload=changes)
    return source


def wait_after(failures: int) -> timedelta:
    """How long to wait after so many failures in a row."""
    return min(POLL_EVERY * 2.0 ** min(failures, 10), POLL_AT_LEAST_EVERY)


def finish_collection(*, actor: Actor, collection: Collection) -> Collection:
    """End a run: everything its sources gave is stored.

    Raises:
        PermissionDeniedError: the actor is neither press analyst nor the system.
    """
    require("press.collect", actor)
    with transaction.atomic():
        run: Collection = Collection.objects.select_for_update().get(pk=collection.pk)
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at"])
    return run
