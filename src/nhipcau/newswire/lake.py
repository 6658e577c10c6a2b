"""Archives in bulk: the same reading and extracting on Daft's native runner, as a table that Daft goes on with.

Needs the extra ``lake``. Files are the rows that go in, and each is read whole by one process: Daft's own reader of
archives ends at a cut-off file and leaves headers and chunks in the pages. A file that cannot be read is a row that
says so.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from nhipcau.newswire import prepare, reading
from nhipcau.newswire.records import Article, Rejection
from nhipcau.newswire.rows import extracted_row
from nhipcau.newswire.workers import default_jobs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import daft

#: What a row is of: an article, a document that is none, something that could not be read.
ARTICLE, REJECTED, PROBLEM = "article", "rejected", "problem"
#: What every row says.
ABOUT: Final = ("source", "number", "kind", "reason", "detail")
#: What an article says besides: :func:`~nhipcau.newswire.rows.extracted_row`.
COLUMNS: Final = (
    "id", "url", "canonical_url", "outlet", "outlet_host", "country", "country_from", "reach", "sample", "language",
    "language_confidence", "published_at", "published_from", "published_precision", "published_zone", "modified_at",
    "modified_from", "title", "byline", "image", "section", "marks", "text", "origin",
)  # fmt: skip


def articles(files: Iterable[Path], *, jobs: int | None = None) -> daft.DataFrame:
    """A row for each document in the files, articles with the columns of ``nhipcau extract``; nothing is read yet.

    Args:
        files: archives, feeds, tables or pages.
        jobs: processes; as many as there are processors where ``None``.

    Raises:
        ImportError: the extra ``lake`` is not installed.
    """
    # Unless it is told not to, it counts its uses at its makers'.
    os.environ.update(DO_NOT_TRACK="true", SCARF_NO_ANALYTICS="true", DAFT_ANALYTICS_ENABLED="0")
    import daft

    types = {"number": daft.DataType.int64(), "sample": daft.DataType.bool()}
    types |= {"language_confidence": daft.DataType.float64(), "marks": daft.DataType.list(daft.DataType.string())}
    row = daft.DataType.struct({name: types.get(name, daft.DataType.string()) for name in (*ABOUT, *COLUMNS)})

    @daft.cls(use_process=True, max_concurrency=jobs or default_jobs())
    class Reader:
        @daft.method(return_dtype=daft.DataType.list(row))  # type: ignore[untyped-decorator]
        def rows(self, source: str) -> list[dict[str, Any]]:
            return list(file_rows(source))

    table = daft.from_pydict({"source": [str(file) for file in files]})
    rows = table.select(Reader().rows(daft.col("source")).alias("row")).explode("row")
    return rows.select(*(daft.col("row").get(name).alias(name) for name in (*ABOUT, *COLUMNS)))


def file_rows(file: str) -> Iterator[dict[str, Any]]:
    """The rows of one file, in its order."""
    for number, (_input, item) in enumerate(reading.read_items([file], fetcher=None)):
        row: dict[str, Any] = dict.fromkeys((*ABOUT, *COLUMNS))
        # Daft takes no list that is nowhere in a file.
        row.update(source=file, number=number, marks=[])
        found = prepare.extracted(item)
        if isinstance(found, Article):
            row.update(extracted_row(found), kind=ARTICLE)
        elif isinstance(found, Rejection):
            row.update(kind=REJECTED, url=found.url, origin=found.origin, reason=found.reason, detail=str(found.detail))
        else:
            row.update(kind=PROBLEM, detail=str(found.message))
        yield row
