"""What a library finds in feeds, and how quickly. Asked by ``bench/feeds.py``, one library a process.

    python feeds_peer.py ours|fastfeedparser|feedparser

A line in is ``{"path": of a feed, "headers": it was served with, "timed": whether}``; a line out has for each of its
entries identifier, link and title, or why it failed. For a line ``{"round": true}`` the timed ones are read once more,
and the line out is ``{"feeds": how many, "seconds": of this process's own time}``.
"""

from __future__ import annotations

import contextlib
import io
import json
import socket
import sys
import time
from pathlib import Path
from typing import Any


def _refuse(*_parts: object, **_named: object) -> None:
    raise OSError("a bench sends nothing")


socket.socket.connect = _refuse  # type: ignore[assignment, method-assign]


def reader(library: str) -> Any:
    """A function of bytes and headers that gives a list of entries."""
    if library == "fastfeedparser":
        import fastfeedparser

        return lambda raw, _headers: fastfeedparser.parse(raw).entries
    if library == "ours":
        from nhipcau.newswire.sources.feeds import parse_feed

        return lambda raw, headers: parse_feed(raw, base=headers["content-location"]).entries
    import feedparser

    return lambda raw, headers: feedparser.parse(io.BytesIO(raw), response_headers=headers).entries


def _said(item: Any, name: str) -> str:
    """A field of a peer's entry; ours are asked for their speed alone."""
    return str(item.get(name) or "") if hasattr(item, "get") else ""


def answer(read: Any, asked: dict[str, Any], timed: list[tuple[bytes, dict[str, str]]]) -> dict[str, Any]:
    """The entries of one feed."""
    raw, headers = Path(asked["path"]).read_bytes(), asked["headers"]
    if asked["timed"]:
        timed.append((raw, headers))
    try:
        found = [[_said(item, name) for name in ("id", "link", "title")] for item in read(raw, headers)]
    except Exception as error:  # noqa: BLE001 - a peer may fail in any way; it found nothing then
        return {"entries": [], "failed": type(error).__name__}
    return {"entries": found}


def one_round(read: Any, timed: list[tuple[bytes, dict[str, str]]]) -> dict[str, Any]:
    """The timed feeds once more."""
    start = time.process_time()
    for raw, headers in timed:
        with contextlib.suppress(Exception):
            read(raw, headers)
    return {"feeds": len(timed), "seconds": time.process_time() - start}


def main() -> None:
    """Answer until the input ends."""
    read = reader(sys.argv[1])
    timed: list[tuple[bytes, dict[str, str]]] = []
    for line in sys.stdin:
        asked = json.loads(line)
        told = one_round(read, timed) if "round" in asked else answer(read, asked, timed)
        print(json.dumps(told), flush=True)


main()
