"""What the engine remembers from run to run: gzipped lines of JSON, the same bytes for the same state."""

from __future__ import annotations

import gzip
import json
import math
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nhipcau.newswire.errors import RunError
from nhipcau.newswire.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# A line is one remembered article, story or thousand words: no honest one comes near this, and a file that grows
# without bound when it is unpacked is stopped here.
_LONGEST_LINE = 4_000_000

#: The share of entries that may carry a date too far ahead before it counts as the present.
_LATE_SHARE = 0.01

# What reading a file raises that something else wrote, or that was cut.
_NOT_OURS = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    gzip.BadGzipFile,
    zlib.error,
)

Line = list[Any] | dict[str, Any]


class StateError(RunError):
    """A remembered state that cannot be used."""


def write_state(file: Path, *, kind: str, version: int, header: dict[str, Any], lines: Iterable[Line]) -> None:
    """Write a state whole or not at all: beside its place first, then moved there. Raises ``OSError``."""
    beside = file.with_name(file.name + ".part")
    with beside.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
        packed.write(_line({"kind": kind, "version": version, **header}))
        for line in lines:
            packed.write(_line(line))
    beside.replace(file)


@contextmanager
def read_state(file: Path, *, kind: str, version: int) -> Iterator[tuple[dict[str, Any], Iterator[Line]]]:
    """Open a state: its header, and its lines one by one.

    Raises:
        StateError: the file is damaged, of another kind, or of another version; also while its lines are used.
        OSError: it cannot be opened.
    """
    try:
        with gzip.open(file, "rb") as packed:
            lines = _lines(packed, file)
            header = next(lines, None)
            if not isinstance(header, dict) or header.get("kind") != kind:
                raise _damaged(file)
            if header.get("version") != version:
                raise StateError(
                    Sentence("{file} was written by another version of this program: start without it.", file=file)
                )
            yield header, lines
    except _NOT_OURS as error:
        if isinstance(error, StateError):
            raise
        raise _damaged(file) from error


def present_rank(count: int) -> int:
    """Which of ``count`` times in ascending order is the present, as articles tell it: no clock is asked.

    The latest, but for one in a hundred: a page that claims to be from the future must not make everything else old.
    """
    return math.floor((1 - _LATE_SHARE) * (count - 1))


def _line(line: Line) -> bytes:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def _lines(packed: gzip.GzipFile, file: Path) -> Iterator[Line]:
    while line := packed.readline(_LONGEST_LINE):
        if not line.endswith(b"\n"):
            raise _damaged(file)
        yield json.loads(line)


def _damaged(file: Path) -> StateError:
    return StateError(
        Sentence("{file} is damaged, or this program did not write it: start without it, or restore it.", file=file)
    )
