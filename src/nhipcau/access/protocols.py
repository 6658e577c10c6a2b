from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from nhipcau.access.standing import Standing


@runtime_checkable
class Actor(Protocol):
    """Who does something. Rooms below ``accounts`` check rights through this without knowing people."""

    @property
    def actor_id(self) -> str:
        """Stable reference for the audit record, e.g. ``person:12`` or ``system:worker``."""
        ...

    @property
    def actor_label(self) -> str:
        """Name as people read it."""
        ...

    def holds(self, role: str, organisation_id: int | None, on: date) -> bool:
        """Whether this actor holds ``role`` in the organisation on that day (Asia/Ho_Chi_Minh), as a deputy too."""
        ...

    def stands_in_for(self, on: date) -> Sequence[str]:
        """``actor_id`` of everybody whose deputy this actor is on that day, in a stable order."""
        ...


@runtime_checkable
class Drafted(Protocol):
    """What a second person must approve: it says who had a hand in its words."""

    def drafter_ids(self) -> Collection[str]:
        """The ``actor_id`` of everybody who drafted it or changed the draft, e.g. ``person:12``; never empty."""
        ...


@dataclass(frozen=True, slots=True)
class SystemActor:
    """The system itself, acting for a stated purpose: the worker, the command line, the demo."""

    purpose: str

    @property
    def actor_id(self) -> str:
        """``system:<purpose>``."""
        return f"system:{self.purpose}"

    @property
    def actor_label(self) -> str:
        """The system, and what for."""
        return f"Nhịp Cầu ({self.purpose})"

    def holds(self, role: str, organisation_id: int | None, on: date) -> bool:  # noqa: ARG002 - the protocol's names
        """The system may do what its own tasks do; the purpose is in the audit record."""
        return True

    def stands_in_for(self, on: date) -> Sequence[str]:  # noqa: ARG002 - the protocol's names
        """The system is nobody's deputy."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Access:
    """What may be seen now: the actor, its memberships, and the moment at which rights are judged.

    Compared by identity: a query belongs to the access it was built under.

    Attributes:
        actor: who asks.
        person_id: the signed-in person; None where the system asks.
        memberships: pairs (role, organisation id) that are valid at ``at``, held as a deputy or in one's own right.
        deputised: those pairs that are held as a deputy only -> ``actor_id`` of each principal.
        everything: the system's own access; no filter is applied.
        at: aware moment.
        standings: what :mod:`nhipcau.access.standing` notes while the access is open.
    """

    actor: Actor
    person_id: int | None = None
    memberships: frozenset[tuple[str, int]] = frozenset()
    deputised: Mapping[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    everything: bool = False
    at: datetime = field(default_factory=timezone.now)
    standings: dict[tuple[int, str], Standing] = field(default_factory=dict, repr=False)

    def organisations(self, *roles: str) -> frozenset[int]:
        """Ids of the organisations in which one of ``roles`` is held; with no role named, any role."""
        return frozenset(org for role, org in self.memberships if not roles or role in roles)
