"""The tree of a day in memory: what hangs below what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from nhipcau.search import parse
from nhipcau.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ONE_DAY = timedelta(days=1)


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


def matching(tree: Tree, *, words: str = "", kind: str = "") -> Tree:
    """The bodies of a class whose name holds every word, with what they hang below; the tree itself where all do.

    Words are found by their beginning, marks or none. A body that only leads to one that was found is kept without its
    other children.
    """
    phrases = [f" {' '.join(phrase)}" for phrase in parse(words).phrases]
    if not phrases and not kind:
        return tree
    if words.strip() and not phrases:
        return Tree({}, ())
    kept: dict[int, Node] = {}
    for node in tree.nodes.values():
        if (not kind or kind in node.kinds) and _holds(node, phrases):
            above: Node | None = node
            while above is not None and above.pk not in kept:
                kept[above.pk] = replace(above, parent=None, children=[])
                above = above.parent
    order = [kept[pk] for pk in tree.nodes if pk in kept]
    parents = {pk: node.parent.pk for pk, node in tree.nodes.items() if node.parent}
    return grow({node.pk: node for node in order}, parents)


def _holds(node: Node, phrases: list[str]) -> bool:
    if not phrases:
        return True
    name = f" {fold(f'{node.name_vi} / {node.name_en}')}"
    return all(phrase in name for phrase in phrases)
