"""The database itself refuses to change or remove an entry; it lets pass sealing and purging, and nothing else."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from nhipcau.access import SystemActor
from nhipcau.audit.domain.record import record
from nhipcau.audit.models import Entry
from tests.support.people import make_office

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def entry(as_system):
    office = make_office()
    return record(
        actor=SystemActor("test"), verb="x.y", target=office, organisation=office, payload={"a": 1}, reason="r"
    )


def write(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def read(entry):
    return Entry.objects.filter(pk=entry.pk).values().get()


CHANGED = {
    "id": "id + 1000",
    "at": "'2020-01-01 00:00:00'",
    "actor_id": "'person:1'",
    "actor_label": "'somebody else'",
    "deputy_of": "'person:1'",
    "organisation_id": "NULL",
    "organisation_label": "'another office'",
    "verb": "'x.z'",
    "object_type": "'a.b'",
    "object_id": "'0'",
    "object_label": "'another'",
    "payload": "'{}'",
    "payload_hash": "'0'",
    "purged_under": "'rule'",
    "reason": "'none'",
    "request_id": "'0'",
    "sequence": "1",
    "chain_hash": "'0'",
}


def test_every_column_is_tried():
    assert {field.column for field in Entry._meta.concrete_fields} == set(CHANGED)


@pytest.mark.parametrize("column", CHANGED)
def test_column_of_an_entry_is_not_changed(entry, column):
    before = read(entry)

    with pytest.raises(DatabaseError, match="never changed"):
        write(f"UPDATE audit_entry SET {column} = {CHANGED[column]}")

    assert read(entry) == before


@pytest.mark.parametrize("column", sorted(set(CHANGED) - {"sequence", "chain_hash", "payload", "purged_under"}))
def test_column_is_not_changed_under_cover_of_sealing(entry, column):
    with pytest.raises(DatabaseError, match="never changed"):
        write(f"UPDATE audit_entry SET sequence = 1, chain_hash = 'x', {column} = {CHANGED[column]}")


def test_entry_is_not_removed(entry):
    with pytest.raises(DatabaseError, match="never changed"):
        write("DELETE FROM audit_entry")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Entry.objects.all().delete()
    assert Entry.objects.filter(pk=entry.pk).exists()


def test_entry_is_not_truncated(entry):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="never changed"):
        write("TRUNCATE audit_entry CASCADE")


def test_entry_is_sealed_once(entry):
    seal = "UPDATE audit_entry SET sequence = %s, chain_hash = %s WHERE id = %s"
    write(seal, 1, "first", entry.pk)

    with pytest.raises(DatabaseError, match="never changed"):
        write(seal, 2, "second", entry.pk)
    with pytest.raises(DatabaseError, match="never changed"):
        write(seal, None, "", entry.pk)

    assert (read(entry)["sequence"], read(entry)["chain_hash"]) == (1, "first")


def test_payload_is_purged_once_and_only_by_a_rule(entry):
    with pytest.raises(DatabaseError, match="never changed"):
        write("UPDATE audit_entry SET payload = NULL")
    write("UPDATE audit_entry SET payload = NULL, purged_under = 'after ten years'")
    with pytest.raises(DatabaseError, match="never changed"):
        write("UPDATE audit_entry SET payload = '{}', purged_under = ''")

    assert (read(entry)["payload"], read(entry)["purged_under"]) == (None, "after ten years")
    assert Entry.objects.get(pk=entry.pk).changes is None


def test_entry_may_be_sealed_after_it_was_purged(entry):
    write("UPDATE audit_entry SET payload = NULL, purged_under = 'rule' WHERE id = %s", entry.pk)
    write("UPDATE audit_entry SET sequence = 1, chain_hash = 'x' WHERE id = %s", entry.pk)

    assert (read(entry)["sequence"], read(entry)["purged_under"]) == (1, "rule")


def test_guard_stands_again_after_a_migration_that_lost_it(entry):
    with connection.cursor() as cursor:
        on = " ON audit_entry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER audit_no_delete{on}")

    call_command("migrate", verbosity=0)

    with pytest.raises(DatabaseError, match="never changed"):
        write("DELETE FROM audit_entry")
