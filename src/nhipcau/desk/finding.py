"""Everything that can be found, asked kind by kind under the access now open, and the ways to go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse

from nhipcau.search.registry import Searchable, kinds
from nhipcau.text import fold
from nhipcau.ui.actions import actions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.access import Access
    from nhipcau.desk.context import ShownPlace

#: Beyond this many a count says "more than": counting them all would cost more than it tells.
COUNTED = 1000


class Hit(NamedTuple):
    """One thing found."""

    label: str
    url: str
    note: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found of one kind; ``count`` is at most :data:`COUNTED`, and ``more`` says that there are more."""

    kind: Searchable
    hits: list[Hit]
    count: int
    more: bool


def hit(kind: Searchable, row: Any) -> Hit:
    """A row as its kind names it."""
    return Hit(kind.label(row) or "–", kind.url(row), str(kind.note(row)), getattr(row, "language", "") or "")


def found(text: str, *, exact: bool = False, limit: int = 5, only: str = "") -> list[Found]:
    """The first hits of every kind that has any, in the order of the kinds; ``only`` names one kind."""
    if not text.strip():
        return []
    result = []
    for kind in kinds():
        if only and kind.name != only:
            continue
        rows = kind.find(text, exact=exact)
        shown = list(rows[: limit + 1])
        if not shown:
            continue
        few = len(shown) <= limit
        count = len(shown) if few else rows[: COUNTED + 1].count()
        result.append(
            Found(
                kind=kind,
                hits=[hit(kind, row) for row in shown[:limit]],
                count=min(count, COUNTED),
                more=count > COUNTED,
            )
        )
    return result


class Way(NamedTuple):
    """A place to go to or a thing to start."""

    name: str
    url: str
    icon: str
    key: str


def ways(text: str, access: Access, shown: Sequence[ShownPlace]) -> tuple[list[Way], list[Way]]:
    """Places and actions of the reader whose name holds every word typed, marks and case apart."""
    words = fold(text).split()
    to_go = [Way(place.name, place.url, place.icon, place.key) for place in shown]
    to_start = [
        Way(str(action.name), reverse(action.view), action.icon, "") for action in actions() if action.may(access)
    ]
    return _holding(words, to_go), _holding(words, to_start)


def _holding(words: Sequence[str], offered: list[Way]) -> list[Way]:
    return [way for way in offered if all(word in fold(way.name) for word in words)]
