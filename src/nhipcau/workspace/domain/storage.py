"""Where the contents of files lie: once under their SHA-256, whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: A content that nothing needs is left alone for this long: somebody may be storing it at this moment.
SPARED_SECONDS = 24 * 3600


def path_of(sha256: str) -> Path:
    """Where a content lies."""
    return Path(settings.FILES) / sha256[:2] / sha256[2:4] / sha256


@contextmanager
def received(chunks: Iterable[bytes], *, limit: int) -> Iterator[tuple[Path, str, int] | None]:
    """What comes in as a temporary file: its path, SHA-256 and size; None where it is longer than ``limit`` bytes.

    The file is gone after the block, unless :func:`keep` gave it its place.
    """
    folder = Path(settings.FILES) / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=folder)
    path, digest, size = Path(name), hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    break
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        yield None if size > limit else (path, digest.hexdigest(), size)
    finally:
        path.unlink(missing_ok=True)


def keep(path: Path, sha256: str) -> None:
    """Give a received file its place. A content that is there already is only made young again."""
    place = path_of(sha256)
    with _alone(exclusive=False):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if place.exists():
            os.utime(place)
            return
        path.rename(place)
        place.chmod(0o600)
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def sweep(needed: Callable[[list[str]], set[str]], *, now: float | None = None) -> int:
    """Remove contents that nothing needs, and what was left of uploads that broke off; how many.

    Args:
        needed: SHA-256 values -> those of them that something needs.
        now: seconds since 1970.
    """
    before = (time.time() if now is None else now) - SPARED_SECONDS
    root, gone = Path(settings.FILES), 0
    for folder in sorted(root.glob("*/*")) if root.is_dir() else []:
        if folder.parent.name == "incoming":
            if folder.stat().st_mtime < before:
                folder.unlink(missing_ok=True)
                gone += 1
            continue
        with _alone(exclusive=True):
            old = [file for file in folder.iterdir() if file.stat().st_mtime < before]
            still = needed([file.name for file in old])
            for file in old:
                if file.name not in still:
                    file.unlink()
                    gone += 1
    return gone


@contextmanager
def _alone(*, exclusive: bool) -> Iterator[None]:
    """No content is removed while another process gives one its place."""
    root = Path(settings.FILES)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (root / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        yield
