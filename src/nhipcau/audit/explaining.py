"""Telling what was done to entries that do not follow: edited, moved, put in, or only standing beside such a one.

Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.audit import chain
from nhipcau.audit.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhipcau.audit.chain import Row


@dataclass(slots=True)
class Broken:
    """An entry that does not follow.

    Attributes:
        place: where it stands.
        row: the entry.
        before: hashes of which one may be that of the entry before it.
        computed: the hash that its values give behind each of these.
        next_joined_to: the hash to which the next entry is joined, or which was noted as the head when this was the
            last; empty where neither is known.
    """

    place: int
    row: Row
    before: tuple[str, ...]
    computed: tuple[str, ...]
    next_joined_to: str = ""


def explain(broken: Sequence[Broken]) -> Iterator[Fault]:
    """What was done to each; nothing is said of those that are whole and only stand behind one that is not."""
    hashes = {one.row.chain_hash for one in broken}
    for one in broken:
        place = _sealed_at(one, broken, hashes)
        if place != one.place:
            yield _fault(one, place)


def _sealed_at(one: Broken, broken: Sequence[Broken], hashes: set[str]) -> int | None:
    """The place at which this entry was sealed, if it is one of those at which something is broken.

    It is tried behind every hash that may have stood there: those on the spot, and those of the broken entries, of
    which one may have been moved.
    """
    for other in (one, *(other for other in broken if other is not one)):
        for previous in {*other.before, *hashes}:
            joined = chain.link(previous, other.place, one.row.kept)
            if joined == one.row.chain_hash or (other is not one and joined in hashes):
                return other.place
    return None


def _fault(one: Broken, place: int | None) -> Fault:
    kind, values = "edited", {}
    if place is not None:
        kind, values = "reordered", {"from": place}
    elif one.next_joined_to and one.next_joined_to != one.row.chain_hash:
        kind = "hash_edited" if one.next_joined_to in one.computed else "inserted"
    return Fault(kind, place=one.place, entry=one.row.entry_id, values=values)
