"""Directives, tasks and schemes as a table lists them, before they are loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveRow:
    """A directive. Where ``basis`` names a legal basis of the law room, that row says what is empty here."""

    slug: str
    basis: str
    kind: str
    number: str
    title_vi: str
    title_en: str
    issuer: str
    signer_name: str
    signer_post: str
    issued_on: date | None
    valid_from: date | None
    valid_to: date | None
    note: str
    source: str
    confidence: str
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """What a later directive does to an earlier one; both by their keys."""

    later: str
    earlier: str
    kind: str
    day: date | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A clause and the task or target that it sets.

    Attributes:
        key: of both.
        lead: who leads: ``role:`` of the network, ``kind:`` of organisations, ``office:`` by its key, or ``words:``.
        coordinating: who works with them, in the same way.
        not_found: which of lead, coordinating, deadline and indicator the accessible text does not say.
        lead_en, coordinating_en, deadline_en, indicator_en: as the source has them, kept beside the translation.
    """

    key: str
    directive: str
    parent: str
    kind: str
    number: str
    text_vi: str
    text_en: str
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    deadline: str
    due_on: date | None
    indicator: str
    not_found: tuple[str, ...]
    lead_en: str
    coordinating_en: str
    deadline_en: str
    indicator_en: str
    done_on: date | None
    done_note: str
    note: str
    finding: str
    source: str
    source_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeRow:
    """A scheme or master plan; ``directive`` and ``lead`` by their keys."""

    slug: str
    kind: str
    title_vi: str
    title_en: str
    directive: str
    lead: str
    lead_words: str
    begin: date | None
    end: date | None
    term: str
    country: str
    budget: int | None
    budget_source: str
    note: str
    source: str
    confidence: str
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseRow:
    """A phase of a scheme, which is named by its key."""

    scheme: str
    place: int
    title: str
    begin: date | None
    end: date | None
    aim: str
