"""The directives, tasks and schemes that come with the program: real ones, each with its source.

Translated from the tables of facts; what was translated is kept beside it in the words of the source.
"""

from __future__ import annotations

import csv
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING

from nhipcau.programme.domain.loading import Programme
from nhipcau.programme.rows import DirectiveRow, LinkRow, PhaseRow, SchemeRow, TaskRow

if TYPE_CHECKING:
    from collections.abc import Iterator


def programme() -> Programme:
    """All of it."""
    return Programme(
        directives=list(directives()),
        links=list(links()),
        tasks=list(tasks()),
        schemes=list(schemes()),
        phases=list(phases()),
    )


def directives() -> Iterator[DirectiveRow]:
    """22 documents; eight of them are those of the law room."""
    for row in _read("directives.csv"):
        yield DirectiveRow(**row | _days(row, "issued_on", "valid_from", "valid_to"))  # type: ignore[arg-type]


def links() -> Iterator[LinkRow]:
    """What replaces or carries out what, besides what the law room knows."""
    for row in _read("directive_links.csv"):
        yield LinkRow(**row | _days(row, "day"))  # type: ignore[arg-type]


def tasks() -> Iterator[TaskRow]:
    """36 clauses: objectives, requirements, groups, tasks and targets of Resolution 47 and two related directives."""
    for row in _read("tasks.csv"):
        agencies = {name: _agencies(row[name]) for name in ("lead", "coordinating")}
        lists = agencies | {"not_found": tuple(row["not_found"].split())}
        yield TaskRow(**row | _days(row, "due_on", "done_on") | lists)  # type: ignore[arg-type]


def schemes() -> Iterator[SchemeRow]:
    """Eleven strategies, schemes and master plans."""
    for row in _read("schemes.csv"):
        budget = {"budget": int(row["budget"]) if row["budget"] else None}
        yield SchemeRow(**row | _days(row, "begin", "end") | budget)  # type: ignore[arg-type]


def phases() -> Iterator[PhaseRow]:
    """Their phases, as far as they were found."""
    for row in _read("scheme_phases.csv"):
        yield PhaseRow(**row | _days(row, "begin", "end") | {"place": int(row["place"])})  # type: ignore[arg-type]


def _read(name: str) -> Iterator[dict[str, str]]:
    file = resources.files("nhipcau.programme") / "fixtures" / name
    yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())


def _days(row: dict[str, str], *names: str) -> dict[str, date | None]:
    return {name: date.fromisoformat(row[name]) if row[name] else None for name in names}


def _agencies(text: str) -> tuple[str, ...]:
    """Parted at spaces; words as written go to the end."""
    return (text,) if text.startswith("words:") else tuple(text.split())
