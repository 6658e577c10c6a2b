"""What a reader may start from anywhere: each room registers its actions; the command palette offers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to start.

    Attributes:
        view: name of the route, with namespace, that takes no parameters; also the identity of the action.
        name: a verb and its object ("Write a letter"; may be lazily translated).
        icon: a name of :data:`nhipcau.ui.icons.ICONS`.
        order: place among the actions, small first.
        may: ``(access) -> bool``, asked with the access now open.
    """

    view: str
    name: Any
    icon: str = "arrow-right"
    order: int = 100
    may: Callable[[Any], bool] = lambda _access: True


_ACTIONS: dict[str, Action] = {}


def register(action: Action) -> Action:
    """Offer an action. Called from the ``ready`` of a room.

    Raises:
        ValueError: another action has that route.
    """
    if _ACTIONS.get(action.view, action) is not action:
        raise ValueError(f"Two actions start at {action.view}.")
    _ACTIONS[action.view] = action
    return action


def actions() -> Sequence[Action]:
    """All that were registered, in their order."""
    return sorted(_ACTIONS.values(), key=lambda action: (action.order, action.view))
