from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction

from nhipcau.search.names import COLUMN, TABLE
from nhipcau.search.words import GAP, document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model

_BATCH = 200


class NotInTransactionError(Exception):
    """Rows were to be indexed outside the transaction that stores them, so a row could stay unfindable."""


def add_to_index(model: type[Model], rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Enter new rows, each ``(key, its fields to be searched)``, in the transaction that stores them.

    A row is entered once: the index of SQLite holds no text and cannot take an entry back.

    Raises:
        NotInTransactionError: no transaction is open.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise NotInTransactionError("A row is indexed in the transaction that stores it.")
    table = model._meta.db_table
    rest = iter(rows)
    with connection.cursor() as cursor:
        while batch := [(key, document(fields)) for key, fields in islice(rest, _BATCH)]:
            if connection.vendor == "sqlite":
                cursor.executemany(
                    f'INSERT INTO "{TABLE.format(table)}" (rowid, words) VALUES (%s, %s)',  # noqa: S608 - a model's table
                    [(key, " ".join(found)) for key, found in batch],
                )
            else:
                values = ", ".join(["(%s, %s)"] * len(batch))
                cursor.execute(
                    f'UPDATE "{table}" SET "{COLUMN}" = new.words::tsvector '  # noqa: S608 - a model's table
                    f'FROM (VALUES {values}) AS new (id, words) WHERE "{table}".id = new.id',
                    [value for key, found in batch for value in (key, _vector(found))],
                )


def _vector(found: list[str]) -> str:
    """The words as PostgreSQL writes a ``tsvector``: they hold letters, numbers and marks only, so nothing is escaped.

    Written out rather than left to ``to_tsvector``, whose parser joins and parts words by rules of its own (``1e5``).
    """
    positions: dict[str, list[str]] = {}
    for place, word in enumerate(found, start=1):
        if word != GAP:
            positions.setdefault(word, []).append(str(place))
    return " ".join(f"'{word}':{','.join(places)}" for word, places in positions.items())
