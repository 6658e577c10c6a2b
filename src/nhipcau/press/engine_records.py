"""Rows of the press room as the records that the engine works on."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from nhipcau.newswire import records
from nhipcau.press.models import CorrectionKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.newswire.sources import Subscription
    from nhipcau.press.models import Article, CorrectedArticle, Outlet, Refusal, Source


def outlet_record(outlet: Outlet) -> records.Outlet:
    """The outlet as the registry knows it."""
    return records.Outlet(
        host=outlet.host,
        name=outlet.name,
        country=outlet.country or None,
        country_from=outlet.country_from or None,
        reach=outlet.reach,
        sample=outlet.sample,
    )


def subscription_record(source: Source) -> Subscription:
    """What the engine is asked to visit, with what the server said last time."""
    from nhipcau.newswire.sources import Subscription

    return Subscription(
        url=source.url,
        outlet=outlet_record(source.outlet),
        etag=source.etag or None,
        last_modified=source.last_modified or None,
    )


def article_record(article: Article, *, in_full: bool = True) -> records.Article:
    """The article and what was said of it by itself; story and reprints are left to the run.

    Not ``in_full`` leaves out text and byline, which need not have been read.
    """
    return records.Article(
        id=article.engine_id,
        url=article.url,
        canonical_url=article.canonical_url,
        outlet=outlet_record(article.outlet),
        title=article.title,
        text=article.text if in_full else "",
        language=article.language,
        language_confidence=article.language_confidence,
        published_at=article.published_at,
        published_from=article.published_from or None,
        published_precision=article.published_precision or None,
        modified_at=article.modified_at,
        byline=(article.byline or None) if in_full else None,
        image=article.image or None,
        origin=article.origin,
        relevance=article.relevance,
        reasons=tuple(records.Reason(**reason) for reason in article.reasons),
        topics=tuple(topic.code for topic in article.topics.all()),
        places=tuple(records.Place(**place) for place in article.places),
        institutions=tuple(records.Institution(**one) for one in article.institutions),
    )


def rejection_record(refusal: Refusal) -> records.Rejection:
    """The rejection; its sentence stays in the table."""
    return records.Rejection(url=refusal.url, origin=refusal.origin, reason=refusal.reason)


def corrections_record(corrected: Iterable[CorrectedArticle], named: Iterable[tuple[str, str]]) -> records.Corrections:
    """What people corrected, as the engine obeys it.

    Args:
        corrected: the articles of corrections that hold, in the order in which the corrections were made.
        named: story, its name and the engine's id of an article, for the articles of stories that were given a name.
    """
    groupings = []
    for correction, rows in groupby(corrected, lambda row: row.correction):
        sides: dict[bool, list[str]] = {False: [], True: []}
        for row in rows:
            sides[row.of_other].append(row.article.engine_id)
        if correction.kind == CorrectionKind.MERGE:
            together = (*sides[False], *sides[True])
            groupings.append((records.HandGroup(article_ids=together, story_id=correction.story.engine_id),))
        else:
            pairs = ((sides[False], correction.story), (sides[True], correction.other))
            groupings.append(
                tuple(records.HandGroup(article_ids=tuple(ids), story_id=story.engine_id) for ids, story in pairs)
            )
    titles = [
        records.HandTitle(article_ids=tuple(article for *_, article in rows), title=name)
        for (_, name), rows in groupby(named, lambda row: row[:2])
    ]
    return records.Corrections(groupings=tuple(groupings), titles=tuple(titles))
