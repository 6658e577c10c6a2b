"""What a run found: its stories, numbers and articles, and how they are written down."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from nhipcau.newswire import relevance
from nhipcau.newswire.digest import FORMATS
from nhipcau.newswire.digest.json_file import SCHEMA, digest_article
from nhipcau.newswire.digest.method import method
from nhipcau.newswire.digest.numbers import numbers
from nhipcau.newswire.digest.telling import tell
from nhipcau.newswire.digest.writing import WRITERS, placed
from nhipcau.newswire.engine import engine
from nhipcau.newswire.garbage import collected_seldom
from nhipcau.newswire.rows import iso_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from nhipcau.newswire.digest.telling import Gist
    from nhipcau.newswire.period import Period
    from nhipcau.newswire.records import Article, InputProblem, Rejection, Story
    from nhipcau.newswire.remembered import Memory
    from nhipcau.newswire.workdb import Stored, WorkDB, WorkFolder


class DigestResult:
    """A context manager: texts lie in the working folder until it is closed, and go with it.

    Attributes:
        data: ``digest.json`` as plain values, but for its lists ``articles`` and ``rejections``, which are read from
            the working file: :meth:`articles`, :meth:`rejections`.
        stories: the stories that have articles in this run, best first; ``article_ids`` are those of this run.
    """

    def __init__(
        self,
        *,
        db: WorkDB,
        folder: WorkFolder,
        memory: Memory,
        period: Period,
        inputs: Sequence[tuple[str, str]],
        gist: Callable[[Article], Gist],
        models: dict[str, str],
    ) -> None:
        self._db, self._folder, self._memory, self._period = db, folder, memory, period
        self._threshold = relevance.RELEVANT
        self._items = [stored.article for stored in db.relevant(self._threshold)]
        members: dict[str, list[Article]] = {}
        for article in self._items:
            if article.story_id is not None:
                members.setdefault(article.story_id, []).append(article)
        remembered = {story.id: story for story in memory.stream.stories()}
        told = tell(remembered.values(), members, lambda article: gist(article.replace(text=db.text(article.id))))
        self.stories: list[Story] = [
            dataclasses.replace(remembered[row["id"]], article_ids=tuple(row["article_ids"])) for row in told
        ]
        self.data = self._data(told, inputs=inputs, models=models)

    def _data(
        self, told: list[dict[str, Any]], *, inputs: Sequence[tuple[str, str]], models: dict[str, str]
    ) -> dict[str, Any]:
        rejected = self._db.rejected()
        articles = self._db.count("article")
        first, last = self._db.times()
        return {
            "schema": SCHEMA,
            "focus": self._memory.focus,
            "sample": self._db.holds_sample(),
            "period": {
                "since": iso_seconds(self._period.since),
                "until": iso_seconds(self._period.until),
                "first_seen": iso_seconds(first),
                "last_seen": iso_seconds(last),
            },
            "counts": {
                "documents": articles + sum(rejected.values()),
                "articles": articles,
                "rejected": rejected,
                **self._db.tally(self._threshold),
            },
            # A run has no office: what one adds stands here when its digest is written from the desk.
            "edition": None,
            "sections": None,
            "stories": told,
            "numbers": numbers(self._items, told),
            "inputs": self._inputs(inputs),
            "method": method(models),
            "engine": engine(),
        }

    def _inputs(self, listed: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
        counts = self._db.counts_by_input()
        rows: list[dict[str, Any]] = [
            {
                "name": name,
                "kind": kind,
                "documents": counts.get((number, "article"), 0) + counts.get((number, "rejection"), 0),
                "articles": counts.get((number, "article"), 0),
                "problems": [],
            }
            for number, (name, kind) in enumerate(listed)
        ]
        for number, problem in self._db.problems():
            rows[number]["problems"].append(
                {"source": problem.source, "message": problem.message, "offset": problem.offset}
            )
        return rows

    def stored(self) -> Iterator[Stored]:
        """Every article without its text, with its length and whether an earlier digest held it, in input order."""
        return self._db.in_input_order(text=False)

    def articles(self) -> Iterator[Article]:
        """Every article with its text and all that was judged of it, in input order."""
        return (stored.article for stored in self._db.in_input_order(text=True))

    def others(self) -> Iterator[Article]:
        """The articles that are not relevant, without their texts, in input order."""
        return (stored.article for stored in self.stored() if stored.article.relevance < self._threshold)

    def article_rows(self) -> Iterator[dict[str, Any]]:
        """Every article as ``digest.json`` lists it, in input order."""
        for stored in self.stored():
            yield digest_article(
                stored.article,
                text_chars=stored.text_chars,
                relevant=stored.article.relevance >= self._threshold,
                seen_before=stored.seen_before,
                period=self._period,
            )

    def rejections(self) -> Iterator[Rejection]:
        """Every document that became no article, in input order."""
        return (rejection for _, rejection in self._db.rejections())

    def items(self) -> Sequence[Article]:
        """The relevant articles without their texts, earliest first, undated last."""
        return self._items

    def problems(self) -> Iterator[InputProblem]:
        """Everything of the inputs that could not be read, in input order."""
        return (problem for _, problem in self._db.problems())

    @collected_seldom()
    def write(self, out: Path, formats: Sequence[str] = FORMATS, lang: str = "vi") -> None:
        """Write ``digest.<format>`` for each format, and the memory for the next run into ``out/state``.

        Each file is complete or not there: it is written beside its place and then moved.

        Raises:
            ValueError: a format that is not in :data:`FORMATS`, or a language without words.
            OSError: ``out`` cannot be written to.
        """
        unknown = [name for name in formats if name not in FORMATS]
        if unknown:
            raise ValueError(f"no such format: {', '.join(unknown)}")
        out.mkdir(parents=True, exist_ok=True)
        self._memory.save(out)
        for name in formats:
            with placed(out / f"digest.{name}") as file:
                WRITERS[name](file, self, lang)

    def close(self, *, done: bool = True) -> None:
        """End the run. Not ``done`` leaves a named working folder for the next one to go on from."""
        self._memory.close()
        self._db.close()
        self._folder.release(done=done)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(done=kind is None)
