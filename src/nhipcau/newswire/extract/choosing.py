"""Which blocks of a page are its text, once it is known how likely each of them is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.newswire.extract.blocks import Blocks

#: Main text shorter than this is no article.
SHORTEST = 100
# Where nothing is likely enough, the likeliest is better than nothing, if it could be an article and is not plainly
# something else: on pages of one paragraph the models are unsure of everything. Cross-validated on the articles of the
# data folder 0.008 more, on the other sets the same.
_LEAST = 0.2
# Longer cells are judged by themselves: pages are still laid out with tables.
_SHORT_CELL = 60
# A page may hold its text a second time in one piece, hidden or for machines. Blocks of such a size, and such a share
# of the text, are looked at; and are that where so much of them stands in the others.
_BULK, _BULK_SHARE, _SAID_ELSEWHERE = 600, 0.25, 0.6
_LEAST_OTHERS = 3
_WORD: Final = re.compile(r"\w+")


def chosen(page: Blocks, chances: Sequence[float], threshold: float) -> list[int]:
    """Numbers of the blocks that are the text, in page order.

    Args:
        page: the blocks.
        chances: of each the chance that it is the article's, from 0 to 1.
        threshold: the least chance of text; lower where that leaves fewer than :data:`SHORTEST` characters and one
            block has more.
    """
    texts = page.texts
    if _size(texts, chances, threshold) < SHORTEST:
        longer = [chance for text, chance in zip(texts, chances, strict=True) if len(text) >= SHORTEST]
        likeliest = max(longer, default=0.0)
        threshold = min(threshold, likeliest) if likeliest >= _LEAST else threshold
    found = [number for number, chance in enumerate(chances) if chance >= threshold]
    return sorted({*_without_bulk(texts, found), *_cells_beside(page, chances, threshold)})


def _size(texts: Sequence[str], chances: Sequence[float], threshold: float) -> int:
    return sum(len(text) for text, chance in zip(texts, chances, strict=True) if chance >= threshold)


def _without_bulk(texts: Sequence[str], found: list[int]) -> list[int]:
    """Without blocks that are nothing but others of them once more."""
    size = sum(len(texts[number]) for number in found)
    for bulk in [number for number in found if len(texts[number]) >= max(_BULK, _BULK_SHARE * size)]:
        others = [number for number in found if texts[number] != texts[bulk]]
        if len(others) >= _LEAST_OTHERS:
            runs = _runs(texts[bulk])
            if len(runs & set().union(*(_runs(texts[number]) for number in others))) >= _SAID_ELSEWHERE * len(runs):
                found = [number for number in found if number != bulk]
    return found


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every four words in a row."""
    words: list[str] = _WORD.findall(text)
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))


def _cells_beside(page: Blocks, chances: Sequence[float], threshold: float) -> set[int]:
    """Short cells of rows that are text on the whole: a number alone looks like nothing."""
    texts, rows = page.texts, dict[int, list[int]]()
    for number, element in enumerate(page.elements):
        if page.tags[element] in {"td", "th"}:
            rows.setdefault(page.parent[element], []).append(number)
    found: set[int] = set()
    for cells in rows.values():
        size = sum(len(texts[n]) for n in cells)
        if sum(len(texts[n]) * chances[n] for n in cells) >= threshold * size:
            found.update(n for n in cells if len(texts[n]) <= _SHORT_CELL)
    return found
