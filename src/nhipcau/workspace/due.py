"""What is due from somebody, across rooms: each registers a provider; a room that is not there is simply absent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
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
        due: aware moment, or a day (its end in Asia/Ho_Chi_Minh counts).
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
    due: datetime | date
    state: str = ""
    state_word: Any = ""
    doing: Any = ""
    organisation: Any = None
    room: Any = ""
    deputy_of: str = ""
    approval: bool = False

    @property
    def by(self) -> datetime:
        """The last moment, aware."""
        if isinstance(self.due, datetime):
            return self.due
        return timezone.make_aware(datetime.combine(self.due, time.max))

    def late(self, at: datetime) -> bool:
        """Whether its time has passed at an aware moment."""
        return self.by < at


_PROVIDERS: dict[str, Callable[[Access, datetime], Iterable[DueItem]]] = {}


def register(name: str, provider: Callable[[Access, datetime], Iterable[DueItem]]) -> None:
    """Have a room say what is due; ``name`` is ``room.things``. Called from the ``ready`` of a room.

    Raises:
        ValueError: another provider has that name.
    """
    if _PROVIDERS.get(name, provider) is not provider:
        raise ValueError(f"Two providers of what is due are called {name}.")
    _PROVIDERS[name] = provider


def due_from(access: Access, at: datetime | None = None) -> Sequence[DueItem]:
    """Everything due from the person of the access now open, late first, then by time; ``at`` is aware (now)."""
    moment = at or timezone.now()
    found = [item for name in sorted(_PROVIDERS) for item in _PROVIDERS[name](access, moment)]
    return sorted(found, key=lambda item: (item.by, str(item.title)))
