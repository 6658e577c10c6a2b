"""Triggers by which the database itself keeps the audit record append-only, whoever asks and however.

An entry may be sealed once (its place in the chain and the hash up to there), and its payload may be purged once, with
the name of the rule. Everything else is refused. They are put in place after every ``migrate``: on SQLite a change to
a table is made by copying it, and the copy has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connections

from nhipcau.audit.models import Entry

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

_SEALING = ("sequence", "chain_hash")
_PURGING = ("payload", "purged_under")
_REFUSED = "An audit entry is never changed or removed."


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; doing it twice changes nothing."""
    remove(connection)
    make = _postgres if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for statement in make(_allowed(connection.vendor)):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for tests, which empty their database."""
    table = f" ON {Entry._meta.db_table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in ("audit_no_update", "audit_no_delete", "audit_no_truncate"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")


def install_after_migrate(using: str, **_: Any) -> None:
    """Where the table stands; going back to before it existed there is nothing to guard."""
    connection = connections[using]
    if Entry._meta.db_table in connection.introspection.table_names():
        install(connection)


def _allowed(vendor: str) -> str:
    """The condition under which a changed row is one sealed or purged, as SQL over OLD and NEW."""
    same = "IS NOT DISTINCT FROM" if vendor == "postgresql" else "IS"
    columns = [field.column for field in Entry._meta.concrete_fields if field.column not in _SEALING + _PURGING]
    kept = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in columns)
    unsealed = "OLD.sequence IS NULL AND NEW.sequence IS NOT NULL AND NEW.chain_hash <> ''"
    not_sealing = f"NEW.sequence {same} OLD.sequence AND NEW.chain_hash = OLD.chain_hash"
    purged = "OLD.purged_under = '' AND NEW.purged_under <> '' AND NEW.payload IS NULL"
    not_purging = f"NEW.payload {same} OLD.payload AND NEW.purged_under = OLD.purged_under"
    return f"({kept}) AND (({unsealed}) OR ({not_sealing})) AND (({purged}) OR ({not_purging}))"


def _sqlite(allowed: str) -> list[str]:
    table, refuse = Entry._meta.db_table, f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    return [
        f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON {table} WHEN NOT ({allowed}) {refuse}",
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON {table} {refuse}",
    ]


def _postgres(allowed: str) -> list[str]:
    table, call = Entry._meta.db_table, "EXECUTE FUNCTION audit_refuse()"
    body = f"BEGIN RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; END"
    return [
        f"CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON {table} FOR EACH ROW WHEN (NOT ({allowed})) {call}",
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON {table} FOR EACH ROW {call}",
        f"CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}",
    ]
