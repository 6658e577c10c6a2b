"""The kinds of documents that an office may have a template for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateField:
    """What a template may name.

    Attributes:
        name: as it stands between the braces; with ``of``, behind the name of one turn of that loop.
        meaning: one sentence (may be lazily translated).
        sample: what the test render shows.
        of: the list that is gone through, for a field of one of its turns; empty for a field of the document.
        loop: it is a list: the tags that go through it.
    """

    name: str
    meaning: Any
    sample: str = ""
    of: str = ""
    loop: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateKind:
    """A kind of document.

    Attributes:
        name: ``digest``, also in the address.
        title: for headings (may be lazily translated).
        fields: in the order in which they are listed.
        starter: ``() -> bytes``: a template to begin with, which looks like the standard document.
        trial: ``(template) -> bytes``: the template filled in with sample data.
    """

    name: str
    title: Any
    fields: Sequence[TemplateField]
    starter: Callable[[], bytes]
    trial: Callable[[bytes], bytes]


_KINDS: dict[str, TemplateKind] = {}


def register(kind: TemplateKind) -> TemplateKind:
    """Offer a kind. Called from the ``ready`` of a room.

    Raises:
        ValueError: another kind has that name.
    """
    if _KINDS.get(kind.name, kind) is not kind:
        raise ValueError(f"Two kinds of templates are called {kind.name}.")
    _KINDS[kind.name] = kind
    return kind


def kinds() -> Sequence[TemplateKind]:
    """All that were registered, by name."""
    return [_KINDS[name] for name in sorted(_KINDS)]


def kind(name: str) -> TemplateKind | None:
    """The one with this name."""
    return _KINDS.get(name)
