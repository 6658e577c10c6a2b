"""Second and third stage: which article repeats which, and what story each relevant one tells, in order of time."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from nhipcau.newswire.duplicates import differences, in_short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nhipcau.newswire.duplicates import DuplicateIndex, Verdict
    from nhipcau.newswire.records import Article, Differences
    from nhipcau.newswire.stories import StoryStream
    from nhipcau.newswire.workdb import WorkDB

#: Articles given to the stream of stories at once. Part of the result, so it does not depend on the machine.
STORY_BATCH = 256


def judge(
    db: WorkDB, index: DuplicateIndex, stream: StoryStream, *, threshold: float, progress: Callable[[int], None]
) -> None:
    """Judge every article read.

    The first relevant article of each group of duplicates goes into a story; relevant reprints and later versions of
    its page join the story of their group, so that their outlets count. An article that an earlier digest held already
    is no duplicate of itself: it is marked as seen before and stays in its story.
    """
    db.start_judging()
    known = _stories_by_article(stream)
    speakers: dict[str, str] = {}
    relevant: list[tuple[int, str]] = []
    batch: list[Article] = []
    for done, (ordinal, article, verdict) in enumerate(_judged(db, index), start=1):
        match = verdict.match
        seen_before = match is not None and match.of == article.id
        differing = None if seen_before else _differing(db, article, verdict)
        db.judge(ordinal, None if seen_before else match, verdict.revises, differing, seen_before=seen_before)
        progress(done)
        if article.relevance < threshold:
            continue
        first = verdict.first or article.id
        relevant.append((ordinal, first))
        if first not in speakers:
            speakers[first] = first if first in known else article.id
            if first not in known:
                batch.append(article)
                if len(batch) == STORY_BATCH:
                    stream.add(batch)
                    batch = []
    if batch:
        stream.add(batch)
    told = _stories_by_article(stream)
    for ordinal, first in relevant:
        db.tell(ordinal, told[speakers[first]])
    db.end_judging()


def _judged(db: WorkDB, index: DuplicateIndex) -> Iterator[tuple[int, Article, Verdict]]:
    """Every article in order of time with its place and what it repeats or revises."""
    # The index reads some ahead and looks them up together.
    given, asked = itertools.tee(db.in_time_order())
    verdicts = index.judge(article for _, article in asked)
    for (ordinal, article), verdict in zip(given, verdicts, strict=True):
        yield ordinal, article, verdict


def _differing(db: WorkDB, article: Article, verdict: Verdict) -> Differences | None:
    """What an article says differently from the version before it, or else from what it repeats, in short.

    ``None`` where it does neither, or where the other text went with an earlier digest.
    """
    other = verdict.revises or (verdict.match and verdict.match.of)
    before = db.article(other) if other else None
    return None if before is None else in_short(differences(before, article))


def _stories_by_article(stream: StoryStream) -> dict[str, str]:
    return {article_id: story.id for story in stream.stories() for article_id in story.article_ids}
