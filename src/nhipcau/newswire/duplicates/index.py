"""The index of first articles: on disk what they are compared by, in memory what they are found by."""

from __future__ import annotations

import base64
import itertools
import json
import sqlite3
from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

from nhipcau.newswire.duplicates.addresses import page_key
from nhipcau.newswire.duplicates.fingerprint import fingerprints
from nhipcau.newswire.duplicates.likeness import MOST_SHINGLES, repeats, revises, shared_with
from nhipcau.newswire.duplicates.postings import Postings, pairs_of
from nhipcau.newswire.records import Article, Match
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.state import Line, StateError, present_rank, read_state, write_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from nhipcau.newswire.tokens import Shingles

#: How long an article is remembered after it, or a duplicate of it, was published.
WINDOW_DAYS = 14

# With 24 hashes a reprint shares seven on average at half its length, four and a half at a quarter of it.
_SKETCH = 24
_LEAST_COMMON = 2
_CANDIDATES = 16
# Articles looked up together.
_BATCH = 128
# Entries read from the store at once.
_ROWS = 20_000

# What is saved, and the working store. A saved row ends in the first of its group where that is another article.
_KIND, _VERSION, _STORE = "nhipcau-duplicates", 2, 3
_DAY = 86_400

_SCHEMA = """
CREATE TABLE entry (number INTEGER PRIMARY KEY, id TEXT NOT NULL, host TEXT NOT NULL, address INTEGER NOT NULL,
                    text INTEGER NOT NULL, seen INTEGER, shingles BLOB NOT NULL, first TEXT);
CREATE INDEX entry_seen ON entry (seen);
"""
_SEEN_AGAIN = "UPDATE entry SET seen = max(coalesce(seen, ?1), ?1) WHERE number = ?2"
_ALL = "SELECT first, id, host, address, text, seen, shingles FROM entry ORDER BY number"
_THESE = """
SELECT number, id, host, address, text, seen, shingles, first FROM entry
WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number
"""
_ADD = "INSERT INTO entry (number, id, host, address, text, seen, shingles, first) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
# SQLite gives NULL for a part of what is empty: a text of signs alone has no shingles.
_FOUND_BY = (
    f"SELECT number, address, text, coalesce(substr(shingles, 1, {4 * _SKETCH}), x'') FROM entry ORDER BY number"  # noqa: S608 - a constant
)


class Entry(NamedTuple):
    """What is remembered of a first article: numbers for page and text, time in seconds, sorted shingles.

    ``first`` is the id of the first version of the page where this is a later one.
    """

    id: str
    host: str
    address: int
    text: int
    seen: int | None
    shingles: Shingles
    first: str | None = None

    def numbers(self) -> np.ndarray[Any, np.dtype[np.uint32]]:
        """What it is found by: page, text, and the sketch."""
        return _numbers(self.address, self.text, self.shingles)


class Verdict(NamedTuple):
    """What an article is: a repetition where it has a ``match``; ``revises`` is the id of the earlier version of it.

    ``revises`` is the latest remembered article of the same outlet at the same page, where this is another version of
    it. ``first`` is the article by which its group goes: the first version of what it repeats or revises.
    """

    match: Match | None = None
    revises: str | None = None
    first: str | None = None


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
        self._postings = Postings()
        # Entries of late by number: most of what is repeated is news, and these need not be read from the store. Some
        # eight thousand, a kilobyte each.
        self._late: dict[int, Entry] = {}
        # First articles of the batch at hand by number, and duplicates' times with the numbers of their first ones.
        self._unwritten: dict[int, Entry] = {}
        self._times: list[tuple[int, int]] = []
        self._refill()

    def add(self, article: Article) -> Match | None:
        """The first article that this one repeats, or ``None`` after remembering it as a first one itself.

        The same article again gives a match with itself. Judging leaves no trace of a duplicate but the later time.
        """
        return next(self.judge([article])).match

    def judge(self, articles: Iterable[Article]) -> Iterator[Verdict]:
        """What each of these is, in order, every one compared with all before it; quicker than one by one.

        As many are read ahead as are looked up together; what is judged is remembered even if its verdict is not taken.
        """
        given = iter(articles)
        while batch := list(itertools.islice(given, _BATCH)):
            yield from self._judged(_entries_of(batch))

    def _judged(self, batch: Sequence[Entry]) -> list[Verdict]:
        asked = [entry.numbers() for entry in batch]
        settled = self._postings.settled(asked)
        verdicts = []
        for entry, numbers, found in zip(batch, asked, settled, strict=True):
            listed = numbers.tolist()
            candidates = _candidates([*found, *self._postings.newest(listed)])
            number, verdict = self._compared(entry, candidates) if candidates else (None, Verdict())
            verdicts.append(verdict)
            # A later version is remembered too, however little it changed: seen again, it is no news.
            if number is None or verdict.revises is not None:
                self._remember(entry._replace(first=verdict.first), listed)
            if number is not None and entry.seen is not None:
                self._seen_again(number, entry.seen)
        self._write()
        if self._postings.pour():
            self._late = {}
        return verdicts

    def _remember(self, entry: Entry, numbers: Sequence[int]) -> None:
        self._last += 1
        self._unwritten[self._last] = self._late[self._last] = entry
        self._postings.add(self._last, numbers)

    def _seen_again(self, number: int, seen: int) -> None:
        if number in self._unwritten:
            known = self._unwritten[number]
            self._unwritten[number] = known._replace(seen=seen if known.seen is None else max(known.seen, seen))
        else:
            self._times.append((seen, number))

    def _write(self) -> None:
        """Put on disk what one batch brought."""
        with self._store:
            self._store.executemany(_ADD, map(_row, self._unwritten, self._unwritten.values()))
            self._store.executemany(_SEEN_AGAIN, self._times)
        self._unwritten, self._times = {}, []

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
            old = present - self.window_days * _DAY
            forgotten = self._store.execute("DELETE FROM entry WHERE seen < ?", (old,)).rowcount
        if forgotten:
            self._refill()

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
                index.fill(map(_read_entry, lines))
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

    def _compared(self, new: Entry, candidates: Sequence[int]) -> tuple[int | None, Verdict]:
        """The entry that an article repeats, with the verdict: the same text first, then the highest containment."""
        known = self._entries(candidates)
        same = [(number, old) for number, old in known if old.text == new.text]
        if same:
            number, old = max(same, key=lambda one: (one[1].address == new.address, -one[0]))
            match = Match(old.id, "url" if old.address == new.address else "text", 1.0)
            return number, Verdict(match, first=old.first or old.id)
        common = (
            shared_with(new.shingles, [old.shingles for _, old in known]) if len(new.shingles) else [0] * len(known)
        )
        best: tuple[float, int, Entry] | None = None
        before = None
        for (number, old), shared in zip(known, common, strict=True):
            same_outlet = old.host == new.host
            if same_outlet and old.address == new.address and revises(new.shingles, old.shingles, shared=shared):
                before = old
            value = repeats(new.shingles, old.shingles, shared=shared, same_outlet=same_outlet)
            if value is not None and (best is None or value > best[0]):
                best = value, number, old
        revised = before and before.id
        if best is not None:
            value, number, old = best
            return number, Verdict(Match(old.id, "containment", value), revised, old.first or old.id)
        return None, Verdict(revises=revised, first=before and (before.first or before.id))

    def _entries(self, numbers: Sequence[int]) -> list[tuple[int, Entry]]:
        """Entries in ascending order of their numbers; their times may be those of the first article alone."""
        written = [number for number in numbers if number not in self._late]
        rows = self._store.execute(_THESE, (json.dumps(written),)) if written else ()
        found = [
            (number, Entry(own, host, address, text, seen, np.frombuffer(blob, "<u4"), first))
            for number, own, host, address, text, seen, blob, first in rows
        ]
        late = sorted({number for number in numbers if number in self._late})
        return found + [(number, self._late[number]) for number in late]

    def _refill(self) -> None:
        """Make everything in the store to be found, in few large pieces: a million entries are 210 MB of numbers."""
        parts = []
        self._last, self._late = 0, {}
        rows = self._store.execute(_FOUND_BY)
        while some := rows.fetchmany(_ROWS):
            entries, addresses, texts, sketches = zip(*some, strict=True)
            of = np.array(entries, np.uint32)
            sizes = [len(sketch) // 4 for sketch in sketches]
            low = [np.array(numbers, np.int64).astype(np.uint32) for numbers in (addresses, texts)]
            parts.append(pairs_of(np.concatenate(low), np.concatenate((of, of))))
            parts.append(pairs_of(np.frombuffer(b"".join(sketches), "<u4"), np.repeat(of, sizes)))
            self._last = entries[-1]
        self._postings.fill(np.concatenate(parts or [np.empty(0, np.uint64)]))

    def _lines(self) -> Iterator[Line]:
        for first, *row, blob in self._store.execute(_ALL):
            yield [*row, base64.b64encode(blob).decode(), *([first] if first else [])]

    def fill(self, entries: Iterable[Entry]) -> None:
        """Replace everything remembered by these, in their order."""
        with self._store:
            self._store.execute("DELETE FROM entry")
            self._store.executemany(_ADD, (_row(number, entry) for number, entry in enumerate(entries, start=1)))
        self._refill()


def _entries_of(articles: Sequence[Article]) -> list[Entry]:
    read = fingerprints(article.text for article in articles)
    return [_entry(article, *numbers) for article, numbers in zip(articles, read, strict=True)]


def _entry(article: Article, text: int, shingles: Shingles) -> Entry:
    seen = None if article.published_at is None else int(article.published_at.timestamp())
    address = _number(page_key(article.canonical_url))
    return Entry(article.id, article.outlet.host, address, text, seen, shingles[:MOST_SHINGLES])


def _row(number: int, entry: Entry) -> tuple[Any, ...]:
    return (number, *entry[:5], entry.shingles.astype("<u4").tobytes(), entry.first)


def _read_entry(line: Any) -> Entry:
    own, host, address, text, seen, packed, *rest = line
    (first,) = rest or (None,)
    return Entry(
        str(own),
        str(host),
        int(address),
        int(text),
        None if seen is None else int(seen),
        np.frombuffer(base64.b64decode(packed, validate=True), "<u4"),
        None if first is None else str(first),
    )


def _numbers(address: int, text: int, shingles: Shingles) -> np.ndarray[Any, np.dtype[np.uint32]]:
    found = np.empty(2 + min(len(shingles), _SKETCH), np.uint32)
    found[0], found[1] = address & 0xFFFFFFFF, text & 0xFFFFFFFF
    found[2:] = shingles[:_SKETCH]
    return found


def _candidates(found: Sequence[tuple[int, Sequence[int]]]) -> list[int]:
    """Entries worth comparing: those with the same page or text, and those that have most of the sketch in common."""
    chosen: list[int] = []
    sketched: list[int] = []
    for place, entries in found:
        # Page and text stand before the sketch.
        if place < 2:  # noqa: PLR2004
            chosen += entries
        else:
            sketched += entries
    if len(sketched) >= _LEAST_COMMON:
        often = [(-count, entry) for entry, count in Counter(sketched).items() if count >= _LEAST_COMMON]
        chosen += [entry for _, entry in sorted(often)[:_CANDIDATES]]
    return chosen


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
        version = store.execute("PRAGMA user_version").fetchone()[0]
        if not version:
            store.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_STORE}; COMMIT")
    except sqlite3.Error as error:
        store.close()
        if error.sqlite_errorcode & 0xFF in _DISK:
            raise
        raise StateError(
            Sentence("{file} is damaged, or this program did not write it: move it away and start again.", file=path)
        ) from error
    if version not in {0, _STORE}:
        store.close()
        raise StateError(
            Sentence("{file} was written by another version of this program: move it away and start again.", file=path)
        )
    return store
