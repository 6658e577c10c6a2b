"""The kinds of things that people are told of: each room registers its own, in the ``ready`` of its app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of notice.

    Attributes:
        key: ``room.what_happened``; also the identity of people's choices.
        title: what it is about, as the list of settings and the filter call it (may be lazily translated).
        channel: how people are told who have not chosen: ``desk``, ``mail``, ``daily`` or ``never``.
        always: it stands on the desk whatever was chosen: what is late, and what touches the safety of an account.
        own: told even to the person who did it.
        icon: a name of :data:`nhipcau.ui.icons.ICONS`.
        tone: how it looks, as :mod:`nhipcau.ui.states` has it: plain, busy, soon, late, good.
        order: place in the list of settings, small first.
    """

    key: str
    title: Any
    channel: str = "daily"
    always: bool = False
    own: bool = False
    icon: str = "info-circle"
    tone: str = "plain"
    order: int = 100


class UnknownKindError(LookupError):
    """Somebody was to be told of a kind that no room has registered."""


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Add a kind of notice. Called from the ``ready`` of a room.

    Raises:
        ValueError: another kind has that key.
    """
    if _KINDS.get(kind.key, kind) != kind:
        raise ValueError(f"Two kinds of notices are called {kind.key}.")
    _KINDS[kind.key] = kind
    return kind


def kinds() -> Sequence[Kind]:
    """All that were registered, in their order."""
    return sorted(_KINDS.values(), key=lambda kind: (kind.order, kind.key))


def kind_of(key: str) -> Kind:
    """The kind with this key.

    Raises:
        UnknownKindError: no room registered it.
    """
    if key not in _KINDS:
        raise UnknownKindError(f"No room registered the kind of notice {key}.")
    return _KINDS[key]
