"""What every peer of bench/lists.py shares: the rows, and how a request is measured. Standard library only.

A peer prints ``ready`` with what it is, then answers each line it reads with the CPU milliseconds of some requests.
"""

from __future__ import annotations

import json
import random
import sys
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROWS, OFFICES, PAGE = 5_000, 10, 50
REQUESTS = 5
STATES = ("draft", "submitted", "approved", "issued")


def rows() -> Iterator[dict[str, Any]]:
    """The same rows for everybody: subject, number, office by its index, two days and a state."""
    chance = random.Random(1)  # noqa: S311 - the same rows each time
    day = date(2026, 1, 1)
    for n in range(ROWS):
        on = day + timedelta(days=chance.randrange(330))
        yield {
            "subject": f"Về việc phối hợp thông tin đối ngoại lần thứ {n}, tổ chức đoàn phóng viên nước ngoài",
            "number": f"{n}/BM-TTĐN",
            "office": chance.randrange(OFFICES),
            "issued_on": on,
            "due_on": on + timedelta(days=15),
            "state": chance.choice(STATES),
        }


def serve(about: str, pages: dict[str, Callable[[], Any]]) -> None:
    """Answer the bench: a page asked for is got some times; ``pages`` is name -> a function that gets it.

    The function gives back the bytes of the page. CPU time is measured, because it does not count what other work on
    the machine takes.
    """
    for get in pages.values():
        get()
    print(json.dumps({"ready": about, "bytes": {name: len(get()) for name, get in pages.items()}}), flush=True)
    for line in sys.stdin:
        get = pages[line.strip()]
        spent = []
        for _ in range(REQUESTS):
            start = time.process_time()
            get()
            spent.append((time.process_time() - start) * 1000)
        print(json.dumps(spent), flush=True)
