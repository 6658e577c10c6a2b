"""Memory and start of ``make run``: the whole process tree at rest under 500 MB, ready under 5 s on the second start.

    python bench/footprint.py [--data DIR]

Needs a checkout that is set up. Starts the demonstration in a folder of its own, stops it, starts it again and measures
the second start: seconds until the desk answers, then PSS (memory, with what is shared counted once) of every process
below ``make run`` when it has come to rest. Takes no data; ``--data`` is accepted like everywhere.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from queue import Empty, Queue

import psutil

ROOT = Path(__file__).resolve().parents[1]
MAX_MB = 500
MAX_SECONDS = 5.0
#: At rest: the whole tree used less than this share of one core for so many seconds on end.
IDLE_SHARE, IDLE_SECONDS = 0.05, 10
PATIENCE = 300.0


class Demonstration:
    """``make run`` in a home of its own."""

    def __init__(self, home: Path) -> None:
        self.began = time.monotonic()
        self.make = subprocess.Popen(
            ["make", "--no-print-directory", "run"],
            cwd=ROOT,
            env={**os.environ, "NHIPCAU_HOME": str(home)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.lines: Queue[str] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.make.stderr or ():
            self.lines.put(line)

    def wait_until_ready(self) -> float:
        """Seconds from the command to an answer of the desk at the address that it printed."""
        seen = []
        while time.monotonic() - self.began < PATIENCE:
            try:
                seen.append(self.lines.get(timeout=1))
            except Empty:
                if self.make.poll() is not None:
                    break
                continue
            found = re.search(r"http://127\.0\.0\.1:\d+/", seen[-1])
            if found and _answers(found.group()):
                return time.monotonic() - self.began
        sys.exit("make run did not become ready:\n" + "".join(seen))

    def tree(self) -> list[psutil.Process]:
        """Every process below ``make run``, itself included."""
        top = psutil.Process(self.make.pid)
        return [top, *top.children(recursive=True)]

    def stop(self) -> None:
        """As a person does: Ctrl-C."""
        os.killpg(self.make.pid, signal.SIGINT)
        self.make.wait(timeout=30)


def _answers(address: str) -> bool:
    for _ in range(50):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - the address is on loopback
                return bool(answer.status < 500)  # noqa: PLR2004 - server errors
        except OSError:
            time.sleep(0.1)
    return False


def wait_for_rest(demonstration: Demonstration) -> None:
    """Return when the tree has been idle for a while."""
    quiet, before, deadline = 0, _cpu(demonstration), time.monotonic() + PATIENCE
    while quiet < IDLE_SECONDS and time.monotonic() < deadline:
        time.sleep(1)
        now = _cpu(demonstration)
        quiet = quiet + 1 if now - before < IDLE_SHARE else 0
        before = now


def _cpu(demonstration: Demonstration) -> float:
    return sum(sum(p.cpu_times()[:2]) for p in demonstration.tree() if p.is_running())


def memory(demonstration: Demonstration) -> list[tuple[str, float]]:
    """Command and PSS in MB of each process."""
    return [(" ".join(p.cmdline()[-3:])[:60], p.memory_full_info().pss / 1e6) for p in demonstration.tree()]


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path)
    parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        first = Demonstration(Path(folder))
        first_seconds = first.wait_until_ready()
        first.stop()
        second = Demonstration(Path(folder))
        try:
            seconds = second.wait_until_ready()
            wait_for_rest(second)
            parts = memory(second)
        finally:
            second.stop()
    total = sum(size for _, size in parts)
    good = total < MAX_MB and seconds < MAX_SECONDS
    for name, size in parts:
        print(f"{size:8.1f} MB  {name}")
    print(f"{total:8.1f} MB  whole tree at rest (bar: under {MAX_MB})")
    print(f"{first_seconds:8.1f} s   first start, preparing included")
    print(f"{seconds:8.1f} s   second start (bar: under {MAX_SECONDS})")
    result = {"bench": "footprint", "mb": round(total, 1), "seconds": round(seconds, 2), "absent": [], "holds": good}
    print(json.dumps(result))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
