"""Where an element stands: among comments, other stories, or in the page's frame, it is not the article's."""

from __future__ import annotations

import functools
import itertools
import re
from typing import TYPE_CHECKING, Final

from nhipcau.newswire.extract.tree import texts

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
        if at.tag in _FRAME:
            return True
        attributes = at.attributes
        if attributes and (_is_called_so(attributes.get("class")) or _is_called_so(attributes.get("id"))):
            return True
        at = at.parent
    return False


# Elements share their names, and what is asked about shares what it stands in.
@functools.lru_cache(maxsize=20_000)
def _is_called_so(name: str | None) -> bool:
    return name is not None and _ELSEWHERE.search(name) is not None


def pieces(node: Node, *, most: int | None = None) -> list[str]:
    """The texts under an element, each as it stands; of many the first."""
    return [piece for piece, _parent in itertools.islice(texts(node), most)]
