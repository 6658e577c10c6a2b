"""Whose payload is gone, and which purges the record itself speaks of. Standard library only."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhipcau.audit.chain import Row

#: The verb of the entry that a purge leaves; such entries are never purged themselves.
PURGE = "audit.purge_payloads"
_RUN = re.compile(r"(\d+)-(\d+)")


class Run(NamedTuple):
    """Keys of entries, from and to, both included."""

    first: int
    last: int


def runs(keys: Iterable[int]) -> list[Run]:
    """Ascending keys as runs."""
    found: list[Run] = []
    for key in keys:
        if found and found[-1].last + 1 == key:
            found[-1] = Run(found[-1].first, key)
        else:
            found.append(Run(key, key))
    return found


def said(of: Iterable[Run]) -> str:
    """Runs as the entry of a purge keeps them: ``3-7 9-9``."""
    return " ".join(f"{run.first}-{run.last}" for run in of)


class Purges:
    """Runs of keys by the name of a rule: of what is gone, and of what entries say was purged."""

    def __init__(self) -> None:
        self._gone: dict[str, list[Run]] = {}
        self._attested: dict[str, list[Run]] = {}

    def gone(self, key: int, rule: str) -> None:
        """The payload of this entry is gone, under this rule."""
        there = self._gone.setdefault(rule, [])
        if there and there[-1].last + 1 == key:
            there[-1] = Run(there[-1].first, key)
        else:
            there.append(Run(key, key))

    def attested(self, row: Row) -> None:
        """Take down what the entry of a purge says; another entry says nothing about purges."""
        if row.verb != PURGE or row.payload is None:
            return
        try:
            payload = json.loads(row.payload)
            rule, entries = str(payload["rule"]), str(payload["entries"])
        except (ValueError, TypeError, LookupError):
            return
        there = self._attested.setdefault(rule, [])
        there.extend(Run(int(found[1]), int(found[2])) for found in _RUN.finditer(entries))

    def unexplained(self) -> Iterator[tuple[str, Run]]:
        """What is gone and no entry says so, by rule."""
        for rule, there in self._gone.items():
            covered = sorted(self._attested.get(rule, []))
            for run in there:
                yield from ((rule, left) for left in _without(run, covered))


def _without(run: Run, covered: Iterable[Run]) -> Iterator[Run]:
    first = run.first
    for other in covered:
        if other.last < first or other.first > run.last:
            continue
        if other.first > first:
            yield Run(first, other.first - 1)
        first = other.last + 1
    if first <= run.last:
        yield Run(first, run.last)
