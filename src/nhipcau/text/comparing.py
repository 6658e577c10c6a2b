"""What differs between two versions of a text, and of an order."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
_Key = TypeVar("_Key", bound="Hashable")


class Piece(NamedTuple):
    """A run of words: ``same``, ``gone`` or ``new``."""

    kind: str
    text: str


def compare_words(before: str, after: str) -> list[Piece]:
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


def moved(old: Sequence[_Key], new: Sequence[_Key]) -> set[_Key]:
    """Of two orders of the same things, those that stand in another order; as few as explain it."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    stayed = {key for block in matcher.get_matching_blocks() for key in old[block.a : block.a + block.size]}
    return set(new) - stayed
