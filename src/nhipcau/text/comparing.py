"""What differs between two versions of a text, of an order, and of rows that hold texts."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
_Key = TypeVar("_Key", bound="Hashable")


class Piece(NamedTuple):
    """A run of words: ``same``, ``gone`` or ``new``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one row, or of something that is no row.

    Attributes:
        kind: ``new``, ``gone``, ``moved`` or ``changed``.
        title: what it is called.
        places: of a row where it stood and where it stands, from 1; None where it is not there.
        fields: name of a field -> its words, what went and what came.
    """

    kind: str
    title: str
    places: tuple[int | None, int | None] = (None, None)
    fields: Sequence[tuple[str, Sequence[Piece]]] = field(default_factory=tuple)


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


def compare_rows(
    before: Sequence[Mapping[str, Any]],
    after: Sequence[Mapping[str, Any]],
    *,
    key: str,
    title: Callable[[Mapping[str, Any]], str],
    fields: Callable[[Mapping[str, Any], Mapping[str, Any]], Sequence[tuple[str, Sequence[Piece]]]],
) -> list[Change]:
    """What became of each row, in the order in which they stand now; those that are gone come last.

    Args:
        before: the rows as they were, in order.
        after: the rows as they are, in order.
        key: name of what tells a row from the others.
        title: what a row is called.
        fields: what differs between a row as it was (empty for a new one) and as it is.
    """
    old = {row[key]: (place, row) for place, row in enumerate(before, 1)}
    new = {row[key]: (place, row) for place, row in enumerate(after, 1)}
    in_other_order = moved([each for each in old if each in new], [each for each in new if each in old])
    found = []
    for each, (place, row) in new.items():
        stood, was = old.get(each, (None, {}))
        differing = fields(was, row)
        if stood is None:
            found.append(Change("new", title(row), (None, place), differing))
        elif differing or each in in_other_order:
            found.append(Change("changed" if differing else "moved", title(row), (stood, place), differing))
    gone = [each for each in old if each not in new]
    return [*found, *(Change("gone", title(old[each][1]), (old[each][0], None)) for each in gone)]
