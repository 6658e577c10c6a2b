"""What a list costs: 5,000 rows, 50 shown, the same columns, filters and rights, beside four others in the same run.

    python bench/lists.py [--data DIR]

Measured are CPU milliseconds of one request with all of the middleware, in process: a list of the desk; the same list
written by hand (a ListView and a loop in a template, on the same base page with the same filter form); Django's admin;
Wagtail's admin; django-tables2 with django-filter. The last two are installed into environments of their own below
``var/bench`` (or ``NHIPCAU_BENCH_CACHE``); where that cannot be, they are named as absent. Rounds go from one to the
next, so that what else the machine does falls on all of them. Takes no data; ``--data`` is accepted like everywhere.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "bench" / "peers"
sys.path.insert(0, str(PEERS))

from environments import environment  # noqa: E402 - a folder of scripts

ROUNDS = 20
#: The list of the desk may cost so many times the one by hand; the others must cost so many times that of the desk.
MOST_BY_HAND = 1.5
LEAST = {"wagtail": 5.0, "admin": 2.0}
PACKAGES = {
    "lists_wagtail": ["wagtail==8.0.1", "django>=5.2,<5.3"],
    "lists_tables2": ["django-tables2==3.0.1", "django-filter==26.2", "django>=5.2,<5.3"],
}


class Peer:
    """A process that gets its pages when told to."""

    def __init__(self, name: str, python: Path) -> None:
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(PEERS), str(ROOT / "src")]), "PYTHONWARNINGS": "ignore"}
        self.process = subprocess.Popen(
            [str(python), str(PEERS / f"{name}.py")],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        said = self._line()
        self.about, self.bytes = said["ready"], said["bytes"]
        self.spent: dict[str, list[float]] = {page: [] for page in self.bytes}

    def _line(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("a peer did not start; what it said stands above")
        return json.loads(line)

    def measure(self) -> None:
        """One round over the pages."""
        assert self.process.stdin is not None
        for page, before in self.spent.items():
            self.process.stdin.write(f"{page}\n")
            self.process.stdin.flush()
            before.extend(self._line())

    def stop(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=30)


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path)
    parser.parse_args()
    peers, absent = [], []
    for name in ("lists_ours", "lists_admin", "lists_tables2", "lists_wagtail"):
        python = environment(name, PACKAGES[name]) if name in PACKAGES else Path(sys.executable)
        if python is None:
            absent.append(name.removeprefix("lists_"))
        else:
            peers.append(Peer(name, python))
    try:
        for _round in range(ROUNDS):
            for peer in peers:
                peer.measure()
    finally:
        for peer in peers:
            peer.stop()
    return judge(peers, absent)


def judge(peers: list[Peer], absent: list[str]) -> int:
    """The table and the last line."""
    found = {page: median(spent) for peer in peers for page, spent in peer.spent.items()}
    ours = found["listing"]
    for peer in peers:
        for page in peer.spent:
            size = peer.bytes[page] / 1024
            print(f"{found[page]:8.2f} ms  {found[page] / ours:6.2f} x  {size:6.0f} KB  {peer.about}: {page}")
    by_hand = ours / found["by hand"]
    print(f"the list of the desk costs {by_hand:.2f} x the one by hand (bar: at most {MOST_BY_HAND})")
    ratios = {page: round(found[page] / ours, 2) for page in ("admin", "wagtail", "tables2") if page in found}
    holds = by_hand <= MOST_BY_HAND and all(ratios.get(page, 0) >= least for page, least in LEAST.items())
    result = {
        "bench": "lists",
        "ms": {page: round(value, 2) for page, value in found.items()},
        "of_by_hand": round(by_hand, 2),
        "others_of_ours": ratios,
        "absent": absent,
        "holds": holds,
    }
    print(json.dumps(result))
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
