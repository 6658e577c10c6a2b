"""What is new to an office: what its approved digests have not told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from nhipcau.press.models import TOLD, Digest, DigestArticle, DigestEntry, DigestStory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from nhipcau.network.models import Organisation

#: A story told longer ago is news again.
FORTNIGHT = timedelta(days=14)


def told_before(organisation: Organisation, *, day: date, but: Digest | None) -> frozenset[str] | None:
    """Engine's ids of the articles whose stories the office's approved digests told in the fortnight up to a day.

    None where it approved no digest in that time: then the engine's own memory says what is new.
    """
    earlier = Digest.objects.filter(organisation=organisation, state__in=TOLD, day__lte=day, day__gt=day - FORTNIGHT)
    if but is not None:
        earlier = earlier.exclude(pk=but.pk)
    if not earlier.exists():
        return None
    entries = DigestEntry.objects.filter(digest__in=earlier.order_by().values("pk"), removed_at__isnull=True)
    stories = set(entries.filter(story__isnull=False).values_list("digest_id", "story_id"))
    articles = set(entries.values_list("digest_id", "article_id"))
    story_of = dict(
        DigestStory.objects.filter(digest__in=earlier.order_by().values("pk")).values_list("pk", "story_id")
    )
    rows = DigestArticle.objects.filter(digest__in=earlier.order_by().values("pk"))
    return frozenset(
        engine_id
        for digest_id, key, article_id, engine_id in rows.values_list(
            "digest_id", "digest_story_id", "article_id", "article__engine_id"
        )
        if (digest_id, story_of.get(key)) in stories or (digest_id, article_id) in articles
    )


def with_novelty(stories: Iterable[Mapping[str, Any]], told: frozenset[str] | None) -> list[dict[str, Any]]:
    """The engine's stories, ranked anew by what is new to an office: the share of articles that it has not told."""
    from nhipcau.newswire.digest import ranking

    rows = [dict(story) for story in stories]
    if told is None:
        return rows
    for row in rows:
        new = [article for article in row["article_ids"] if article not in told]
        row["score_parts"] = {**row["score_parts"], "novelty": round(len(new) / len(row["article_ids"]), 4)}
        row["score"] = ranking.total(row["score_parts"])
    rows.sort(key=lambda row: row["id"])
    rows.sort(key=lambda row: (row["score"], row["last_seen"] or ""), reverse=True)
    for rank, row in enumerate(rows, 1):
        row["rank"] = rank
    return rows
