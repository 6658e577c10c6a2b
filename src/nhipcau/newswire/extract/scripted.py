"""The text of a page that holds it for its script only: nothing is shown until a browser runs that.

Frameworks write what a page is filled with into a script, as JSON, or as a text of JSON in a call. Looked at only where
the page shows nothing that could be an article. Nothing is run: long quoted texts that hold paragraphs are read as
pages of their own.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from nhipcau.newswire.extract.tree import HeavyPageError, Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A quoted text, escapes and all, without going back over what was read.
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_OPENING: Final = re.compile(r"<p[\s>]", re.IGNORECASE)
_LEAST = 300
_LARGEST, _MOST_TEXTS, _DEEPEST = 3_000_000, 20, 2


def scripted_text(page: Tree, read: Callable[[Tree], str]) -> str:
    """The longest text found in the scripts of a page, ``""`` where they hold none.

    Args:
        page: the page.
        read: gives the text of a page.
    """
    found = ""
    pieces = (html for script in page.all("script") for html in _marked_up(script.text(), _DEEPEST))
    for _, html in zip(range(_MOST_TEXTS), pieces, strict=False):
        try:
            tree = Tree(f"<html><body><article>{html}</article></body></html>")
        except HeavyPageError:
            continue
        found = max(found, read(tree), key=len)
    return found


def _marked_up(script: str, depth: int) -> Iterator[str]:
    """Quoted texts with paragraphs in them, quoted once or twice."""
    if not _LEAST <= len(script) <= _LARGEST:
        return
    for quoted in _QUOTED.finditer(script):
        if len(quoted[1]) < _LEAST:
            continue
        try:
            text = json.loads(quoted[0], strict=False)
        except ValueError:
            continue
        if text.lstrip()[:1] == "<" and _OPENING.search(text):
            yield text
        elif depth > 1:
            yield from _marked_up(text, depth - 1)
