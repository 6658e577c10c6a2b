"""The record as the chain sees it, read from the database page by page: memory stays the same however long it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nhipcau.audit import chain
from nhipcau.audit.chain import Row
from nhipcau.audit.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

#: Rows read at once.
PAGE = 2000
_BESIDE = ("sequence", "chain_hash", "payload", "purged_under")
_AT = chain.FIELDS.index("at")


def sealed_rows(page: int = PAGE) -> Iterator[Row]:
    """The entries in the chain, in its order. Needs an access that sees everything."""
    last = 0
    while True:
        rows = _rows(Entry.objects.filter(sequence__gt=last).order_by("sequence")[:page])
        yield from rows
        if len(rows) < page:
            return
        last = rows[-1].sequence or 0


def unsealed_rows(page: int = PAGE) -> Iterator[Row]:
    """The entries not in the chain yet, in the order of their keys. Needs an access that sees everything."""
    last = 0
    while True:
        rows = _rows(Entry.objects.filter(sequence__isnull=True, pk__gt=last).order_by("pk")[:page])
        yield from rows
        if len(rows) < page:
            return
        last = rows[-1].entry_id


def next_unsealed(number: int) -> list[Row]:
    """The first so many entries that are not sealed. Needs an access that sees everything."""
    return _rows(Entry.objects.filter(sequence__isnull=True).order_by("pk")[:number])


def row_of(key: int) -> Row:
    """One entry by its key. Needs an access that sees everything."""
    return _rows(Entry.objects.filter(pk=key))[0]


def _rows(entries: QuerySet[Entry]) -> list[Row]:
    return [_row(values) for values in entries.values_list(*_BESIDE, *chain.FIELDS)]


def _row(values: tuple[Any, ...]) -> Row:
    kept = list(values[len(_BESIDE) :])
    # A time that somebody spoilt in the database is read as none.
    kept[_AT] = kept[_AT] and chain.moment(kept[_AT])
    return Row(*values[: len(_BESIDE)], tuple(kept))
