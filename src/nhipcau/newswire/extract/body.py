"""The main text of a page.

A page is taken as a list of blocks (:mod:`~nhipcau.newswire.extract.blocks`); two small models say of each how likely
it is the article's own text, the second knowing what the first thought of everything around. How and why:
``docs/explanation/decisions/0013-body-text-by-a-model-of-our-own.md``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from nhipcau.newswire.extract.blocks import BREAK, blocks_of
from nhipcau.newswire.extract.byline import is_byline
from nhipcau.newswire.extract.context import rows_with_chances
from nhipcau.newswire.extract.declared import declared_of
from nhipcau.newswire.extract.features import rows_of
from nhipcau.newswire.extract.model import body_models
from nhipcau.newswire.extract.moments import is_bare_moment
from nhipcau.newswire.extract.tidy import tidy_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.newswire.extract.blocks import Blocks
    from nhipcau.newswire.extract.metadata import Page
    from nhipcau.newswire.extract.tree import Tree

#: Main text shorter than this is no article.
SHORTEST = 100
# A paragraph that stands twice in a page is told once; short lines may be meant twice.
_REPEATED = 30
# Longer cells are judged by themselves: pages are still laid out with tables.
_SHORT_CELL = 60
# From this doubt on the second opinion is better. Cross-validated on the pages of the data folder (articles, then
# newspapers, then segments): never asked 0.952, 0.959, 0.940; from 0.15 on (14 % of pages) 0.963, 0.962, 0.936; from
# 0.3 on (4 %) 0.960, 0.959, 0.940; it alone 0.964, 0.949, 0.919.
_DOUBTFUL = 0.15

_CELLS: Final = re.compile(r"^\|.*\|[ \t]*$", re.MULTILINE)
_UNTIDY: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u2060\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def main_text(page: Page, *, second: Callable[[], str | None] | None = None) -> str:
    """The article's text: paragraphs, subheads, items and rows of tables, each on its line, ``""`` where there is none.

    Args:
        page: the page; it stays as it is.
        second: asked for its text of the page where the models are in doubt, one page in seven; ``None`` from it leaves
            the doubtful text.
    """
    blocks = blocks_of(page.tree)
    texts = tidy_blocks(blocks)
    if not texts:
        return ""
    first, last, threshold = body_models()
    rows = rows_of(blocks, texts, declared_of(page))
    rows = rows_with_chances(blocks, rows, first.chances(rows))
    chances = [float(chance) for chance in last.chances(rows)]
    chosen = {n for n, chance in enumerate(chances) if chance >= threshold}
    found = joined(blocks, texts, sorted(chosen | _cells_beside(blocks, texts, chances, threshold)))
    if second is not None and (len(found) < SHORTEST or _doubt(texts, chances) > _DOUBTFUL):
        return _unframed(second()) or found
    return found


def _cells_beside(page: Blocks, texts: list[str], chances: list[float], threshold: float) -> set[int]:
    """Short cells of rows that are text on the whole: a number alone looks like nothing."""
    rows: dict[int, list[int]] = {}
    for number, element in enumerate(page.elements):
        if page.tags[element] in {"td", "th"}:
            rows.setdefault(page.parent[element], []).append(number)
    found: set[int] = set()
    for cells in rows.values():
        size = sum(len(texts[n]) for n in cells)
        if sum(len(texts[n]) * chances[n] for n in cells) >= threshold * size:
            found.update(n for n in cells if len(texts[n]) <= _SHORT_CELL)
    return found


def _doubt(texts: list[str], chances: list[float]) -> float:
    """How much text may be on the wrong side, by how much is expected to be found."""
    wrong = sum(len(text) * min(chance, 1 - chance) for text, chance in zip(texts, chances, strict=True))
    return wrong / max(sum(len(text) * chance for text, chance in zip(texts, chances, strict=True)), 1.0)


def _unframed(text: str | None) -> str:
    """A text in its final form, rows of tables without the frame that trafilatura draws."""
    return tidy_text(_CELLS.sub(_row, text or ""))


def _row(line: re.Match[str]) -> str:
    cells = [cell.strip() for cell in line[0].split("|")]
    return " | ".join(cell for cell in cells if cell.strip(":-"))


def tidy_blocks(page: Blocks) -> list[str]:
    """The texts of the blocks in their final form; blocks of which nothing is left are taken out of the page."""
    texts = []
    for text in page.texts:
        if _UNTIDY.search(text) or not unicodedata.is_normalized("NFC", text):
            texts.append(tidy_text(text))
        elif BREAK in text:
            texts.append("\n".join(line for line in (" ".join(part.split()) for part in text.split(BREAK)) if line))
        else:
            texts.append(" ".join(text.split()))
    if not all(texts):
        kept = [number for number, text in enumerate(texts) if text]
        for column in (page.elements, page.linked, page.strong, page.inline_names, page.pictures):
            column[:] = [column[number] for number in kept]
    return [text for text in texts if text]


def joined(page: Blocks, texts: list[str], chosen: list[int]) -> str:
    """The chosen blocks in page order: a line each, cells of one row on one line."""
    lines: list[str] = []
    told: set[str] = set()
    row = -1
    for number in chosen:
        text, element = texts[number], page.elements[number]
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
    page = blocks_of(tree)
    texts = tidy_blocks(page)
    return joined(page, texts, list(range(len(texts))))
