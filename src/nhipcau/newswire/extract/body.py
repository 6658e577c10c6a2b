"""The main text of a page.

A page is taken as a list of blocks (:mod:`~nhipcau.newswire.extract.blocks`), menus cut off; a small model says of each
how likely it is the article's own text. How and why:
``docs/explanation/decisions/0013-body-text-by-a-model-of-our-own.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.newswire.extract.blocks import blocks_of
from nhipcau.newswire.extract.byline import is_byline
from nhipcau.newswire.extract.choosing import SHORTEST, chosen
from nhipcau.newswire.extract.declared import Declared, declared_of
from nhipcau.newswire.extract.features import rows_of
from nhipcau.newswire.extract.model import body_model
from nhipcau.newswire.extract.moments import is_bare_moment
from nhipcau.newswire.extract.scripted import scripted_text

if TYPE_CHECKING:
    from nhipcau.newswire.extract.blocks import Blocks
    from nhipcau.newswire.extract.metadata import Page
    from nhipcau.newswire.extract.tree import Tree

# A paragraph that stands twice in a page is told once; short lines may be meant twice.
_REPEATED = 30


def main_text(page: Page) -> str:
    """The article's text: paragraphs, subheads, items and rows of tables, each on its line, ``""`` where there is none.

    A page that a script of its own fills in a browser may have it in that script only
    (:mod:`~nhipcau.newswire.extract.scripted`). The page stays as it is.
    """
    found = _text_of(page.blocks, declared_of(page))
    if len(found) < SHORTEST:
        return max(found, scripted_text(page.tree, lambda tree: _text_of(blocks_of(tree), Declared())), key=len)
    return found


def _text_of(page: Blocks, declared: Declared) -> str:
    if not page.texts:
        return ""
    trees, threshold = body_model()
    chances = trees.chances(rows_of(page, declared))
    return joined(page, chosen(page, chances.tolist(), threshold))


def joined(page: Blocks, numbers: list[int]) -> str:
    """These blocks in page order: a line each, cells of one row on one line."""
    lines: list[str] = []
    told: set[str] = set()
    row = -1
    for number in numbers:
        text, element = page.texts[number], page.elements[number]
        is_cell = page.tags[element] in {"td", "th"}
        if is_cell and page.parent[element] == row:
            lines[-1] += f" | {text}"
        elif len(text) < _REPEATED or text not in told:
            lines.append(text)
            told.add(text)
        else:
            continue
        row = page.parent[element] if is_cell else -1
    return "\n".join(lines)


def without_title(text: str, titles: list[str]) -> str:
    """The text without what stands above it: its headline, and lines of nothing but a name or day and time.

    They are kept apart, and reprints change them.
    """
    known = {title.casefold() for title in titles if title}
    for _line in range(3):
        first, _, rest = text.partition("\n")
        if not (first.casefold() in known or is_bare_moment(first) or is_byline(first)):
            break
        text = rest
    return text


def fuller(extracted: str, own: str) -> str:
    """What was extracted of a bare text, or all of it where that leaves out half: there is nothing to be left out."""
    return own if len(extracted) < max(SHORTEST, len(own) // 2) else extracted


def fragment_text(tree: Tree) -> str:
    """All text of a fragment, a line for each block: a feed entry has nothing around its content to be left out."""
    page = blocks_of(tree, menus=True)
    return joined(page, list(range(len(page.texts))))
