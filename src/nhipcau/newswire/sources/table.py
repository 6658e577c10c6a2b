"""Tables of articles: JSON Lines (also gzip) and Parquet. Rows are read one by one, never the whole table."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import IO, TYPE_CHECKING, Any, cast

from nhipcau.newswire.records import Article, InputProblem, Rejection
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources.columns import WANTED, RowError, is_article_row, row_article

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: A longer line is no article; it is passed over without being held.
MAX_LINE = 20_000_000
#: Bad rows named one by one; those after them are counted.
MAX_NAMED = 100
#: Rows of a Parquet file held at once.
BATCH_ROWS = 64

Item = Article | Rejection | InputProblem


class _Problems:
    """Names bad rows, up to a number, and counts the rest."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._count = 0

    def row(self, number: int, why: Sentence) -> Iterator[InputProblem]:
        self._count += 1
        if self._count <= MAX_NAMED:
            yield InputProblem(source=self._name, message=Sentence("Row {row}: {why}", row=number, why=why))

    def rest(self) -> Iterator[InputProblem]:
        if self._count > MAX_NAMED:
            more = Sentence("Further rows that could not be read: {count}.", count=self._count - MAX_NAMED)
            yield InputProblem(source=self._name, message=more)


def read_json_lines(path: Path, *, name: str) -> Iterator[Item]:
    """The articles of a JSON Lines file; a row is named by the number of its line. Raises ``OSError``."""
    problems = _Problems(name)
    with _opened(path) as file:
        lines = _lines(file)
        while True:
            try:
                number, line = next(lines)
            except StopIteration:
                break
            except (EOFError, zlib.error, gzip.BadGzipFile):
                yield InputProblem(
                    source=name, message=Sentence("The file is cut short or damaged; its start was read.")
                )
                break
            if line is None:
                yield from problems.row(number, Sentence("The line is longer than {limit} bytes.", limit=MAX_LINE))
            elif line.strip():
                yield from _json_row(line, number, name, problems)
    yield from problems.rest()


def _json_row(line: bytes, number: int, name: str, problems: _Problems) -> Iterator[Item]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        yield from problems.row(number, Sentence("The line is not UTF-8."))
    except (ValueError, RecursionError):
        yield from problems.row(number, Sentence("The line is not JSON."))
    else:
        yield from _article(row, number, name, problems)


def _article(row: object, number: int, name: str, problems: _Problems) -> Iterator[Item]:
    try:
        yield row_article(row, table=name, origin=f"{name}:{number}")
    except RowError as error:
        yield from problems.row(number, error.sentence)


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return cast("IO[bytes]", gzip.open(path)) if packed else path.open("rb")


def _lines(file: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number from 1; ``None`` for one that is too long."""
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        if len(line) <= MAX_LINE:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE)
        yield number, None


def first_row_is_article(path: Path) -> bool:
    """Whether a JSON Lines file starts with an article: what tells a table from other JSON in a folder."""
    with _opened(path) as file:
        try:
            return is_article_row(json.loads(file.readline(MAX_LINE).decode("utf-8-sig")))
        except (ValueError, RecursionError, EOFError, zlib.error, OSError):
            return False


def read_parquet(path: Path, *, name: str) -> Iterator[Item]:
    """The articles of a Parquet file; a row is named by its number from 1. Raises ``OSError``."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    problems = _Problems(name)
    number = 0
    try:
        with pq.ParquetFile(path, memory_map=False, buffer_size=65_536, pre_buffer=False) as table:
            wanted = [column for column in table.schema_arrow.names if column in WANTED]
            if not is_article_row(dict.fromkeys(wanted)):
                why = Sentence("The table has no column with a text.")
                yield InputProblem(source=name, message=why)
                return
            for batch in table.iter_batches(BATCH_ROWS, columns=wanted, use_threads=False):
                for row in _rows(batch):
                    number += 1
                    yield from _article(row, number, name, problems)
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        why = Sentence("The table is damaged behind row {row}: {why}", row=number, why=error)
        yield InputProblem(source=name, message=why)
    yield from problems.rest()


def _rows(batch: Any) -> Iterator[dict[str, Any]]:
    """A batch as plain dicts. Times are cut to microseconds: finer ones have no place in a ``datetime``."""
    import pyarrow as pa

    columns = {}
    for column, values in zip(batch.schema.names, batch.columns, strict=True):
        kind = values.type
        if pa.types.is_timestamp(kind):
            values = values.cast(pa.timestamp("us", tz=kind.tz), safe=False)  # noqa: PLW2901 - the same values, coarser
        columns[column] = values.to_pylist()
    for i in range(batch.num_rows):
        yield {column: values[i] for column, values in columns.items()}
