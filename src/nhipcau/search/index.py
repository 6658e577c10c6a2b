from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import transaction

from nhipcau.search.names import FORMS, column, table
from nhipcau.search.words import GAP, document, pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model

_BATCH = 200


class NotInTransactionError(Exception):
    """Rows were to be indexed outside the transaction that stores them, so a row could stay unfindable."""


def add_to_index(
    model: type[Model], rows: Iterable[tuple[int, Sequence[str]]], *, forms: Sequence[str] = FORMS
) -> None:
    """Enter new rows, each ``(key, its fields to be searched)``, in the transaction that stores them.

    A row is entered once. Where its text may change, use :func:`update_index` instead, for new rows too.

    Raises:
        NotInTransactionError: no transaction is open.
    """
    connection = _in_transaction()
    write = _write_sqlite if connection.vendor == "sqlite" else _write_postgresql
    rest = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(rest, _BATCH)):
            for form in forms:
                write(cursor, model._meta.db_table, form, [(key, document(fields, form)) for key, fields in batch])


def update_index(model: type[Model], rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Enter rows, or enter them again because their text changed, in the transaction that stores them.

    The index must have been created as editable (``CreateIndex("Thing", editable=True)``): SQLite refuses otherwise.

    Raises:
        NotInTransactionError: no transaction is open.
    """
    rest = iter(rows)
    while batch := list(islice(rest, _BATCH)):
        remove_from_index(model, [key for key, _fields in batch])
        add_to_index(model, batch)


def remove_from_index(model: type[Model], keys: Iterable[int]) -> None:
    """Take rows out of an editable index, in the transaction that removes them or takes their text away.

    Raises:
        NotInTransactionError: no transaction is open.
    """
    connection = _in_transaction()
    of = model._meta.db_table
    given = [(key,) for key in keys]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for form in FORMS:
                cursor.executemany(f'DELETE FROM "{table(of, form)}" WHERE rowid = %s', given)  # noqa: S608 - a model's table
        else:
            emptied = ", ".join(f'"{column(form)}" = NULL' for form in FORMS)
            cursor.executemany(f'UPDATE "{of}" SET {emptied} WHERE id = %s', given)  # noqa: S608 - a model's table


def empty_index(model: type[Model]) -> None:
    """Take every row out, also of an index that is not editable: for a migration that enters all of them again.

    Raises:
        NotInTransactionError: no transaction is open.
    """
    connection = _in_transaction()
    of = model._meta.db_table
    with connection.cursor() as cursor:
        for form in FORMS:
            if connection.vendor == "sqlite":
                name = connection.ops.quote_name(table(of, form))
                cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table(of, form)])
                keeps_words = "content=''" not in cursor.fetchone()[0]
                forget = f"INSERT INTO {name} ({name}) VALUES ('delete-all')"  # noqa: S608 - a model's table
                cursor.execute(f"DELETE FROM {name}" if keeps_words else forget)  # noqa: S608 - a model's table
            else:
                cursor.execute(f'UPDATE "{of}" SET "{column(form)}" = NULL')  # noqa: S608 - a model's table


def _in_transaction() -> Any:
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise NotInTransactionError("A row is indexed in the transaction that stores it.")
    return connection


def _write_sqlite(cursor: Any, of: str, form: str, batch: list[tuple[int, list[str]]]) -> None:
    cursor.executemany(
        f'INSERT INTO "{table(of, form)}" (rowid, words) VALUES (%s, %s)',  # noqa: S608 - a model's table
        [(key, _line(found)) for key, found in batch],
    )


def _write_postgresql(cursor: Any, of: str, form: str, batch: list[tuple[int, list[str]]]) -> None:
    values = ", ".join(["(%s, %s)"] * len(batch))
    cursor.execute(
        f'UPDATE "{of}" SET "{column(form)}" = new.words::tsvector '  # noqa: S608 - a model's table
        f'FROM (VALUES {values}) AS new (id, words) WHERE "{of}".id = new.id',
        [value for key, found in batch for value in (key, _vector(found))],
    )


def _line(found: list[str]) -> str:
    """The pairs in a row and, after a gap, every word once: a word is asked for whether it is there, not where."""
    return " ".join([*pairs(found), GAP, *dict.fromkeys(word for word in found if word != GAP)])


def _vector(found: list[str]) -> str:
    """The same as PostgreSQL writes a ``tsvector``: they hold letters, numbers and marks only, so nothing is escaped.

    Written out rather than left to ``to_tsvector``, whose parser joins and parts words by rules of its own (``1e5``).
    """
    positions: dict[str, list[str]] = {}
    for place, pair in enumerate(pairs(found), start=1):
        if pair != GAP:
            positions.setdefault(pair, []).append(str(place))
    placed = (f"'{pair}':{','.join(places)}" for pair, places in positions.items())
    return " ".join([*placed, *(f"'{word}'" for word in dict.fromkeys(found) if word != GAP)])
