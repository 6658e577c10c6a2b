from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.press.domain.contents import contents_of
from nhipcau.press.domain.errors import NotDraftError
from nhipcau.press.domain.judgements import Judged, keep_judgements, keep_stories
from nhipcau.press.domain.making import usual
from nhipcau.press.domain.novelty import told_before, with_novelty
from nhipcau.press.domain.reconcile import reconcile
from nhipcau.press.models import (
    Article,
    Digest,
    DigestArticle,
    DigestChoice,
    DigestEntry,
    DigestKind,
    DigestState,
    DigestStory,
)
from nhipcau.workspace.domain.revisions import add_revision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation
    from nhipcau.newswire.digest.result import DigestResult


def store_digest(
    *,
    actor: Actor,
    organisation: Organisation,
    result: DigestResult,
    day: date,
    period: tuple[datetime, datetime],
    as_of: datetime,
) -> Digest:
    """Store what the engine made of a period's articles as the digest of a day, and its judgement of each article.

    The articles get their story and what they repeat; stories are made, changed, merged. An office has one daily digest
    a day and focus. Another result replaces the draft; the same one only says that it held at ``as_of``, too, and is no
    news for the audit record. What the office's approved digests told is not new to it. Its own entries stay.

    Args:
        actor: a press analyst of the organisation, or the system.
        organisation: whose digest it is.
        result: of the pipeline over stored articles.
        day: the day it is for, in Asia/Ho_Chi_Minh.
        period: first and last moment, aware.
        as_of: when the articles were read, aware.

    Raises:
        PermissionDeniedError: the actor is neither.
        NotDraftError: the digest of that day is past its draft.
        UnknownArticleError: the result speaks of an article that is not stored.
    """
    require("press.build_digest", actor, organisation)
    judged = [Judged.of(stored.article) for stored in result.stored()]
    with transaction.atomic():
        there: Digest | None = (
            Digest.objects.select_for_update()
            .filter(organisation=organisation, focus=result.data["focus"], kind=DigestKind.DAILY, day=day)
            .first()
        )
        told = told_before(organisation, day=day, but=there)
        data = {**result.data, "stories": with_novelty(result.data["stories"], told)}
        fingerprint = _fingerprint(data, judged, period)
        if there is not None and there.result_hash == fingerprint:
            return _still(there, as_of)
        if there is not None and there.state != DigestState.DRAFT:
            sentence = _("The digest “%(digest)s” is no draft any more: it stays as it is.")
            raise NotDraftError(sentence % {"digest": there})
        before = (None,) * 3 if there is None else (there.result_hash, there.stories.count(), there.articles.count())
        digest = there or Digest(organisation=organisation, focus=data["focus"], day=day)
        digest.period_from, digest.period_to, digest.built_at, digest.result_hash = *period, as_of, fingerprint
        _fill(digest, data, judged)
        if there is None:
            usual(digest)
            add_revision(digest, number=digest.version, actor=actor, fields=contents_of(digest))
        else:
            _follow_merges(digest)
        record(
            actor=actor,
            verb="press.store_digest",
            target=digest,
            organisation=organisation,
            payload={
                "result_hash": [before[0], fingerprint],
                "stories": [before[1], len(data["stories"])],
                "articles": [before[2], len(judged)],
            },
        )
    return digest


def _still(digest: Digest, as_of: datetime) -> Digest:
    if digest.built_at < as_of:
        digest.built_at = as_of
        digest.save(update_fields=["built_at"])
    return digest


def _follow_merges(digest: Digest) -> None:
    """Lead entries and choices of stories that went into others to where these went, unless that has one as well."""
    for model in (DigestEntry, DigestChoice):
        for row in model.objects.filter(digest=digest, story__merged_into__isnull=False).select_related("story"):
            to = row.story.merged_into_id
            if not model.objects.filter(digest=digest, story_id=to).exists():
                row.story_id = to
                row.save(update_fields=["story"])


def _fill(digest: Digest, data: Mapping[str, Any], judged: Sequence[Judged]) -> None:
    stories = keep_stories(data["stories"])
    rows = keep_judgements(judged, stories)
    reprints = sum(rows[article.engine_id].duplicate_of_id is not None for article in judged)
    digest.counts = data["counts"] | {"duplicates": reprints}
    digest.method = {"engine": data["engine"], "method": data["method"]}
    digest.save()
    _keep_contents(digest, data["stories"], judged, stories, rows)
    used = DigestArticle.objects.filter(digest=digest).values("article")
    digest.sample = Article.objects.filter(pk__in=used, outlet__sample=True).exists()
    digest.save(update_fields=["sample"])


def _fingerprint(data: Mapping[str, Any], judged: Sequence[Judged], period: tuple[datetime, datetime]) -> str:
    """SHA-256 over everything that is stored."""
    said = {
        "period": [moment.isoformat() for moment in period],
        "counts": data["counts"],
        "engine": data["engine"],
        "method": data["method"],
        "stories": data["stories"],
        "articles": [article.plain() for article in judged],
    }
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _keep_contents(
    digest: Digest,
    told: Sequence[Mapping[str, Any]],
    judged: Sequence[Judged],
    stories: Mapping[str, int],
    rows: Mapping[str, Article],
) -> None:
    """The digest's stories and articles, each as it stands in this result."""
    reconcile(
        DigestStory.objects.filter(digest=digest),
        key="story_id",
        wanted={stories[story["id"]]: _told(story, rows) for story in told},
        digest=digest,
    )
    entries = dict(DigestStory.objects.filter(digest=digest).values_list("story_id", "pk"))
    place = {
        article: (entries[stories[story["id"]]], number)
        for story in told
        for number, article in enumerate(story["article_ids"])
    }
    wanted = {}
    for article in judged:
        entry, number = place.get(article.engine_id, (None, 0))
        row = rows[article.engine_id]
        wanted[row.pk] = {
            "digest_story_id": entry,
            "place": number,
            "relevant": article.relevant,
            "reprint": row.duplicate_of_id is not None,
        }
    reconcile(DigestArticle.objects.filter(digest=digest), key="article_id", wanted=wanted, digest=digest)


def _told(story: Mapping[str, Any], rows: Mapping[str, Article]) -> dict[str, Any]:
    return {
        "rank": story["rank"],
        "topic": next(iter(story["topics"]), ""),
        "title": story["title"],
        "title_language": story["title_language"],
        "gist": story["gist"],
        "gist_article_id": rows[story["gist_article_id"]].pk,
        "score": story["score"],
        "score_parts": dict(story["score_parts"]),
        "first_seen": _moment(story["first_seen"]),
        "last_seen": _moment(story["last_seen"]),
        "article_count": len(story["article_ids"]),
        "outlet_count": len(story["outlets"]),
        "country_count": len(story["countries"]),
        "language_count": len(story["languages"]),
    }


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
