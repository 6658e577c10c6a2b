"""The working file of one run: every item read, in input order, with texts on disk instead of in memory.

A run that was killed leaves it behind; the next run with the same question goes on where it stopped.
"""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import json
import os
import shutil
import sqlite3
import tempfile
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhipcau.newswire.errors import RunError
from nhipcau.newswire.records import Article, Differences, InputProblem, Match, Rejection
from nhipcau.newswire.rows import article_from_row, article_row, differences_from_row, differences_row
from nhipcau.newswire.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Items per commit: a killed run loses at most these.
BATCH = 64

SCHEMA = """
CREATE TABLE about (question TEXT NOT NULL);
CREATE TABLE item (ordinal INTEGER PRIMARY KEY, input INTEGER NOT NULL, key BLOB NOT NULL, kind TEXT NOT NULL,
                   record TEXT);
CREATE INDEX item_kind ON item (kind, ordinal);
CREATE TABLE article (ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, first_id TEXT NOT NULL, published TEXT,
                      relevance REAL NOT NULL, text_chars INTEGER NOT NULL, record TEXT NOT NULL, text BLOB NOT NULL);
CREATE INDEX article_first ON article (first_id);
CREATE INDEX article_time ON article (published IS NULL, published, ordinal);
"""
JUDGEMENTS = """
DROP TABLE IF EXISTS judgement;
CREATE TABLE judgement (ordinal INTEGER PRIMARY KEY, duplicate_of TEXT, measure TEXT, value REAL, story_id TEXT,
                        seen_before INTEGER NOT NULL DEFAULT 0, revises TEXT, differences TEXT);
"""
ROW = """
SELECT article.*, duplicate_of, measure, value, story_id, coalesce(seen_before, 0) AS seen_before, revises, differences,
       input
FROM article JOIN item USING (ordinal) LEFT JOIN judgement USING (ordinal)
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Stored:
    """One article with what only the working file knows of it; ``text_chars`` holds where its text was left on disk."""

    ordinal: int
    input_number: int
    article: Article
    text_chars: int
    seen_before: bool


class WorkFolder:
    """A folder that one run holds alone: its own, or one made for the occasion where ``path`` is ``None``.

    The lock is the operating system's, so it goes with the process however that ends.
    """

    def __init__(self, path: Path | None) -> None:
        """Raises :class:`RunError` where another run holds it, ``OSError`` where it cannot be made."""
        self.path = Path(tempfile.mkdtemp(prefix="nhipcau-")) if path is None else path
        self.keep_on_failure = path is not None
        self._lock = self._held()

    def _held(self) -> int:
        self.path.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # A run that has just ended removes the folder: a lock on the removed file would hold nothing.
            held = os.path.samestat(os.fstat(lock), (self.path / "lock").stat())
        except (BlockingIOError, PermissionError, FileNotFoundError):
            held = False
        if not held:
            os.close(lock)
            raise RunError(
                Sentence(
                    "Another run is writing to {folder}: wait for it to end, or give another folder.",
                    folder=self.path.parent,
                )
            )
        return lock

    def release(self, *, done: bool) -> None:
        """Let go; the folder goes away too where its work is ``done``, or where nobody could find it again."""
        if done or not self.keep_on_failure:
            shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


class WorkDB:
    """The SQLite file in a working folder. One thread, one process."""

    def __init__(self, folder: Path, question: str) -> None:
        """Open what an earlier run left if it was asked the same ``question``; else start empty."""
        self._path = folder / "work.sqlite3"
        try:
            self._db = self._opened()
            asked = self._db.execute("SELECT question FROM about").fetchone()
        except sqlite3.DatabaseError:
            asked = None
        if asked is None or asked["question"] != question:
            self._start_again(question)
        self._pending = 0

    def _opened(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, isolation_level=None)
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        return db

    def _start_again(self, question: str) -> None:
        with contextlib.suppress(AttributeError):
            self._db.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._path}{suffix}").unlink(missing_ok=True)
        self._db = self._opened()
        self._db.executescript(SCHEMA + JUDGEMENTS)
        self._db.execute("INSERT INTO about VALUES (?)", (question,))

    def close(self) -> None:
        """Close the file; it stays on disk."""
        self._db.close()

    # What was read ----------------------------------------------------------------------------------------------

    def key(self, ordinal: int) -> bytes | None:
        """What identified the item at this place when it was read, ``None`` where nothing was."""
        row = self._db.execute("SELECT key FROM item WHERE ordinal = ?", (ordinal,)).fetchone()
        return None if row is None else bytes(row["key"])

    def forget_from(self, ordinal: int) -> None:
        """Throw away this item and all after it: the input is no longer what it was."""
        self._db.execute("DELETE FROM article WHERE ordinal >= ?", (ordinal,))
        self._db.execute("DELETE FROM item WHERE ordinal >= ?", (ordinal,))

    def add(self, ordinal: int, input_number: int, key: bytes, item: Article | Rejection | InputProblem) -> None:
        """Keep one item. It is on disk after :data:`BATCH` more, or after :meth:`commit`."""
        if not self._pending:
            self._db.execute("BEGIN")
        if isinstance(item, Article):
            self._add_article(ordinal, item)
            kind, record = "article", None
        elif isinstance(item, Rejection):
            kind = "rejection"
            record = {"url": item.url, "origin": item.origin, "reason": item.reason, "detail": _packed(item.detail)}
        else:
            kind = "problem"
            record = {"source": item.source, "message": _packed(item.message), "offset": item.offset}
        self._db.execute(
            "INSERT INTO item VALUES (?, ?, ?, ?, ?)",
            (ordinal, input_number, key, kind, json.dumps(record, ensure_ascii=False)),
        )
        self._pending += 1
        if self._pending >= BATCH:
            self.commit()

    def _add_article(self, ordinal: int, article: Article) -> None:
        unique = self._unique_id(article.id)
        row = article_row(article.replace(id=unique))
        text = row.pop("text")
        moment = article.published_at
        self._db.execute(
            "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                ordinal,
                unique,
                article.id,
                None if moment is None else moment.astimezone(UTC).isoformat(timespec="microseconds"),
                article.relevance,
                len(text),
                json.dumps(row, ensure_ascii=False),
                zlib.compress(text.encode(), 1),
            ),
        )

    def _unique_id(self, first: str) -> str:
        """An identical further copy gets the id with ``-2``, ``-3`` ... in input order: ids are unique in a digest."""
        copies = self._db.execute("SELECT count(*) FROM article WHERE first_id = ?", (first,)).fetchone()[0]
        unique, number = first, max(2, copies + 1)
        while self._db.execute("SELECT 1 FROM article WHERE id = ?", (unique,)).fetchone():
            unique, number = f"{first}-{number}", number + 1
        return unique

    def commit(self) -> None:
        """Put everything added so far on disk."""
        if self._pending and self._db.in_transaction:  # a full disk makes SQLite roll back by itself
            self._db.execute("COMMIT")
        self._pending = 0

    # What was judged --------------------------------------------------------------------------------------------

    def start_judging(self) -> None:
        """Forget what was judged by a run that did not end; what was read stays."""
        self.commit()
        self._db.executescript(JUDGEMENTS)
        self._db.execute("BEGIN")

    def judge(
        self,
        ordinal: int,
        match: Match | None,
        revises: str | None = None,
        differences: Differences | None = None,
        *,
        seen_before: bool,
    ) -> None:
        """Note what an article repeats or revises, what it says differently, and whether an earlier digest held it."""
        of, measure, value = (None, None, None) if match is None else (match.of, match.measure, match.value)
        told = json.dumps(differences_row(differences), ensure_ascii=False) if differences else None
        self._db.execute(
            "INSERT INTO judgement (ordinal, duplicate_of, measure, value, seen_before, revises, differences)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (ordinal, of, measure, value, seen_before, revises, told),
        )

    def tell(self, ordinal: int, story_id: str) -> None:
        """Put an article into a story."""
        self._db.execute("UPDATE judgement SET story_id = ? WHERE ordinal = ?", (story_id, ordinal))

    def end_judging(self) -> None:
        """Put every judgement on disk."""
        self._db.execute("COMMIT")

    # What stands ------------------------------------------------------------------------------------------------

    def count(self, kind: str) -> int:
        """How many items of a kind: ``article``, ``rejection``, ``problem``."""
        return int(self._db.execute("SELECT count(*) FROM item WHERE kind = ?", (kind,)).fetchone()[0])

    def tally(self, threshold: float) -> dict[str, int]:
        """How many articles are duplicates, relevant, seen before, undated."""
        row = self._db.execute(
            "SELECT count(duplicate_of) AS duplicates, count(iif(relevance >= ?, 1, NULL)) AS relevant,"
            " coalesce(sum(seen_before), 0) AS seen_before, count(iif(published IS NULL, 1, NULL)) AS undated"
            " FROM article LEFT JOIN judgement USING (ordinal)",
            (threshold,),
        ).fetchone()
        return dict(row)

    def rejected(self) -> dict[str, int]:
        """How many documents each reason lost."""
        found = self._db.execute(
            "SELECT json_extract(record, '$.reason') AS reason, count(*) FROM item WHERE kind = 'rejection'"
            " GROUP BY reason ORDER BY reason"
        )
        return {row[0]: row[1] for row in found}

    def times(self) -> tuple[datetime | None, datetime | None]:
        """When the earliest and the latest article were published."""
        row = self._db.execute("SELECT min(published), max(published) FROM article").fetchone()
        first, last = (None if value is None else datetime.fromisoformat(value) for value in row)
        return first, last

    def holds_sample(self) -> bool:
        """Whether an article of an invented outlet is among them."""
        found = self._db.execute("SELECT EXISTS (SELECT 1 FROM article WHERE json_extract(record, '$.sample'))")
        return bool(found.fetchone()[0])

    def counts_by_input(self) -> dict[tuple[int, str], int]:
        """How many items of each kind each input gave."""
        found = self._db.execute("SELECT input, kind, count(*) FROM item GROUP BY input, kind")
        return {(row[0], row[1]): row[2] for row in found}

    def in_time_order(self) -> Iterator[tuple[int, Article]]:
        """Every article with its text, earliest first, undated last, then in input order."""
        found = self._db.execute(
            "SELECT ordinal, record, text FROM article ORDER BY published IS NULL, published, ordinal"
        )
        for row in found:
            yield row["ordinal"], _article(row, text=True)

    def in_input_order(self, *, text: bool) -> Iterator[Stored]:
        """Every article as judged, in input order."""
        for row in self._db.execute(f"{ROW} ORDER BY article.ordinal"):
            yield _stored(row, text=text)

    def relevant(self, threshold: float) -> Iterator[Stored]:
        """Articles of at least this relevance, without their texts, earliest first, undated last."""
        order = "ORDER BY article.published IS NULL, article.published, article.ordinal"
        for row in self._db.execute(f"{ROW} WHERE article.relevance >= ? {order}", (threshold,)):
            yield _stored(row, text=False)

    def text(self, article_id: str) -> str:
        """The text of one article; raises ``KeyError`` where there is none of that id."""
        row = self._db.execute("SELECT text FROM article WHERE id = ?", (article_id,)).fetchone()
        if row is None:
            raise KeyError(article_id)
        return zlib.decompress(row["text"]).decode()

    def article(self, article_id: str) -> Article | None:
        """One article as read, with its text; ``None`` where there is none of that id."""
        row = self._db.execute("SELECT record, text FROM article WHERE id = ?", (article_id,)).fetchone()
        return None if row is None else _article(row, text=True)

    def rejections(self) -> Iterator[tuple[int, Rejection]]:
        """Every rejection with the number of its input, in input order."""
        for row in self._db.execute("SELECT input, record FROM item WHERE kind = 'rejection' ORDER BY ordinal"):
            values = json.loads(row["record"])
            yield row["input"], Rejection(**{**values, "detail": _unpacked(values["detail"])})

    def problems(self) -> Iterator[tuple[int, InputProblem]]:
        """Every input problem with the number of its input, in input order."""
        for row in self._db.execute("SELECT input, record FROM item WHERE kind = 'problem' ORDER BY ordinal"):
            values = json.loads(row["record"])
            yield row["input"], InputProblem(**{**values, "message": _unpacked(values["message"])})


def _packed(text: object) -> object:
    """A text as JSON; a :class:`Sentence` keeps its template, so that it can still be told in another language."""
    if isinstance(text, Sentence):
        return {"template": text.template, "values": {name: _packed(value) for name, value in text.values.items()}}
    return text


def _unpacked(text: Any) -> Any:
    if isinstance(text, dict):
        values = {name: _unpacked(value) for name, value in text["values"].items()}
        kind = Sentence  # under its own name, Babel would take the key for a text
        return kind(text["template"], **values)
    return text


def _article(row: sqlite3.Row, *, text: bool) -> Article:
    values = json.loads(row["record"])
    values["text"] = zlib.decompress(row["text"]).decode() if text else ""
    return article_from_row(values)


def _stored(row: sqlite3.Row, *, text: bool) -> Stored:
    article = _article(row, text=text).replace(
        duplicate_of=row["duplicate_of"],
        duplicate_measure=row["measure"],
        duplicate_value=row["value"],
        story_id=row["story_id"],
        revises=row["revises"],
        differences=None if row["differences"] is None else differences_from_row(json.loads(row["differences"])),
    )
    return Stored(row["ordinal"], row["input"], article, row["text_chars"], bool(row["seen_before"]))
