"""Lists of names as set-up left them: made from the data files and CLDR, and read a list at a time where one is needed.

One file holds them all. It is only a shortcut: where it is missing, or was made of other data, by other code or on
another Python, a list is made when it is asked for, and is the same.
"""

from __future__ import annotations

import functools
import hashlib
import marshal
import os
import sys
import zlib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import nhipcau.text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_HERE = Path(__file__).parent
FILE = _HERE / "data" / "compiled.bin"
_STAMP = 32

_T = TypeVar("_T")


def kept(name: str, make: Callable[[], _T]) -> _T:
    """The list called ``name``, plain data; ``make`` makes it where set-up did not keep it."""
    found = _kept(name)
    if found is None:
        return make()
    read: _T = marshal.loads(zlib.decompress(found))  # noqa: S302 - of our own making, on this machine
    return read


def write(lists: Mapping[str, Any]) -> None:
    """Keep these lists, instead of those that the file holds."""
    packed = {name: zlib.compress(marshal.dumps(made), 6) for name, made in lists.items()}
    places: dict[str, tuple[int, int]] = {}
    offset = 0
    for name, data in packed.items():
        places[name] = offset, len(data)
        offset += len(data)
    index = marshal.dumps(places)
    beside = FILE.with_suffix(".part")
    # What says that the file is ours comes last: one that was cut off does not have it.
    beside.write_bytes(b"".join(packed.values()) + index + len(index).to_bytes(4, "big") + stamp())
    beside.replace(FILE)


def is_fresh() -> bool:
    """Whether the file was made of the data, by the code and on the Python that are here."""
    return FILE.is_file() and _opened() is not None


@functools.cache
def stamp() -> bytes:
    """What tells the data, code and Python that lists are made of from others."""
    told = hashlib.blake2b(f"{sys.version} {version('babel')}".encode(), digest_size=_STAMP)
    for file in sorted(_made_of()):
        told.update(file.name.encode() + b"\0" + hashlib.blake2b(file.read_bytes()).digest())
    return told.digest()


def _made_of() -> Iterator[Path]:
    yield from _HERE.glob("*.py")
    yield from (_HERE / "data").rglob("*.tsv")
    yield from Path(nhipcau.text.__file__).parent.glob("*.py")


@functools.cache
def _opened() -> tuple[int, dict[str, tuple[int, int]]] | None:
    """The open file and where in it each list lies; ``None`` where it holds none for us."""
    try:
        file = os.open(FILE, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    end = os.fstat(file).st_size - _STAMP - 4
    tail = os.pread(file, _STAMP + 4, max(0, end))
    if tail[4:] != stamp():
        os.close(file)
        return None
    size = int.from_bytes(tail[:4], "big")
    return file, marshal.loads(os.pread(file, size, end - size))  # noqa: S302 - as above


def _kept(name: str) -> bytes | None:
    opened = _opened()
    if opened is None or name not in opened[1]:
        return None
    file, places = opened
    offset, size = places[name]
    return os.pread(file, size, offset)
