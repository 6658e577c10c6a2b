"""Triggers by which the database itself refuses two facts of the same kind about a body on the same day.

The domain functions check it over the whole network before they store; this is for whatever goes round them. They are
put in place after every ``migrate``: on SQLite a change to a table is made by copying it, and the copy has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connections

from nhipcau.network.models import (
    BodyMembership,
    Jurisdiction,
    OrganisationClass,
    OrganisationCode,
    OrganisationName,
    OrganisationParent,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Model

#: Model -> columns of which there is one value on a day; with a condition on both rows where not all rows count.
_ONCE: dict[type[Model], list[tuple[tuple[str, ...], str]]] = {
    OrganisationName: [(("organisation_id",), "")],
    OrganisationParent: [(("organisation_id",), "")],
    OrganisationClass: [(("organisation_id",), "main"), (("organisation_id", "kind"), "")],
    OrganisationCode: [(("organisation_id", "scheme"), ""), (("scheme", "code"), "")],
    Jurisdiction: [(("organisation_id", "country"), "")],
    BodyMembership: [(("body_id", "member_id"), "")],
}
_REFUSED = "Two facts of one kind hold on the same day."


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; doing it twice changes nothing."""
    remove(connection)
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away."""
    with connection.cursor() as cursor:
        for name, model in _triggers(connection.vendor):
            table = f" ON {model._meta.db_table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")


def install_after_migrate(using: str, **_: Any) -> None:
    """Where the tables stand; going back to before they existed there is nothing to guard."""
    connection = connections[using]
    if {model._meta.db_table for model in _ONCE} <= set(connection.introspection.table_names()):
        install(connection)


def _triggers(vendor: str) -> Iterator[tuple[str, type[Model]]]:
    events = ("insert", "update") if vendor == "sqlite" else ("write",)
    for model in _ONCE:
        for event in events:
            yield f"{model._meta.db_table}_once_{event}", model


def _statements(vendor: str) -> Iterator[str]:
    for name, model in _triggers(vendor):
        table, clash = model._meta.db_table, _clash(model)
        if vendor == "sqlite":
            event = name.rpartition("_")[2].upper()
            body = f"SELECT RAISE(ABORT, '{_REFUSED}') WHERE {clash};"
            yield f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {body} END"
        else:
            refuse = f"RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'integrity_constraint_violation';"
            body = f"BEGIN IF {clash} THEN {refuse} END IF; RETURN NULL; END"
            yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
            yield (f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _clash(model: type[Model]) -> str:
    """Whether another row says something else of the same on a day of the new one."""
    table = model._meta.db_table
    found = []
    for columns, condition in _ONCE[model]:
        same = [f"other.{column} = NEW.{column}" for column in columns]
        days = [
            "other.id <> NEW.id",
            "(other.valid_to IS NULL OR other.valid_to >= NEW.valid_from)",
            "(NEW.valid_to IS NULL OR NEW.valid_to >= other.valid_from)",
        ]
        both = [f"other.{condition} AND NEW.{condition}"] if condition else []
        where = " AND ".join([*same, *days, *both])
        found.append(f"EXISTS (SELECT 1 FROM {table} AS other WHERE {where})")  # noqa: S608 - names of our tables
    return "(" + " OR ".join(found) + ")"
