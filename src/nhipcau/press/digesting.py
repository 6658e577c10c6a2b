"""From the stored articles of the last days to the digest of a day, through the engine's pipeline."""

from __future__ import annotations

import logging
import shutil
from itertools import chain
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from nhipcau.press import queries
from nhipcau.press.domain.digests import store_digest
from nhipcau.press.engine_records import article_record, corrections_record, rejection_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation
    from nhipcau.newswire.digest.result import DigestResult
    from nhipcau.newswire.records import Article, Rejection
    from nhipcau.press.models import Digest

logger = logging.getLogger(__name__)

#: Days for which the engine's memory is kept.
MEMORY = 14
#: Rows read at a time.
_CHUNK = 200


def build_digests(organisations: Sequence[Organisation], day: date, *, actor: Actor, focus: str) -> list[Digest]:
    """Build the digest of a day for these offices; nothing where no article of its period is stored.

    The engine runs once for all of them. It goes on from what it remembered at the end of the last day that had a
    digest: what that one told is not new.

    Raises:
        RunError: another run builds digests at this moment.
    """
    as_of = timezone.now()
    period = queries.digest_period(day)
    if not organisations or not queries.articles_between(*period).exists():
        return []
    folder = settings.HOME / "digests" / focus
    with _run(folder, day, period=period, as_of=as_of, focus=focus) as result:
        _keep_memory(folder, day, result)
        return [
            store_digest(actor=actor, organisation=organisation, result=result, day=day, period=period, as_of=as_of)
            for organisation in organisations
        ]


def _run(folder: Path, day: date, *, period: tuple[datetime, datetime], as_of: datetime, focus: str) -> DigestResult:
    from nhipcau.newswire import pipeline
    from nhipcau.newswire.errors import RunError
    from nhipcau.newswire.state import StateError

    def run(previous: Path | None) -> DigestResult:
        inputs = chain(_articles(*period), _rejections(period[0], min(period[1], as_of)))
        return pipeline.run([inputs], focus=focus, previous=previous, workdir=folder / "work", corrections=corrections)

    corrections = corrections_record(queries.corrected_articles(as_of), queries.named_articles(as_of))
    previous = _memory_before(folder, day)
    try:
        return run(previous)
    except (RunError, StateError) as error:
        if previous is None:
            raise
        # Of another version, or damaged: a digest to which everything is new is better than none.
        logger.warning("%s", error)
        return run(None)


def _articles(start: datetime, end: datetime) -> Iterator[Article]:
    for article in queries.articles_between(start, end).iterator(chunk_size=_CHUNK):
        yield article_record(article)


def _rejections(start: datetime, end: datetime) -> Iterator[Rejection]:
    for refusal in queries.refused_between(start, end).order_by("pk").iterator(chunk_size=_CHUNK):
        yield rejection_record(refusal)


def _memory_before(folder: Path, day: date) -> Path | None:
    """What the engine left at the end of the last day before this one."""
    return max((kept for kept in _memories(folder) if _day_of(kept) < day.isoformat()), key=_order, default=None)


def _keep_memory(folder: Path, day: date, result: DigestResult) -> None:
    """Keep what the engine remembers after this day, whole or not at all; a later run of the day takes its place."""
    kept = [memory for memory in _memories(folder) if _day_of(memory) == day.isoformat()]
    number = 1 + max((_order(memory)[1] for memory in kept), default=0)
    unfinished = folder / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    result.write(unfinished, formats=())
    unfinished.rename(folder / f"{day.isoformat()}.{number}")
    days = sorted({_day_of(memory) for memory in _memories(folder)})
    for memory in _memories(folder):
        if memory in kept or _day_of(memory) not in days[-MEMORY:]:
            shutil.rmtree(memory, ignore_errors=True)


def _memories(folder: Path) -> list[Path]:
    return [memory for memory in folder.glob("????-??-??.*") if memory.suffix[1:].isdigit()]


def _day_of(memory: Path) -> str:
    return memory.stem


def _order(memory: Path) -> tuple[str, int]:
    return memory.stem, int(memory.suffix[1:])
