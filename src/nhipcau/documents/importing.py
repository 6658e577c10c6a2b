"""What an import is made of: columns, rows, what each row did, and what is wrong with which cell.

A room describes its import once and registers it; the screens (upload, dry run, error sheet, the real run) are the same
for all. A dry run is the real run, undone: both call :attr:`Importer.take`, and the dry run rolls its transaction back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportColumn:
    """One column of the table that is asked for.

    Attributes:
        key: name for code, and an accepted heading.
        label: heading as people read it (may be lazily translated); an accepted heading, marks and case apart.
        required: an empty cell is a problem of that cell.
        help: what may stand in it, one sentence for the template file.
        kind: ``text``, ``date`` (Excel's or 22/11/2026 or 2026-11-22), ``whole`` or ``number``.
        choices: value stored -> label accepted as well; empty where anything may stand.
    """

    key: str
    label: Any
    required: bool = False
    help: Any = ""
    kind: str = "text"
    choices: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """One row, its cells read as their column's kind; an empty cell is None.

    Attributes:
        number: row number in the sheet, the heading row being 1.
        values: column key -> ``str``, ``date``, ``int``, ``Decimal`` or None.
    """

    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one cell, or, with no column named, with the whole row."""

    row: int
    column: str | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one row did.

    Attributes:
        action: ``create``, ``change``, ``end`` or ``same``.
        label: the thing, as people call it.
        changes: field as people call it -> (before, after).
    """

    row: int
    action: str
    label: str
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The answer of :attr:`Importer.take`; with any problem nothing is kept."""

    outcomes: Sequence[Outcome]
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """A kind of import that a room offers.

    Attributes:
        name: ``room.things``, also in the address.
        title: what is imported, for headings (may be lazily translated).
        columns: in the order of the template file.
        may: ``(actor) -> bool``; whoever may not is not offered it, and ``take`` checks the rule again.
        take: ``(actor=, rows=) -> Taken``; calls the room's domain functions in the transaction that the screen opened,
            catches their named errors by row, and goes on, so that one run names every problem.
    """

    name: str
    title: Any
    columns: Sequence[ImportColumn]
    may: Callable[[Any], bool]
    take: Callable[..., Taken]


_IMPORTERS: dict[str, Importer] = {}


def register(importer: Importer) -> Importer:
    """Offer an import. Called from the ``ready`` of a room.

    Raises:
        ValueError: another import has that name.
    """
    if _IMPORTERS.get(importer.name, importer) is not importer:
        raise ValueError(f"Two imports are called {importer.name}.")
    _IMPORTERS[importer.name] = importer
    return importer


def importers() -> Sequence[Importer]:
    """All that were registered, by name."""
    return [_IMPORTERS[name] for name in sorted(_IMPORTERS)]


def importer(name: str) -> Importer | None:
    """The one with this name."""
    return _IMPORTERS.get(name)
