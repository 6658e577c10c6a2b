"""The page as a tree: read once, by lexbor through selectolax, as a browser without scripts in ``noscript`` reads it.

Safe on several threads as long as each tree is used by one at a time. Nodes are selectolax's own: ``tag``,
``attributes`` (names in lower case, ``None`` for a value that is not there), ``parent``, ``next``, ``first_child``,
``css(selector)``, ``mem_id`` (the same for the same node).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhipcau.newswire.extract.weight import is_heavy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode as Node

# What holds no text that a reader sees; lexbor gives scripts and styles as text too.
UNREAD: Final = frozenset(("script", "style", "noscript", "template", "iframe", "noembed", "noframes", "svg", "math"))


class HeavyPageError(ValueError):
    """A page that is made to be slow or large (:mod:`nhipcau.newswire.extract.weight`)."""


class Tree:
    """A parsed page."""

    def __init__(self, source: str | bytes) -> None:
        """Parse; bytes are UTF-8.

        Raises:
            HeavyPageError: it would cost more than about a second or 300 MB.
        """
        from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

        if isinstance(source, str):
            source = source.encode("utf-8", "replace")
        if is_heavy(source):
            raise HeavyPageError("The page would take too long.")
        # Without events: with them, long lists to choose from take time by the square of their length.
        self._page = LexborHTMLParser(source, options=LexborDocumentOptions.WO_EVENTS, scripting=True)

    @property
    def root(self) -> Node:
        """The ``html`` element; there is always one."""
        root = self._page.root
        assert root is not None
        return root

    @property
    def head(self) -> Node | None:
        """The ``head`` element; none in a page of frames, perhaps."""
        return self._page.head

    @property
    def body(self) -> Node | None:
        """The ``body`` element; none in a page of frames."""
        return self._page.body

    def all(self, selector: str) -> list[Node]:
        """Every element that a CSS selector names, in page order. ``[a="x" i]`` compares without regard to case."""
        return self._page.css(selector)

    def first(self, selector: str) -> Node | None:
        """The first of them."""
        return self._page.css_first(selector)


def attribute(node: Node, name: str) -> str:
    """The value of an attribute without blanks around it; ``""`` where it is not there or empty."""
    return (node.attributes.get(name) or "").strip()


def text_of(node: Node) -> str:
    """All text under a node that a reader sees, as it stands in the page; a title's and a script's own text too."""
    if node.tag in UNREAD or not any(child.tag in UNREAD for child in node.traverse()):
        return node.text()
    return "".join(text for text, _ in texts(node))


def texts(node: Node) -> Iterator[tuple[str, Node]]:
    """Every piece of text under a node that a reader sees, with the element it stands in directly."""
    hidden: set[int] = set()
    for child in node.traverse(include_text=True, skip_empty=True):
        is_text = child.is_text_node
        parent = child.parent if hidden or is_text else None
        if parent is not None and parent.mem_id in hidden:
            if not is_text:
                hidden.add(child.mem_id)
        elif is_text:
            if parent is not None:
                yield child.text_content or "", parent
        elif child.tag in UNREAD:
            hidden.add(child.mem_id)


def following(node: Node) -> Iterator[Node]:
    """Every element behind a node in page order, those inside it left out."""
    at: Node | None = node
    while at is not None:
        behind = at.next
        while behind is not None:
            if behind.is_element_node:
                yield from behind.traverse()
            behind = behind.next
        at = at.parent
