"""Exact and near duplicates: which article repeats one that was read before.

Three measures, in this order: the same canonical address and text (``url``), the same text (``text``), and nearly the
same text (``containment``: the share of the smaller text's shingles that the larger one has). Candidates for the last
come from a MinHash sketch: the smallest hashes of a text's shingles, which two texts share the more, the more
shingles they share.

An article is always compared with first articles, never with their duplicates: ``Match.of`` is the first of its group
and nothing chains. Whoever is compared is judged by whether anything would be lost by folding it away:

* Another outlet's text is a reprint when three quarters of the smaller are in the larger and neither is much longer.
* The same outlet's text is an update, not a duplicate, as soon as a tenth of it is new. That also keeps apart pages of
  one outlet that share a frame of standing sentences.
"""

from __future__ import annotations

import base64
import json
import sqlite3
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from nhipcau.newswire.records import Article, Match
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.state import Line, StateError, present_rank, read_state, write_state
from nhipcau.newswire.tokens import Shingles, shingles
from nhipcau.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

#: How long an article is remembered after it, or a duplicate of it, was published.
WINDOW_DAYS = 14

# Between outlets. Two extractions of one page contain each other to 0.90 or more in nine cases of ten, to 0.75 in all
# but two to six of a hundred; texts written separately about one event share next to nothing, and what lies between
# is copy that was partly rewritten.
REPRINT = 0.75
# A text four times shorter is a teaser, not the reprint; one twice as long adds more than it repeats.
SHORTEST, LONGEST = 0.25, 2.0
# Within an outlet: this share of the new text must be old. An update of one sentence in ten is told as news.
UNCHANGED = 0.90
# Twenty shingles of five words are a run of 24 words: longer than a quotation, a title or a closing notice.
LEAST_SHARED = 20

# With 48 hashes, a reprint at the lowest containment and the greatest difference in length shares nine on average.
_SKETCH = 48
_CANDIDATES = 16
# Of a longer text the smallest hashes are kept, an even sample of its shingles: containment is then known to about
# 0.03, and a fortnight of 2,000 articles a day is saved in 30 MB.
_MOST_SHINGLES = 256

_KIND, _VERSION = "nhipcau-duplicates", 1
_DAY = 86_400

_SCHEMA = """
CREATE TABLE entry (number INTEGER PRIMARY KEY, id TEXT NOT NULL, host TEXT NOT NULL, address INTEGER NOT NULL,
                    text INTEGER NOT NULL, seen INTEGER, shingles BLOB NOT NULL);
CREATE INDEX entry_text ON entry (text);
CREATE INDEX entry_address ON entry (address);
CREATE INDEX entry_seen ON entry (seen);
CREATE TABLE sketch (hash INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (hash, entry)) WITHOUT ROWID;
"""
_SEEN_AGAIN = "UPDATE entry SET seen = max(coalesce(seen, ?1), ?1) WHERE number = ?2"
_ALL = "SELECT id, host, address, text, seen, shingles FROM entry ORDER BY number"
_NEAREST = """
SELECT entry FROM sketch WHERE hash IN (SELECT value FROM json_each(?)) GROUP BY entry
ORDER BY count(*) DESC, entry LIMIT ?
"""


class DuplicateIndex:
    """First articles read so far, in a file (or in memory), so that the working set stays flat on large archives.

    Args:
        path: the working store; opened again where it exists. ``None`` keeps it in memory.
        window_days: how long an article is remembered, see :meth:`forget`.

    Raises:
        StateError: the file at ``path`` is not such a store.
    """

    def __init__(self, path: Path | None = None, *, window_days: float = WINDOW_DAYS) -> None:
        self.window_days = float(window_days)
        self._store = _open_store(path)

    def add(self, article: Article) -> Match | None:
        """The first article that this one repeats, or ``None`` after remembering it as a first one itself.

        The same article again gives a match with itself. Judging leaves no trace of a duplicate but the later time.
        """
        folded = fold(article.text) or article.text
        text, address = _number(folded), _number(article.canonical_url)
        seen = None if article.published_at is None else int(article.published_at.timestamp())
        hashes = shingles(folded)[:_MOST_SHINGLES]
        with self._store:
            found = self._same_text(text, address) or self._near(article.outlet.host, address, hashes)
            if found is None:
                self._remember((article.id, article.outlet.host, address, text, seen), hashes)
                return None
            number, match = found
            if seen is not None:
                self._store.execute(_SEEN_AGAIN, (seen, number))
        return match

    def forget(self) -> None:
        """Drop what is older than the window, counted back from the present as the articles tell it.

        An undated article counts as read at that present; before any dated article was seen, nothing is dropped.
        """
        with self._store:
            dated = self._store.execute("SELECT count(*) FROM entry WHERE seen IS NOT NULL").fetchone()[0]
            if not dated:
                return
            present = self._store.execute(
                "SELECT seen FROM entry WHERE seen IS NOT NULL ORDER BY seen LIMIT 1 OFFSET ?", (present_rank(dated),)
            ).fetchone()[0]
            self._store.execute("UPDATE entry SET seen = ? WHERE seen IS NULL", (present,))
            self._store.execute("DELETE FROM entry WHERE seen < ?", (present - self.window_days * _DAY,))
            self._store.execute("DELETE FROM sketch WHERE entry NOT IN (SELECT number FROM entry)")

    def save(self, file: Path) -> None:
        """Forget what is old, then write what is left; the same bytes for the same articles in the same order."""
        self.forget()
        write_state(file, kind=_KIND, version=_VERSION, header={"window_days": self.window_days}, lines=self._lines())

    @classmethod
    def load(cls, file: Path, path: Path | None = None) -> Self:
        """The index saved in ``file``, worked on at ``path``; what a store there held is replaced.

        Raises:
            StateError: ``file`` is damaged, or of another kind or version.
            OSError: ``file`` cannot be read.
        """
        with read_state(file, kind=_KIND, version=_VERSION) as (header, lines):
            index = cls(path, window_days=float(header["window_days"]))
            try:
                index._replace(lines)
            except BaseException:
                index.close()
                raise
        return index

    def close(self) -> None:
        """Close the working store; the index cannot be used after."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _same_text(self, text: int, address: int) -> tuple[int, Match] | None:
        row = self._store.execute(
            "SELECT number, id, address = ? FROM entry WHERE text = ? ORDER BY 3 DESC, number LIMIT 1", (address, text)
        ).fetchone()
        return None if row is None else (row[0], Match(row[1], "url" if row[2] else "text", 1.0))

    def _near(self, host: str, address: int, hashes: Shingles) -> tuple[int, Match] | None:
        """The entry with the highest containment that passes its rule, the first one among equals."""
        if len(hashes) < LEAST_SHARED:
            return None
        rows = self._store.execute(
            f"SELECT number, id, host, shingles FROM entry WHERE number IN ({_NEAREST})"  # noqa: S608 - a constant
            " OR address = ? ORDER BY number",
            (json.dumps(hashes[:_SKETCH].tolist()), _CANDIDATES, address),
        )
        best: tuple[int, Match] | None = None
        for number, first, other_host, blob in rows:
            old = np.frombuffer(blob, "<u4")
            value = _repeats(hashes, old, same_outlet=host == other_host)
            if value is not None and (best is None or value > best[1].value):
                best = number, Match(first, "containment", value)
        return best

    def _remember(self, row: tuple[str, str, int, int, int | None], hashes: Shingles) -> None:
        number = self._store.execute(
            "INSERT INTO entry (id, host, address, text, seen, shingles) VALUES (?, ?, ?, ?, ?, ?)",
            (*row, hashes.astype("<u4").tobytes()),
        ).lastrowid
        self._store.executemany("INSERT INTO sketch VALUES (?, ?)", [(h, number) for h in hashes[:_SKETCH].tolist()])

    def _lines(self) -> Iterator[Line]:
        for *row, blob in self._store.execute(_ALL):
            yield [*row, base64.b64encode(blob).decode()]

    def _replace(self, lines: Iterator[Any]) -> None:
        with self._store:
            self._store.execute("DELETE FROM sketch")
            self._store.execute("DELETE FROM entry")
            for first, host, address, text, seen, packed in lines:
                hashes = np.frombuffer(base64.b64decode(packed, validate=True), "<u4")
                self._remember(
                    (str(first), str(host), int(address), int(text), None if seen is None else int(seen)), hashes
                )


def _repeats(new: Shingles, old: Shingles, *, same_outlet: bool) -> float | None:
    """The containment of the smaller in the larger where the new text repeats the old one, else ``None``."""
    if len(new) == _MOST_SHINGLES or len(old) == _MOST_SHINGLES:
        # Samples of long texts: compare the part of the hash range that both cover.
        limit = min(hashes[-1] for hashes in (new, old) if len(hashes) == _MOST_SHINGLES)
        new, old = new[new <= limit], old[old <= limit]
    shared = len(np.intersect1d(new, old, assume_unique=True))
    if shared < LEAST_SHARED:
        return None
    if same_outlet:
        repeated = shared >= UNCHANGED * len(new)
    else:
        repeated = shared >= REPRINT * min(len(new), len(old)) and SHORTEST * len(old) <= len(new) <= LONGEST * len(old)
    return round(shared / min(len(new), len(old)), 4) if repeated else None


def _number(text: str) -> int:
    """A 64-bit number that stands for a text, signed as SQLite keeps it."""
    return int.from_bytes(blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest(), "big", signed=True)


# What SQLite says of the disk, not of the file, in the low byte of its codes.
_DISK = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})


def _open_store(path: Path | None) -> sqlite3.Connection:
    store = sqlite3.connect(path or ":memory:")
    try:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("PRAGMA synchronous = NORMAL")
        if not store.execute("PRAGMA user_version").fetchone()[0]:
            store.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT")
    except sqlite3.Error as error:
        store.close()
        if error.sqlite_errorcode & 0xFF in _DISK:
            raise
        raise StateError(
            Sentence("{file} is damaged, or this program did not write it: move it away and start again.", file=path)
        ) from error
    return store
