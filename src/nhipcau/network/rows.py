"""One body as a table lists it, before it is loaded: what fixtures, and later imports, hand to the domain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """The names that a body bore; ``valid_to`` is the last day, None where it still bears them."""

    name_vi: str
    name_en: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentRow:
    """What a body belonged to, by key; ``valid_to`` is the last day, None where it still does."""

    parent: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRow:
    """A body with all its names and parents, in the order of time.

    Attributes:
        slug: its key, for ever.
        kind: one of :class:`nhipcau.network.models.Kind`.
        names: at least one; the last is the one shown.
        country: host country, ISO 3166-1 alpha-2, for missions.
        province: key of the province unit, for provincial bodies.
        valid_to: the last day on which it existed.
        confidence: one of :class:`nhipcau.network.models.Confidence`.
    """

    slug: str
    kind: str
    names: tuple[NameRow, ...]
    valid_from: date
    valid_to: date | None = None
    parents: tuple[ParentRow, ...] = ()
    country: str = ""
    province: str = ""
    sample: bool = False
    source: str = ""
    confidence: str = "unverified"
