"""Starts the processes of a demonstration and ends them together.

Imports neither Django nor the engine: it stays small.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from nhipcau.newswire.errors import RunError
from nhipcau.newswire.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import FrameType


class DemoError(RunError):
    """The demonstration cannot run; the message is a sentence for people."""


def environment(*, home: Path, allow_hosts: frozenset[str], sample: bool) -> dict[str, str]:
    """What the children of the demonstration are told."""
    settings = {
        "NHIPCAU_HOME": str(home),
        "NHIPCAU_DEMO": "1",
        "NHIPCAU_ALLOW_HOSTS": ",".join(sorted(allow_hosts)),
        "DJANGO_SETTINGS_MODULE": "nhipcau.config.settings",
        # numpy would otherwise start a thread per core in every process, each with its own memory.
        "OPENBLAS_NUM_THREADS": "1",
    }
    if sample:
        settings["NHIPCAU_PACE"] = "0.05"
    return {**os.environ, **settings}


def free_port(wanted: int, host: str = "127.0.0.1") -> int:
    """``wanted`` where it is free on this loopback address, otherwise the next free one of the twenty after it.

    Raises:
        DemoError: none of them is free.
    """
    for port in range(wanted, wanted + 20):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise DemoError(Sentence("No port between {first} and {last} is free.", first=wanted, last=wanted + 19))


class Children:
    """Processes that live and end together, each in a process group of its own so that its helpers end with it."""

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, arguments: list[str], env: Mapping[str, str]) -> None:
        """Start ``nhipcau`` with these arguments."""
        self.running[name] = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-m", "nhipcau.config.cli", *arguments], env=dict(env), start_new_session=True
        )

    def ended(self) -> str | None:
        """The name of a child that has ended, if one has."""
        return next((name for name, child in self.running.items() if child.poll() is not None), None)

    def stop(self, patience: float = 5.0) -> None:
        """End all: politely first, by force after ``patience`` seconds."""
        for sent in (signal.SIGTERM, signal.SIGKILL):
            for child in self.running.values():
                if child.poll() is None:
                    _signal_group(child.pid, sent)
            deadline = time.monotonic() + patience
            while time.monotonic() < deadline and any(child.poll() is None for child in self.running.values()):
                time.sleep(0.05)


def _signal_group(pid: int, sent: signal.Signals) -> None:
    try:
        os.killpg(pid, sent)
    except ProcessLookupError:
        return


def wait_until_answering(port: int, children: Children, seconds: float = 60.0) -> None:
    """Return when the desk answers.

    Raises:
        DemoError: a child ended, or nothing answered in time.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        ended = children.ended()
        if ended:
            raise DemoError(Sentence("nhipcau {name} stopped before the desk was ready.", name=ended))
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/")
            if connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    raise DemoError(Sentence("The desk did not answer within {seconds} seconds.", seconds=round(seconds)))


def watch(children: Children) -> str | None:
    """Wait for a signal to stop, or for a child to end; the name of that child, or None."""
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping:
        ended = children.ended()
        if ended:
            return ended
        time.sleep(0.3)
    return None
