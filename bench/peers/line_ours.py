"""The whole line, as ``bench/line.py`` asks for it: ``run ARCHIVE FOLDER``, ``stages ARCHIVE`` or ``rows ARCHIVE``."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhipcau.newswire import pipeline, prepare, reading, relevance, worker_process
from nhipcau.newswire.duplicates import DuplicateIndex
from nhipcau.newswire.extract import article, body
from nhipcau.newswire.period import Period
from nhipcau.newswire.records import Article
from nhipcau.newswire.stories import StoryStream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nhipcau.newswire.pipeline import Progress

FOCUS, JOBS = "DE", 2


def run(archive: str, folder: str) -> dict[str, Any]:
    """A digest of the archive; seconds of each part of the run, from its first to its last."""
    marks: dict[str, float] = {}

    def progress(told: Progress) -> None:
        marks[told.stage] = time.monotonic()

    start = time.monotonic()
    with pipeline.run([Path(archive)], focus=FOCUS, jobs=JOBS, on_progress=progress) as result:
        result.write(Path(folder), formats=["json", "html"], lang="vi")
        counts = dict(result.data["counts"])
    end = time.monotonic()
    read, compare = marks["read"], marks.get("compare", marks["read"])
    return {"seconds": end - start, "read": read - start, "compare": compare - read, "tell": end - compare, **counts}


class Clock:
    """Processor time of what is called by name; what is called inside counts once, with its own name."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._names: list[str] = []
        self._since = time.process_time()

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """What happens now is of this stage."""
        self._count()
        self._names.append(name)
        try:
            yield
        finally:
            self._count()
            self._names.pop()

    def _count(self) -> None:
        now = time.process_time()
        if self._names:
            self.spent[self._names[-1]] += now - self._since
        self._since = now

    def around(self, holder: Any, attribute: str, name: str) -> None:
        """Count every call of a function, wherever it is called by that name; ends the bench where there is none."""
        called: Callable[..., Any] | None = getattr(holder, attribute, None)
        if called is None:
            raise SystemExit(f"{holder.__name__} has no {attribute} any more: name what {name} is done by now")

        def counted(*args: Any, **named: Any) -> Any:
            with self.of(name):
                return called(*args, **named)

        setattr(holder, attribute, counted)


def stages(archive: str) -> dict[str, Any]:
    """Milliseconds of processor that a page takes in each stage, everything in one process set up as a worker is."""
    worker_process.settle()
    clock = Clock()
    for holder, attribute, name in (
        (prepare, "extract_document", "titles, bylines and the rest"),
        (article.encoding, "as_utf8", "decoding"),
        (article, "Tree", "parsing"),
        (body, "main_text", "body text"),
        (article, "date_page", "dates"),
        (article.language, "identify", "language"),
        (relevance, "topics", "topics"),
        (relevance, "score", "relevance"),
        (prepare, "places_of", "places"),
        (prepare, "institutions_of", "institutions"),
    ):
        clock.around(holder, attribute, name)
    found: list[Article] = []
    pages = 0
    items = reading.read_items([archive], fetcher=None)
    while True:
        with clock.of("reading the archive"):
            item = next(items, None)
        if item is None:
            break
        pages += 1
        with clock.of("records"):
            one = prepare.prepare(item[1], focus=FOCUS, period=Period())
        if isinstance(one, Article):
            found.append(one)
    with clock.of("duplicates"):
        for _ in DuplicateIndex().judge(found):
            pass
    with clock.of("stories"):
        StoryStream().add(one for one in found if one.relevance >= relevance.RELEVANT)
    return {"pages": pages, "ms": {name: 1000 * spent / pages for name, spent in clock.spent.items()}}


def rows(archive: str) -> list[str]:
    """What extraction makes of every document of the archive, a line each, by the worker processes."""
    from nhipcau.newswire.lake import file_rows

    return [json.dumps(row, sort_keys=True, ensure_ascii=False) for row in file_rows(archive)]


if __name__ == "__main__":
    asked, *given = sys.argv[1:]
    print(json.dumps({"run": run, "stages": stages, "rows": rows}[asked](*given)))
