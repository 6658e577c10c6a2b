"""What was done, in words: each room registers a phrase for every verb that it records, from its ``ready``.

The same for the names under which a payload keeps what is no field of its object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PHRASES: dict[str, Any] = {}
_NAMES: dict[str, Any] = {}

#: For what the system acts when nobody of flesh and blood does, as it is given to ``access.system``.
PURPOSES = {
    "worker": _("background work"),
    "command line": _("command line"),
    "demo": _("demonstration"),
    "sign-in": _("sign-in"),
    "demo sign-in": _("sign-in"),
    "invitation": _("invitations"),
    "leaving": _("accounts of those who left"),
}


def register(phrases: Mapping[str, Any], *, names: Mapping[str, Any] | None = None) -> None:
    """Add a room's phrases: ``{"press.store_digest": _("built the digest")}``, said of the actor, in the past.

    Args:
        phrases: verb -> phrase, lazily translated.
        names: what a payload calls something -> how people call it, lazily translated. A field of the object needs
            none: its own name is shown.

    Raises:
        ValueError: a verb or a name has another phrase already.
    """
    for table, given in ((_PHRASES, phrases), (_NAMES, names or {})):
        taken = sorted(key for key, words in given.items() if str(table.get(key, words)) != str(words))
        if taken:
            raise ValueError(f"Said in two ways: {', '.join(taken)}.")
        table.update(given)


def phrase(verb: str) -> str:
    """What was done, in the reader's language; the verb itself where its room says nothing."""
    return str(_PHRASES.get(verb, verb))


def name(field: str) -> str:
    """What people call a part of a payload that is no field of its object."""
    return str(_NAMES.get(field, field))


def verbs() -> Iterable[tuple[str, str]]:
    """Every verb with its phrase, for choosing one; in the order of the phrases."""
    from nhipcau.text import sort_key

    return sorted(((verb, str(words)) for verb, words in _PHRASES.items()), key=lambda pair: sort_key(pair[1]))


def knows(verb: str) -> bool:
    """Whether a room has registered this verb."""
    return verb in _PHRASES


def names(field: str) -> bool:
    """Whether a room has registered this part of a payload."""
    return field in _NAMES
