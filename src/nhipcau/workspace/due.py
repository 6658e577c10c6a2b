"""What is due from somebody, across rooms: each registers a provider; a room that is not there is simply absent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from nhipcau.access import Access


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """One thing that somebody has to do.

    Attributes:
        title: the thing, as people call it.
        url: where it is done.
        due: aware moment, or a day (its end in Asia/Ho_Chi_Minh counts); None where no time is set.
        since: aware moment from which it waits; shown where no time is set.
        state: code of its state, as :mod:`nhipcau.ui.states` knows it; empty where it has none.
        state_word: the state as people read it (may be lazily translated).
        doing: what is to be done, a short verb ("Approve").
        organisation: the office for which it is done.
        room: name of the room, lazily translated; heads a group where lists are grouped.
        deputy_of: name of the person deputised for; empty where it is due from the reader.
        approval: it waits for somebody's approval: what a leader sees first.
    """

    title: str
    url: str
    due: datetime | date | None
    since: datetime | None = None
    state: str = ""
    state_word: Any = ""
    doing: Any = ""
    organisation: Any = None
    room: Any = ""
    deputy_of: str = ""
    approval: bool = False

    @property
    def by(self) -> datetime | None:
        """The last moment, aware; None where no time is set."""
        if self.due is None:
            return None
        if isinstance(self.due, datetime):
            return self.due
        return timezone.make_aware(datetime.combine(self.due, time.max))

    def late(self, at: datetime) -> bool:
        """Whether its time has passed at an aware moment."""
        return self.by is not None and self.by < at

    @property
    def order(self) -> tuple[Any, ...]:
        """What has a time goes before what has none; then by time, the longest waiting first."""
        return (self.by is None, self.by or self.since or _END, str(self.title))


_END = datetime(9999, 12, 31, tzinfo=UTC)


_PROVIDERS: dict[str, Callable[[Access, datetime], Iterable[DueItem]]] = {}
_OF_OFFICES: dict[str, Callable[[Access, datetime], Iterable[DueItem]]] = {}


def register(
    name: str,
    provider: Callable[[Access, datetime], Iterable[DueItem]],
    *,
    of_offices: Callable[[Access, datetime], Iterable[DueItem]] | None = None,
) -> None:
    """Have a room say what is due. Called from the ``ready`` of a room.

    Args:
        name: ``room.things``.
        provider: ``(access, at) -> items`` due from the person of this access, which is open, at an aware moment,
            however far ahead; an item that the person answers for as a deputy says for whom.
        of_offices: the same for all of the offices that the person leads: what is late there, whoever has it.

    Raises:
        ValueError: another provider has that name.
    """
    if _PROVIDERS.get(name, provider) is not provider:
        raise ValueError(f"Two providers of what is due are called {name}.")
    _PROVIDERS[name] = provider
    if of_offices is not None:
        _OF_OFFICES[name] = of_offices


def due_from(access: Access, at: datetime | None = None) -> Sequence[DueItem]:
    """Everything due from the person of the access now open, late first, then by time; ``at`` is aware (now)."""
    return _asked(_PROVIDERS, access, at)


def late_in_offices(access: Access, at: datetime | None = None) -> Sequence[DueItem]:
    """What is late in the offices that the person of the access now open leads, the latest first."""
    moment = at or timezone.now()
    return [item for item in _asked(_OF_OFFICES, access, moment) if item.late(moment)]


def _asked(providers: Any, access: Access, at: datetime | None) -> Sequence[DueItem]:
    moment = at or timezone.now()
    found = [item for name in sorted(providers) for item in providers[name](access, moment)]
    return sorted(found, key=lambda item: item.order)


def deputised_for(access: Access, organisation_id: int, *roles: str) -> tuple[str, ...]:
    """``actor_id`` of those for whom alone the person acts in these roles there; empty where it is their own role."""
    held = [(role, organisation_id) for role in roles if (role, organisation_id) in access.memberships]
    if not all(pair in access.deputised for pair in held):
        return ()
    return tuple(dict.fromkeys(principal for pair in held for principal in access.deputised[pair]))
