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
PAGE = 5000
_BESIDE = ("sequence", "chain_hash", "payload", "purged_under")
_KEPT = len(chain.FIELDS)


def sealed_rows(page: int = PAGE) -> Iterator[Row]:
    """The entries in the chain, in its order. Needs an access that sees everything.

    A page is so many places, not so many rows: between two bounds a database goes by its index, whatever it believes
    about the size of the table; asked for the first rows behind a place, it may sort the whole table for each page.
    """
    sealed = Entry.objects.filter(sequence__isnull=False).order_by("sequence")
    last = 0
    while True:
        rows = _rows(sealed.filter(sequence__gt=last, sequence__lte=last + page))
        yield from rows
        last += page
        if not rows:
            # The end, or a gap as long as a page.
            behind = sealed.filter(sequence__gt=last).values_list("sequence", flat=True).first()
            if behind is None:
                return
            last = behind - 1


def unsealed_rows(page: int = PAGE) -> Iterator[Row]:
    """The entries not in the chain yet, in the order of their keys. Needs an access that sees everything."""
    last = 0
    while True:
        rows = _rows(Entry.objects.filter(sequence__isnull=True, pk__gt=last).order_by("pk")[:page])
        yield from rows
        if len(rows) < page:
            return
        last = rows[-1].entry_id


def next_unsealed(number: int, *, after: int = 0) -> list[Row]:
    """The first so many entries behind a key that are not sealed. Needs an access that sees everything."""
    return _rows(Entry.objects.filter(sequence__isnull=True, pk__gt=after).order_by("pk")[:number])


def row_of(key: int) -> Row:
    """One entry by its key. Needs an access that sees everything."""
    return _rows(Entry.objects.filter(pk=key))[0]


def _rows(entries: QuerySet[Entry]) -> list[Row]:
    return [_row(values) for values in entries.values_list(*chain.FIELDS, *_BESIDE)]


def _row(values: tuple[Any, ...]) -> Row:
    key, at, *rest = values[:_KEPT]
    # A time that somebody spoilt in the database is read as none.
    return Row(*values[_KEPT:], (key, at and chain.moment(at), *rest))
