"""How a peer of an extraction bench is asked: pages as lines of JSON, answers as lines of JSON, and nothing sent.

A line in is ``{"path": of the decoded page, "url": its address}``; a line out is what the peer read, or ``{}`` where it
fails. Sockets are taken away before the peer is imported: what reaches for the network fails on that page.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable


def _refuse(*_parts: object, **_named: object) -> NoReturn:
    raise OSError("a bench sends nothing")


def cut_off() -> None:
    """Take this process's network away."""
    socket.socket.connect = _refuse  # type: ignore[assignment, method-assign]
    socket.socket.connect_ex = _refuse  # type: ignore[assignment, method-assign]
    socket.getaddrinfo = _refuse  # type: ignore[assignment]


def answer(read: Callable[[str, str], dict[str, Any]]) -> None:
    """Read pages from standard input until it ends; ``read`` gets the text of a page and its address."""
    out = sys.stdout
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        for line in sys.stdin:
            asked = json.loads(line)
            try:
                found = read(Path(asked["path"]).read_text(encoding="utf-8"), asked["url"])
            except Exception as error:  # noqa: BLE001 - a peer may fail in any way; that page counts as not read
                found = {"failed": type(error).__name__}
            print(json.dumps(found, default=str), file=out, flush=True)
