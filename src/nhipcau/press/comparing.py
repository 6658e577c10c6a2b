"""What changed between two kept versions of a digest: entries that came, went, moved, and words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nhipcau.press.models import DigestEntry
from nhipcau.text import compare_words, moved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.text import Piece

#: Fields of the head whose words are compared; the others are shown as they were and are.
WORDS = ("title", "summary", "outlook")


@dataclass(slots=True)
class Changed:
    """What became of one entry, or of the head (``title`` empty).

    Attributes:
        kind: ``new``, ``gone``, ``moved`` or ``changed``.
        title: what it is called: its headline, else its original title.
        places: where it stood and where it stands, from 1; None where it is not there.
        fields: name of a field -> its words, what went and what came.
    """

    kind: str
    title: str
    places: tuple[int | None, int | None] = (None, None)
    fields: list[tuple[str, list[Piece]]] = field(default_factory=list)


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Changed]:
    """What differs between two versions, as :func:`~nhipcau.press.domain.contents.contents_of` keeps them."""
    found = []
    head = [(name, compare_words(before.get(name, ""), after.get(name, ""))) for name in WORDS]
    changed = [(name, pieces) for name, pieces in head if any(piece.kind != "same" for piece in pieces)]
    if changed:
        found.append(Changed("changed", "", fields=changed))
    old = {row["entry"]: (place, row) for place, row in enumerate(before.get("entries", []), 1)}
    new = {row["entry"]: (place, row) for place, row in enumerate(after.get("entries", []), 1)}
    in_other_order = moved([key for key in old if key in new], [key for key in new if key in old])
    for key, (place, row) in new.items():
        if key not in old:
            fields = [(name, compare_words("", row[name])) for name in ("headline", "gist", "note") if row[name]]
            found.append(Changed("new", _title(row), (None, place), fields))
            continue
        was, stood = old[key][1], old[key][0]
        parts = [(name, compare_words(was[name], row[name])) for name in DigestEntry.WRITTEN if was[name] != row[name]]
        if parts or key in in_other_order:
            found.append(Changed("changed" if parts else "moved", _title(row), (stood, place), parts))
    found += [Changed("gone", _title(row), (place, None)) for key, (place, row) in old.items() if key not in new]
    return found


def _title(row: Mapping[str, Any]) -> str:
    return str(row["headline"] or row["original"])
