"""The navigation: each room registers where its work is done; the desk shows to each reader what is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One entry of the navigation.

    Attributes:
        view: name of the route, with namespace; also the identity of the place.
        name: what people do there (lazily translated), two words at most.
        icon: a name of :data:`nhipcau.ui.icons.ICONS`.
        group: ``main`` stands in sight on every screen; ``network``, ``office`` and ``system`` in the menu.
        key: the letter that goes there after ``g``; empty for none.
        order: place within its group, small first.
        may: ``(access) -> bool``, asked with the access now open; who may not go there is not shown the way.
    """

    view: str
    name: Any
    icon: str
    group: str = "main"
    key: str = ""
    order: int = 100
    may: Callable[[Any], bool] = lambda _access: True


_PLACES: dict[str, Place] = {}


def register(place: Place) -> Place:
    """Add a place. Called from the ``ready`` of a room.

    Raises:
        ValueError: another place has that route or that letter.
    """
    taken = {other.key for other in _PLACES.values() if other.key and other.view != place.view}
    if _PLACES.get(place.view, place) is not place or place.key in taken:
        raise ValueError(f"Two places are at {place.view} or go by the letter {place.key}.")
    _PLACES[place.view] = place
    return place


def places() -> Sequence[Place]:
    """All that were registered, by group and order."""
    return sorted(_PLACES.values(), key=lambda place: (place.group, place.order, place.view))
