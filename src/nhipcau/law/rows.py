"""Legal bases and deadlines as a table lists them, before they are loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisRow:
    """A legal document; ``amended_by`` and ``replaced_by`` are keys of others. Fields as in the model."""

    slug: str
    number: str
    title_vi: str
    title_en: str
    issuer_vi: str
    issuer_en: str
    issued_on: date | None
    valid_from: date
    valid_to: date | None
    amended_by: str
    replaced_by: str
    note_vi: str
    note_en: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRow:
    """A time limit; ``basis`` is the key of its legal document. Fields as in the model."""

    kind: str
    trigger_vi: str
    trigger_en: str
    actors: tuple[str, ...]
    actor_vi: str
    actor_en: str
    deliverable_vi: str
    deliverable_en: str
    value: int | None
    unit: str
    direction: str
    month: int | None = None
    day: int | None = None
    trigger_on: date | None = None
    counts_trigger_day: bool = False
    moves_off_days_off: bool = False
    basis: str
    article: str
    valid_from: date
    valid_to: date | None
    source: str
    confidence: str
