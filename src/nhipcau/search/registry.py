"""What the one search field finds: each room registers its kinds of things on this floor.

The desk asks every kind in turn, under the access now open, so each answers with what the reader may see.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Searchable:
    """One kind of thing that can be found.

    Attributes:
        name: ``room.things``.
        title: what they are, in the plural, for headings (may be lazily translated).
        find: ``(text, exact=False) -> QuerySet`` of scoped rows, the best first; typically through
            :func:`nhipcau.search.matching`. ``exact`` keeps marks, case apart.
        label: row -> its name as people read it.
        url: row -> where it opens.
        note: row -> one line more (kind, office, date); empty where there is none.
        everything: where the whole list with this search opens, ``(text) -> url``; None where no list takes one.
        icon: a name of :data:`nhipcau.ui.icons.ICONS`.
        order: place among the kinds, small first.
    """

    name: str
    title: Any
    find: Callable[..., QuerySet[Any]]
    label: Callable[[Any], str]
    url: Callable[[Any], str]
    note: Callable[[Any], str] = lambda _row: ""
    everything: Callable[[str], str] | None = None
    icon: str = "search"
    order: int = 100


_KINDS: dict[str, Searchable] = {}


def register(kind: Searchable) -> Searchable:
    """Make a kind of thing findable. Called from the ``ready`` of a room.

    Raises:
        ValueError: another kind has that name.
    """
    if _KINDS.get(kind.name, kind) is not kind:
        raise ValueError(f"Two kinds of things to be found are called {kind.name}.")
    _KINDS[kind.name] = kind
    return kind


def kinds() -> Sequence[Searchable]:
    """All that were registered, in their order."""
    return sorted(_KINDS.values(), key=lambda kind: (kind.order, kind.name))
