"""Bodies and what holds between them as tables list them: what fixtures, forms and imports hand to the domain.

``valid_from`` and ``valid_to`` are the first and the last day, both included; a ``valid_to`` of None has not come.
``source`` and ``confidence`` of a part of a body's history are those of the body where they are left empty.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from nhipcau.text import nfc

if TYPE_CHECKING:
    from datetime import date

HOME_ZONE = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """The names that a body bore."""

    name_vi: str
    name_en: str
    valid_from: date
    valid_to: date | None = None
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentRow:
    """What a body belonged to, by key."""

    parent: str
    valid_from: date
    valid_to: date | None = None
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """A class that a body belonged to, one of :class:`nhipcau.network.models.Kind`."""

    kind: str
    valid_from: date
    valid_to: date | None = None
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRow:
    """A code that a body carried; ``scheme`` is one of :class:`nhipcau.network.models.Scheme`."""

    scheme: str
    code: str
    valid_from: date
    valid_to: date | None = None
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryRow:
    """A country that a mission covered, ISO 3166-1 alpha-2."""

    country: str
    valid_from: date
    valid_to: date | None = None
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRow:
    """A body with all its history, each part in the order of time.

    Attributes:
        slug: its key, for ever.
        kind: one of :class:`nhipcau.network.models.Kind`; the last, where it changed.
        names: at least one; the last is the one shown.
        kinds: its main class over time; empty where it never changed.
        also: classes that it carries beside the main one.
        country: host country, ISO 3166-1 alpha-2, for missions.
        province: key of the province unit, for provincial bodies.
        time_zone: IANA name of the zone by which it works.
        confidence: one of :class:`nhipcau.network.models.Confidence`.
    """

    slug: str
    kind: str
    names: tuple[NameRow, ...]
    valid_from: date
    valid_to: date | None = None
    parents: tuple[ParentRow, ...] = ()
    kinds: tuple[ClassRow, ...] = ()
    also: tuple[ClassRow, ...] = ()
    codes: tuple[CodeRow, ...] = ()
    jurisdictions: tuple[CountryRow, ...] = ()
    country: str = ""
    province: str = ""
    time_zone: str = HOME_ZONE
    sample: bool = False
    source: str = ""
    confidence: str = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionRow:
    """A body took over from another; ``day`` is the first on which the successor answers. Bodies by key.

    Attributes:
        kind: one of :class:`nhipcau.network.models.SuccessionKind`.
        duty: one of :class:`nhipcau.network.models.Duty` that passed over with it, or empty.
        part_vi, part_en: what passed over; empty for the whole.
        basis: the legal text.
    """

    predecessor: str
    successor: str
    kind: str
    day: date
    duty: str = ""
    part_vi: str = ""
    part_en: str = ""
    basis: str = ""
    source: str = ""
    confidence: str = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRoleRow:
    """A role in the network, one of :class:`nhipcau.network.models.RoleInNetwork`, held by a body (by key)."""

    role: str
    organisation: str
    valid_from: date
    valid_to: date | None = None
    basis: str = ""
    source: str = ""
    confidence: str = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyMemberRow:
    """A body is a member of a body of bodies; ``position`` is one of :class:`nhipcau.network.models.Position`."""

    body: str
    member: str
    position: str
    valid_from: date
    valid_to: date | None = None
    source: str = ""
    confidence: str = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nation:
    """Bodies and everything that holds between them."""

    bodies: tuple[OrganisationRow, ...]
    successions: tuple[SuccessionRow, ...] = ()
    held_roles: tuple[HeldRoleRow, ...] = ()
    members: tuple[BodyMemberRow, ...] = ()


Part = TypeVar("Part", NameRow, ParentRow, ClassRow, CodeRow, CountryRow)


def normal(row: OrganisationRow) -> OrganisationRow:
    """The one way to write a row: names in NFC, its kind spelt out, parts sorted, no source that the body says too."""
    whole_life = ClassRow(kind=row.kind, valid_from=row.valid_from, valid_to=row.valid_to)
    names = [dataclasses.replace(n, name_vi=nfc(n.name_vi.strip()), name_en=nfc(n.name_en.strip())) for n in row.names]
    return dataclasses.replace(
        row,
        names=_parts(row, tuple(names)),
        parents=_parts(row, row.parents),
        kinds=_parts(row, row.kinds or (whole_life,)),
        also=_parts(row, row.also),
        codes=_parts(row, row.codes),
        jurisdictions=_parts(row, row.jurisdictions),
    )


def _parts(row: OrganisationRow, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(
        dataclasses.replace(
            part,
            source="" if part.source == row.source else part.source,
            confidence="" if part.confidence == row.confidence else part.confidence,
        )
        for part in sorted(parts, key=_order)
    )


def _order(part: Any) -> tuple[str, date, str]:
    of = getattr(part, "scheme", "")
    return of, part.valid_from, getattr(part, "kind", "") or getattr(part, "country", "")
