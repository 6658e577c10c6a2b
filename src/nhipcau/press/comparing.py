"""What changed between two kept versions of a digest: entries that came, went, moved, and words."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from nhipcau.press.models import DigestEntry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Fields of the head whose words are compared; the others are shown as they were and are.
WORDS = ("title", "summary", "outlook")
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


class Piece(NamedTuple):
    """A run of words: ``same``, ``gone`` or ``new``."""

    kind: str
    text: str


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
    head = [(name, words(before.get(name, ""), after.get(name, ""))) for name in WORDS]
    changed = [(name, pieces) for name, pieces in head if any(piece.kind != "same" for piece in pieces)]
    if changed:
        found.append(Changed("changed", "", fields=changed))
    old = {row["entry"]: (place, row) for place, row in enumerate(before.get("entries", []), 1)}
    new = {row["entry"]: (place, row) for place, row in enumerate(after.get("entries", []), 1)}
    moved = _moved([key for key in old if key in new], [key for key in new if key in old])
    for key, (place, row) in new.items():
        if key not in old:
            fields = [(name, words("", row[name])) for name in ("headline", "gist", "note") if row[name]]
            found.append(Changed("new", _title(row), (None, place), fields))
            continue
        was, stood = old[key][1], old[key][0]
        parts = [(name, words(was[name], row[name])) for name in DigestEntry.WRITTEN if was[name] != row[name]]
        if parts or key in moved:
            found.append(Changed("changed" if parts else "moved", _title(row), (stood, place), parts))
    found += [Changed("gone", _title(row), (place, None)) for key, (place, row) in old.items() if key not in new]
    return found


def words(before: str, after: str) -> list[Piece]:
    """Two texts, word by word: what stayed, what went, what came."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    pieces = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece("gone", "".join(old[a:b])))
        if d > c:
            pieces.append(Piece("new", "".join(new[c:d])))
    return pieces


def _moved(old: Sequence[int], new: Sequence[int]) -> set[int]:
    """Those that stand in another order; as few as explain it."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    stayed = {key for block in matcher.get_matching_blocks() for key in old[block.a : block.a + block.size]}
    return set(new) - stayed


def _title(row: Mapping[str, Any]) -> str:
    return str(row["headline"] or row["original"])
