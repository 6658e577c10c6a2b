"""The legal bases and deadlines that come with the program, each with its source and how far it may be trusted.

A duty that two decrees state one after the other stands in two rows, each for the days on which its decree is in force.
"""

from __future__ import annotations

import csv
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING

from nhipcau.law.rows import BasisRow, DeadlineRow

if TYPE_CHECKING:
    from collections.abc import Iterator


def bases() -> Iterator[BasisRow]:
    """Eight legal documents."""
    for row in _read("bases.csv"):
        days = {name: _day(row[name]) for name in ("issued_on", "valid_to")}
        yield BasisRow(**row | days | {"valid_from": date.fromisoformat(row["valid_from"])})  # type: ignore[arg-type]


def deadlines() -> Iterator[DeadlineRow]:
    """41 rules of 33 kinds."""
    for row in _read("deadlines.csv"):
        days = {name: _day(row[name]) for name in ("trigger_on", "valid_to")}
        numbers = {name: int(row[name]) if row[name] else None for name in ("value", "month", "day")}
        more = {"actors": tuple(row["actors"].split()), "valid_from": date.fromisoformat(row["valid_from"])}
        yield DeadlineRow(**row | days | numbers | more)  # type: ignore[arg-type]


def _read(name: str) -> Iterator[dict[str, str]]:
    file = resources.files("nhipcau.law") / "fixtures" / name
    yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
