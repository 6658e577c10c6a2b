"""The tree of a day in memory: what hangs below what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(slots=True, eq=False)
class Node:
    """A body on the day of its tree.

    Attributes:
        pk: key of the organisation.
        kinds: its class then, and after it those that it carried beside it.
        children: what belonged to it, in Vietnamese alphabetical order.
    """

    pk: int
    name_vi: str
    name_en: str
    kinds: tuple[str, ...]
    sample: bool
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Its main class."""
        return self.kinds[0]

    @property
    def name(self) -> str:
        """Its name then, in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_vi

    def below(self) -> Iterator[Node]:
        """Everything below it, itself left out, each before what hangs below it."""
        for child in self.children:
            yield child
            yield from child.below()


@dataclass(frozen=True, slots=True)
class Tree:
    """Every body of a day by key, in Vietnamese alphabetical order; and those that belong to none."""

    nodes: Mapping[int, Node]
    roots: tuple[Node, ...]

    def __len__(self) -> int:
        return len(self.nodes)

    def walk(self) -> Iterator[tuple[int, Node]]:
        """Depth and node, each before what hangs below it."""
        stack = [(0, node) for node in reversed(self.roots)]
        while stack:
            depth, node = stack.pop()
            yield depth, node
            stack.extend((depth + 1, child) for child in reversed(node.children))


def grow(nodes: Mapping[int, Node], parents: Mapping[int, int]) -> Tree:
    """Hang the nodes below their parents; a parent that is not among them leaves its children as roots."""
    roots = []
    for pk, node in nodes.items():
        above = nodes.get(parents.get(pk, 0))
        if above is None:
            roots.append(node)
        else:
            node.parent = above
            above.children.append(node)
    return Tree(nodes, tuple(roots))
