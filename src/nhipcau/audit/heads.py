"""The file of heads: outside the database, one line for each seal, so that a chain cut off at its end is found.

A line is the time, how many entries were sealed, and the hash of the last. Lines are only ever added; the file is never
rotated: an auditor compares every one of them with the chain. Standard library only.
"""

from __future__ import annotations

import fcntl
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LINE = re.compile(r"(\S+) (\d+) ([0-9a-f]{64})")
#: No line is longer; the last one is looked for in so many bytes at the end.
_TAIL = 400


@dataclass(frozen=True, slots=True)
class Head:
    """How far the chain reached: when it was noted, how many entries, and the hash of the last."""

    at: str
    count: int
    hash: str


class Heads(NamedTuple):
    """What a file of heads says: heads by their count, counts for which it says two things, lines nobody can read."""

    by_count: dict[int, Head]
    twice: list[int]
    unreadable: list[int]

    @property
    def last(self) -> Head | None:
        """The head that reaches furthest."""
        return self.by_count[max(self.by_count)] if self.by_count else None


def read_heads(path: Path) -> Heads:
    """Every head in the file; none where there is no file.

    Raises:
        OSError: it cannot be read.
    """
    heads = Heads({}, [], [])
    if not path.exists():
        return heads
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            head = _parsed(line)
            if head is None:
                heads.unreadable.append(number)
            elif heads.by_count.setdefault(head.count, head).hash != head.hash:
                heads.twice.append(head.count)
    return heads


def last_head(path: Path) -> Head | None:
    """The last line of the file, read from its end; None where there is none."""
    try:
        with path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - _TAIL))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return None
    return next((head for head in map(_parsed, reversed(lines)) if head is not None), None)


def note_head(path: Path, head: Head) -> bool:
    """Add the head unless the last line says the same already; it is on the disk when this returns.

    Raises:
        OSError: the file cannot be written.
    """
    with _alone(path) as fresh:
        before = last_head(path)
        if before is not None and (before.count, before.hash) == (head.count, head.hash):
            return False
        # A line cut short by a crash is ended first, so that it spoils no other.
        os.write(fresh, _ending(path) + f"{head.at} {head.count} {head.hash}\n".encode())
        os.fsync(fresh)
    return True


def _parsed(line: str) -> Head | None:
    found = _LINE.fullmatch(line.strip())
    return Head(found[1], int(found[2]), found[3]) if found else None


def _ending(path: Path) -> bytes:
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return b""
        file.seek(-1, os.SEEK_END)
        return b"" if file.read(1) == b"\n" else b"\n"


@contextmanager
def _alone(path: Path) -> Iterator[int]:
    """The file for adding, alone: two workers on one machine write one line after the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    number = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield number
        if new:
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    finally:
        os.close(number)
