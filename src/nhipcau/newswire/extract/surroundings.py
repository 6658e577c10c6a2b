"""Where an element stands: among comments, other stories, or in the page's frame, it is not the article's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nhipcau.newswire.extract.tree import attribute, texts

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

_ELSEWHERE: Final = re.compile(
    r"comment(?!ary)|komment|related|teaser|sidebar|recommend|popular|trending|promo|newsletter|widget|footer|card-list|"
    r"most-read|disqus|replies|copyright",
    re.IGNORECASE,
)
_FRAME: Final = frozenset(("footer", "nav", "aside"))
_INSIDE: Final = frozenset(("body", "article", "main", "html"))
_DEEPEST = 12


def is_elsewhere(node: Node) -> bool:
    """Whether an element stands among comments, teasers, or in the frame of the page."""
    at: Node | None = node
    for _step in range(_DEEPEST):
        if at is None or at.tag in _INSIDE:
            return False
        if at.tag in _FRAME or _ELSEWHERE.search(f"{attribute(at, 'class')} {attribute(at, 'id')}"):
            return True
        at = at.parent
    return False


def pieces(node: Node) -> list[str]:
    """The texts under an element, each as it stands."""
    return [piece for piece, _parent in texts(node)]
