"""What differs between the maps of two days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from nhipcau.network.models import Succession
    from nhipcau.network.tree import Node, Tree


@dataclass(frozen=True, slots=True)
class Change:
    """The same body on both days."""

    before: Node
    after: Node


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two trees of the same network, the earlier first.

    Attributes:
        created: bodies of the later day only.
        ended: bodies of the earlier day only, each with what it passed to in between.
        renamed, moved, reclassed: bodies of both days with another name, parent or class.
        followed: what passed in between, by the successor.
    """

    created: Sequence[tuple[Node, Sequence[Succession]]]
    ended: Sequence[tuple[Node, Sequence[Succession]]]
    renamed: Sequence[Change]
    moved: Sequence[Change]
    reclassed: Sequence[Change]
    same: int

    def __bool__(self) -> bool:
        return any((self.created, self.ended, self.renamed, self.moved, self.reclassed))


def compare(before: Tree, after: Tree, successions: Iterable[Succession], since: date, until: date) -> Comparison:
    """Set the tree of ``since`` beside that of ``until``, with the successions in between.

    A body that began and ended between the two days is in neither tree; what became of it is followed all the same by
    the successions of those that it took over from.
    """
    between = [fact for fact in successions if since < fact.day <= until]
    both = [Change(node, after.nodes[pk]) for pk, node in before.nodes.items() if pk in after.nodes]
    renamed = [
        one for one in both if (one.before.name_vi, one.before.name_en) != (one.after.name_vi, one.after.name_en)
    ]
    moved = [one for one in both if _parent(one.before) != _parent(one.after)]
    reclassed = [one for one in both if one.before.kinds != one.after.kinds]
    touched = {one.before.pk for one in (*renamed, *moved, *reclassed)}
    return Comparison(
        created=[
            (node, [fact for fact in between if fact.successor_id == pk])
            for pk, node in after.nodes.items()
            if pk not in before.nodes
        ],
        ended=[
            (node, [fact for fact in between if fact.predecessor_id == pk])
            for pk, node in before.nodes.items()
            if pk not in after.nodes
        ],
        renamed=renamed,
        moved=moved,
        reclassed=reclassed,
        same=len(both) - len(touched),
    )


def _parent(node: Node) -> int | None:
    return node.parent.pk if node.parent else None
