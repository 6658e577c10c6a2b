"""Sealing in the database: what is committed is joined to the chain once, in order, by one worker at a time."""

import threading

import pytest
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.test import override_settings

from nhipcau.access import PermissionDeniedError, SystemActor, system
from nhipcau.audit import chain
from nhipcau.audit.domain.record import record
from nhipcau.audit.domain.seal import seal_entries
from nhipcau.audit.domain.verify import verify_chain
from nhipcau.audit.heads import Head, last_head, note_head, read_heads
from nhipcau.audit.ledger import sealed_rows, unsealed_rows
from nhipcau.audit.models import Entry
from tests.support.people import make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ACTOR = SystemActor("test")


@pytest.fixture
def heads(tmp_path):
    """The file of heads of this test."""
    file = tmp_path / "somewhere" / "heads.log"
    with override_settings(AUDIT_HEADS=file):
        yield file


def write(number, office, **fields):
    with transaction.atomic():
        for _ in range(number):
            record(actor=ACTOR, verb="network.change_organisation", target=office, **fields)


def spoil(statement, *values):
    """What somebody with a hand in the database does: the guard is gone, then comes back."""
    from nhipcau.audit import guard

    guard.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    guard.install(connection)


def kinds(heads):
    return [(fault.kind, fault.place) for fault in verify_chain(actor=ACTOR, heads=heads).faults]


def test_every_entry_is_sealed_in_the_order_of_its_key(as_system, heads):
    office = make_office()
    write(5, office, payload={"đ": 1.5, "ngày": "2026"}, reason="vì thế")

    done = seal_entries(actor=ACTOR, batch=2)

    rows = list(Entry.objects.order_by("pk").values_list("sequence", "chain_hash"))
    assert [place for place, _ in rows] == [1, 2, 3, 4, 5, 6]
    assert (done.entries, done.count, done.head) == (6, 6, rows[-1][1])
    before = chain.GENESIS
    for row in sealed_rows(page=2):
        before = chain.link(before, row.sequence, row.kept)
        assert row.chain_hash == before
    assert not list(unsealed_rows())


def test_sealing_again_seals_what_is_new_and_nothing_twice(as_system, heads):
    office = make_office()
    seal_entries(actor=ACTOR)
    before = list(Entry.objects.order_by("pk").values("pk", "sequence", "chain_hash"))

    assert seal_entries(actor=ACTOR).entries == 0
    write(2, office)
    assert seal_entries(actor=ACTOR).entries == 2

    after = list(Entry.objects.order_by("sequence").values("pk", "sequence", "chain_hash"))
    assert after[: len(before)] == before
    assert [row["sequence"] for row in after] == list(range(1, len(before) + 3))


def test_each_seal_notes_the_head_outside_the_database(as_system, heads):
    office = make_office()
    first = seal_entries(actor=ACTOR)
    write(2, office)
    second = seal_entries(actor=ACTOR)
    seal_entries(actor=ACTOR)

    noted = read_heads(heads)
    assert {count: head.hash for count, head in noted.by_count.items()} == {
        first.count: first.head,
        second.count: second.head,
    }
    assert len(heads.read_text().splitlines()) == 2
    assert heads.stat().st_mode & 0o777 == 0o600


def test_head_that_was_not_noted_is_noted_at_the_next_run(as_system, heads):
    make_office()
    sealed = seal_entries(actor=ACTOR)
    heads.unlink()

    seal_entries(actor=ACTOR)

    assert (last_head(heads).count, last_head(heads).hash) == (sealed.count, sealed.head)


def test_nothing_to_seal_notes_nothing(as_system, heads):
    assert seal_entries(actor=ACTOR).count == 0
    assert not heads.exists()


def test_line_cut_short_by_a_crash_spoils_no_other(tmp_path):
    file = tmp_path / "heads"
    file.write_text("2026-11-25T01:00:00+00:00 3 " + "a" * 64 + "\n2026-11-25T01:01:00+0")

    note_head(file, Head("2026-11-25T01:02:00+00:00", 5, "b" * 64))

    found = read_heads(file)
    assert (sorted(found.by_count), found.unreadable, found.last.hash) == ([3, 5], [2], "b" * 64)


def test_nobody_but_the_system_seals(as_system, heads):
    person = make_person(office=make_office(), roles=["auditor"])

    with pytest.raises(PermissionDeniedError):
        seal_entries(actor=person)
    assert not Entry.objects.filter(sequence__isnull=False).exists()


def test_record_as_it_was_sealed_is_good_and_that_is_recorded(as_system, heads):
    office = make_office()
    write(3, office)
    seal_entries(actor=ACTOR)
    write(1, office)

    verdict = verify_chain(actor=ACTOR)

    assert (verdict.good, verdict.count, verdict.unsealed, verdict.heads) == (True, 4, 1, 1)
    entry = Entry.objects.get(verb="audit.verify_chain")
    assert entry.changes == {"entries": 4, "unsealed": 1, "faults": 0, "first_faults": []}


SPOILT = {
    "edited": ("UPDATE audit_entry SET reason = 'made up' WHERE sequence = 3", [("edited", 3)]),
    "time": ("UPDATE audit_entry SET at = '2020-01-01 00:00:00+00' WHERE sequence = 3", [("edited", 3)]),
    "office": ("UPDATE audit_entry SET organisation_id = NULL WHERE sequence = 3", [("edited", 3)]),
    "payload": ("UPDATE audit_entry SET payload = '{}' WHERE sequence = 3", [("payload_edited", 3)]),
    "hash": ("UPDATE audit_entry SET chain_hash = 'x' WHERE sequence = 3", [("hash_edited", 3)]),
    "removed": ("DELETE FROM audit_entry WHERE sequence = 3", [("removed", 3)]),
    "cut off": ("DELETE FROM audit_entry WHERE sequence > 3", [("cut_off", 4)]),
    "unsealed": ("UPDATE audit_entry SET sequence = NULL, chain_hash = '' WHERE sequence = 3", [("unsealed", 3)]),
    "number": ("UPDATE audit_entry SET sequence = 90 WHERE sequence = 6", [("renumbered", 90)]),
}


@pytest.mark.parametrize(("statement", "expected"), SPOILT.values(), ids=SPOILT)
def test_what_is_done_in_the_database_is_named(as_system, heads, statement, expected):
    office = make_office()
    write(5, office, organisation=office)
    seal_entries(actor=ACTOR)

    spoil(statement)

    assert kinds(heads) == expected


def test_time_that_is_none_is_named(as_system, heads):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps times only")
    write(2, make_office())
    seal_entries(actor=ACTOR)

    spoil("UPDATE audit_entry SET at = 'never' WHERE sequence = 2")

    assert kinds(heads) == [("edited", 2)]


def test_worker_goes_on_after_the_end_was_cut_off_and_the_loss_stays_visible(as_system, heads, caplog):
    office = make_office()
    write(5, office)
    seal_entries(actor=ACTOR)
    spoil("DELETE FROM audit_entry WHERE sequence > 3")
    write(4, office)

    seal_entries(actor=ACTOR)

    assert "cut off" in caplog.text
    (fault,) = verify_chain(actor=ACTOR).faults
    assert (fault.kind, fault.place, fault.values["last"]) == ("rewritten", 4, 6)


@pytest.mark.django_db(transaction=True)
def test_entry_that_appears_late_gets_a_later_place(heads):
    """Keys are given out before the commit: a slow transaction's entry is older by its key and later by its place."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: nobody is older and still open")
    with system("test"):
        office = make_office()
    began, may_end = threading.Event(), threading.Event()

    def slow():
        with system("test"), transaction.atomic():
            record(actor=ACTOR, verb="network.change_organisation", target=office, reason="slow")
            began.set()
            may_end.wait(20)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert began.wait(20)
    with system("test"):
        write(1, office, reason="quick")
        seal_entries(actor=ACTOR)
        may_end.set()
        thread.join()
        seal_entries(actor=ACTOR)
        places = dict(Entry.objects.exclude(reason="").values_list("reason", "sequence"))
        keys = dict(Entry.objects.exclude(reason="").values_list("reason", "pk"))
        assert keys["slow"] < keys["quick"]
        assert places["slow"] > places["quick"]
        assert verify_chain(actor=ACTOR, heads=heads).good


@pytest.mark.django_db(transaction=True)
def test_whoever_comes_second_seals_nothing(heads):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: the second waits")
    with system("test"):
        make_office()
    began, may_end = threading.Event(), threading.Event()

    def sealing():
        from nhipcau.audit.domain.seal import _alone

        with transaction.atomic():
            assert _alone()
            began.set()
            may_end.wait(20)
        connection.close()

    thread = threading.Thread(target=sealing)
    thread.start()
    assert began.wait(20)
    with system("test"):
        assert seal_entries(actor=ACTOR).entries == 0
        may_end.set()
        thread.join()
        assert seal_entries(actor=ACTOR).entries == 1


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_make_one_chain(heads):
    with system("test"):
        office = make_office()
        write(120, office)
    failed = []

    def worker():
        try:
            with system("test"):
                for _ in range(4):
                    write(3, office)
                    seal_entries(actor=ACTOR, batch=7)
        except DatabaseError as error:
            failed.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with system("test"):
        seal_entries(actor=ACTOR)
        verdict = verify_chain(actor=ACTOR)
        assert (failed, verdict.faults, verdict.count, verdict.unsealed) == ([], [], 169, 0)


def test_gap_longer_than_a_page_hides_nothing_behind_it(as_system, heads):
    write(9, make_office())
    seal_entries(actor=ACTOR)
    spoil("DELETE FROM audit_entry WHERE sequence BETWEEN 3 AND 8")

    assert [row.sequence for row in sealed_rows(page=2)] == [1, 2, 9, 10]
    assert kinds(heads) == [("removed", 3)]
