"""The day that a page prints beside its article, where it marks none: the last resort.

Looked for in the blocks of the page. A line is believed by what its element is called, by how it begins, and by how far
from the headline it stands; lines of comments and of other stories only right beside the headline.
"""

from __future__ import annotations

import contextlib
import math
import re
from datetime import date
from typing import TYPE_CHECKING, Final

from nhipcau.newswire.calendars import spelled_date
from nhipcau.newswire.extract.surroundings import is_elsewhere
from nhipcau.newswire.extract.tree import attribute
from nhipcau.newswire.extract.vocabulary import NAMES
from nhipcau.newswire.extract.worded import days_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from nhipcau.newswire.extract.blocks import Blocks
    from nhipcau.newswire.extract.metadata import Page

# Longer lines tell a story; of those only how they begin is looked at.
_LONGEST_LINE, _OPENING = 100, 40
# A year of four digits or, between points and before Thai and Persian letters, of two.
_MAY_HAVE_DAY: Final = re.compile(r"\d{4}|\d\d\.\d\d\.\d\d|\d\s{0,3}[\u0600-\u06ff\u0e00-\u0e7f]")
_CALLED: Final = re.compile(r"date|datum|fecha|publi|posted|time|meta|ngay", re.IGNORECASE)
_BYLINE: Final = 1 << NAMES.index("byline")
_LABELLED: Final = re.compile(
    r"\W*(?:datum|date|data|fecha|дата|ngày|veröffentlicht|erschienen|publish|publi[ée]|posted|submitted|gespeichert|"
    r"stand|(?:last )?(?:updated|modified)|aktualisiert|입력|기사입력|发布|公開)\b",
    re.IGNORECASE,
)
# A comment's line, or a picture's.
_ANOTHERS: Final = re.compile(r"(?:comment|kommentar|comentari)|.*©", re.IGNORECASE)
# Where a paragraph begins with the day and a dash, as agencies do.
_DATELINE: Final = re.compile(r"\W*(?:\d{1,2}[. ]|\d{4}-)")
# How many blocks behind the headline, and before it, a line may be the article's; of what stands among others, fewer.
_BEHIND, _BEFORE, _BESIDE, _FIRST = 12, 4, 6, 15
# What speaks for a line, the surest first; of a change all speak less.
_IS_CALLED, _IS_LABELLED, _IS_BEHIND, _IS_BEFORE, _IS_BESIDE, _IS_DATELINE, _IS_CHANGE = 1, 2, 3, 4, 5, 6, 2.5
_SURE_CHANGE = 5.5
# Where scripts keep the article as data.
_IN_SCRIPT: Final = re.compile(
    r"[\"'](?:date_?published|published_?(?:at|on|date)|publish_?date|created_?at)[\"']\s*:\s*[\"'](\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)
_MOST_SCRIPTS, _LARGEST_SCRIPT = 100, 1_000_000


def days_on(page: Page, *, title: str, languages: Collection[str | None]) -> Iterator[date]:
    """Days that may be the article's, the likeliest first.

    Args:
        page: the page.
        title: its title, by which its headline is known where that is no heading of the first level.
        languages: what it may be written in.
    """
    blocks = page.blocks
    headline = _headline(blocks, title)
    found: list[tuple[float, int, date]] = []
    for number, text in enumerate(blocks.texts):
        if _MAY_HAVE_DAY.search(text if len(text) <= _LONGEST_LINE else text[:_OPENING]):
            days = _days(text if len(text) <= _LONGEST_LINE else text[:_OPENING], languages)
            if days:
                day = next((day for day, changed in days if not changed), None)
                rank = _rank(page, number, headline)
                if day is None:
                    rank += _IS_CHANGE
                if rank <= (_IS_DATELINE if day else _SURE_CHANGE):
                    found.append((rank, number, day or days[0][0]))
    yield from (day for _rank, _number, day in sorted(found))


def days_in_scripts(page: Page) -> Iterator[date]:
    """Days of publication in what its scripts hold as data."""
    for script in page.tree.all("script")[:_MOST_SCRIPTS]:
        for written in _IN_SCRIPT.findall(script.text()[:_LARGEST_SCRIPT]):
            with contextlib.suppress(ValueError):
                yield date.fromisoformat(written)


def _headline(blocks: Blocks, title: str) -> int | None:
    """The number of the block that is the headline."""
    for number, element in enumerate(blocks.elements):
        if blocks.tags[element] == "h1":
            return number
    known = title.casefold()
    return next((number for number, text in enumerate(blocks.texts) if known and text.casefold() == known), None)


def _rank(page: Page, number: int, headline: int | None) -> float:
    """How sure a line with a day is the article's own: less is surer, infinity is not at all."""
    blocks = page.blocks
    text = blocks.texts[number]
    far = number - (headline or 0)
    is_beside = (-_BEFORE if headline is not None else 0) < far <= _BESIDE
    is_called, is_labelled = _is_called(blocks, number), _LABELLED.match(text) is not None
    rank = math.inf
    if len(text) > _LONGEST_LINE:
        if is_beside and far > 0 and _DATELINE.match(text):
            rank = _IS_DATELINE
    elif _ANOTHERS.match(text):
        pass
    elif is_elsewhere(blocks.nodes[blocks.elements[number]]):
        if is_beside or ((is_called or is_labelled) and 0 <= far <= _FIRST):
            rank = _IS_BESIDE
    elif is_called:
        rank = _IS_CALLED
    elif is_labelled:
        rank = _IS_LABELLED
    elif headline is not None and 0 <= far <= _BEHIND:
        rank = _IS_BEHIND
    elif -_BEFORE <= far < 0 or (headline is None and far <= _FIRST):
        rank = _IS_BEFORE
    return rank


def _is_called(blocks: Blocks, number: int) -> bool:
    """Whether an element around a line, or a span in it, is named for a day or a time."""
    element = blocks.elements[number]
    above = max(blocks.parent[element], 0)
    if (blocks.names[element] | blocks.inline_names[number] | blocks.names[above]) & _BYLINE:
        return True
    node = blocks.nodes[element]
    return _CALLED.search(f"{attribute(node, 'class')} {attribute(node, 'id')}") is not None


def _days(line: str, languages: Collection[str | None]) -> list[tuple[date, bool]]:
    """The days of a line in the first language in which it has any; whether a word says that each is a change's."""
    # Thai and Persian pages say by the names of their months which years they count.
    named = spelled_date(line, None)
    if named is not None:
        return [(named, False)]
    return next((days for language in languages if (days := list(days_in(line, language)))), [])
