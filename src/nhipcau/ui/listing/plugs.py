"""What rooms above add to every list: saved views, files, work on many rows. The kit itself has no tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpResponse

    from nhipcau.ui.listing.shown import Shown


def _nothing(_shown: Shown) -> str:
    return ""


def _not_mine(_shown: Shown) -> HttpResponse | None:
    return None


@dataclass(frozen=True, kw_only=True)
class Plug:
    """One addition to every list.

    Attributes:
        name: its identity.
        order: place among the tools above the table, small first.
        tool: HTML among the tools above the table; empty for none.
        notice: HTML above the table.
        answer: asked before the list is drawn; gives an answer where the request wants something else of the list (a
            file, another view), None otherwise. Anything but GET and HEAD is answered by a plug or not at all.
    """

    name: str
    order: int = 100
    tool: Callable[[Shown], str] = _nothing
    notice: Callable[[Shown], str] = _nothing
    answer: Callable[[Shown], HttpResponse | None] = _not_mine


_PLUGS: dict[str, Plug] = {}


def plug(added: Plug) -> Plug:
    """Add to every list. Called from the ``ready`` of a room.

    Raises:
        ValueError: another addition has that name.
    """
    if _PLUGS.get(added.name, added) is not added:
        raise ValueError(f"Two additions to lists are called {added.name}.")
    _PLUGS[added.name] = added
    return added


def plugs() -> Sequence[Plug]:
    """All that were added, in order."""
    return sorted(_PLUGS.values(), key=lambda added: (added.order, added.name))
