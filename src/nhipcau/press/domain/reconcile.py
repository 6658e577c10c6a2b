from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.db.models import QuerySet

#: Values in one statement; every database takes this many.
CHUNK = 500


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values in lists of at most 500."""
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def reconcile(rows: QuerySet[Any], *, key: str, wanted: Mapping[Any, Mapping[str, Any]], **fixed: Any) -> None:
    """Make ``rows`` what is ``wanted``: change what differs, add what is missing, delete what is left over.

    Args:
        rows: all that there may be, one for each ``key``.
        key: the field that tells them apart; foreign keys by their column.
        wanted: the other fields, for each key.
        fixed: fields that new rows have in common.
    """
    model = rows.model
    there = {getattr(row, key): row for row in rows}
    changed, fields = [], set()
    for value, row in there.items():
        differing = {name: new for name, new in wanted.get(value, {}).items() if getattr(row, name) != new}
        for name, new in differing.items():
            setattr(row, name, new)
        if differing:
            changed.append(row)
            fields |= set(differing)
    for left in chunks(row.pk for value, row in there.items() if value not in wanted):
        rows.filter(pk__in=left).delete()
    if changed:
        model.objects.bulk_update(changed, sorted(fields), batch_size=CHUNK)
    model.objects.bulk_create(
        model(**{key: value}, **fixed, **values) for value, values in wanted.items() if value not in there
    )
