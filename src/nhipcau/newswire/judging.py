"""Second and third stage: which article repeats which, and what story each relevant one tells, in order of time."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nhipcau.newswire.duplicates import DuplicateIndex
    from nhipcau.newswire.records import Article, Match
    from nhipcau.newswire.stories import StoryStream
    from nhipcau.newswire.workdb import WorkDB

#: Articles given to the stream of stories at once. Part of the result, so it does not depend on the machine.
STORY_BATCH = 256


def judge(
    db: WorkDB, index: DuplicateIndex, stream: StoryStream, *, threshold: float, progress: Callable[[int], None]
) -> None:
    """Judge every article read.

    The first relevant article of each group of duplicates goes into a story; relevant reprints join the story of
    their group, so that their outlets count. An article that an earlier digest held already is no duplicate of
    itself: it is marked as seen before and stays in its story.
    """
    db.start_judging()
    known = _stories_by_article(stream)
    speakers: dict[str, str] = {}
    relevant: list[tuple[int, str]] = []
    batch: list[Article] = []
    for done, (ordinal, article, match) in enumerate(_matched(db, index), start=1):
        seen_before = match is not None and match.of == article.id
        db.judge(ordinal, None if seen_before else match, seen_before=seen_before)
        progress(done)
        if article.relevance < threshold:
            continue
        first = article.id if match is None else match.of
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


def _matched(db: WorkDB, index: DuplicateIndex) -> Iterator[tuple[int, Article, Match | None]]:
    """Every article in order of time with its place and the first article that it repeats."""
    # The index reads some ahead and looks them up together.
    given, asked = itertools.tee(db.in_time_order())
    verdicts = index.judge(article for _, article in asked)
    for (ordinal, article), verdict in zip(given, verdicts, strict=True):
        yield ordinal, article, verdict.match


def _stories_by_article(stream: StoryStream) -> dict[str, str]:
    return {article_id: story.id for story in stream.stories() for article_id in story.article_ids}
