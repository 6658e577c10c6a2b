import hashlib
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import transaction

from nhipcau.access import NoAccessOpenError, SystemActor, opened, system
from nhipcau.accounts.queries import access_for
from nhipcau.audit.domain.record import NotInTransactionError, canonical, record, request_id
from nhipcau.audit.models import Entry
from nhipcau.audit.models.entry import AppendOnlyError
from tests.support.people import make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ACTOR = SystemActor("test")


def test_record_keeps_who_what_for_whom_and_why(as_system):
    office = make_office("Bộ Mẫu A")
    identifier = request_id.set("abc")

    entry = record(
        actor=ACTOR,
        verb="network.praise",
        target=office,
        organisation=office,
        payload={"day": date(2026, 11, 22), "mark": [None, "tốt"]},
        reason="như đã hứa",
        deputy_of="person:7",
    )
    request_id.reset(identifier)

    kept = Entry.objects.get(pk=entry.pk)
    assert (kept.actor_id, kept.actor_label) == ("system:test", "Nhịp Cầu (test)")
    assert (kept.object_type, kept.object_id, kept.object_label) == ("network.organisation", str(office.pk), "Bộ Mẫu A")
    assert (kept.organisation_id, kept.organisation_label) == (office.pk, "Bộ Mẫu A")
    assert (kept.reason, kept.deputy_of, kept.request_id) == ("như đã hứa", "person:7", "abc")
    assert kept.changes == {"day": "2026-11-22", "mark": [None, "tốt"]}
    assert (kept.sequence, kept.chain_hash, kept.purged_under) == (None, "", "")


@pytest.mark.parametrize("payload", [None, {}, {"b": 1, "a": {"d": 1e300, "c": 1.0}}, {"nul": "\x00", "đ": "đ"}])
def test_hash_is_of_the_payload_as_the_database_gives_it_back(as_system, payload):
    entry = record(actor=ACTOR, verb="x.y", target=make_office(), payload=payload)

    kept = Entry.objects.get(pk=entry.pk)
    assert kept.payload_hash == hashlib.sha256(kept.payload.encode()).hexdigest()
    assert kept.payload == canonical(kept.changes)
    assert kept.changes == payload


def test_canonical_form_does_not_depend_on_the_order_of_keys():
    assert canonical({"b": 1, "a": "đ"}) == canonical({"a": "đ", "b": 1}) == '{"a":"đ","b":1}'


def test_record_refuses_a_number_that_json_does_not_know(as_system):
    with pytest.raises(ValueError, match="JSON"):
        record(actor=ACTOR, verb="x.y", target=make_office(), payload={"share": float("nan")})


def test_label_longer_than_its_place_is_cut(as_system):
    actor = SimpleNamespace(actor_id="person:1", actor_label="x" * 300)

    entry = record(actor=actor, verb="x.y", target=make_office())

    assert Entry.objects.get(pk=entry.pk).actor_label == "x" * 200


@pytest.mark.django_db(transaction=True)
def test_record_outside_the_transaction_of_the_change_is_refused(as_system):
    office = make_office()
    with pytest.raises(NotInTransactionError):
        record(actor=ACTOR, verb="x.y", target=office)


@pytest.mark.django_db(transaction=True)
def test_entry_goes_with_its_change(as_system):
    office = make_office()
    before = Entry.objects.count()
    with transaction.atomic():
        record(actor=ACTOR, verb="x.y", target=office)
        transaction.set_rollback(True)

    assert Entry.objects.count() == before


def test_entry_is_not_changed_or_removed_by_its_own_methods(as_system):
    entry = record(actor=ACTOR, verb="x.y", target=make_office())

    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()


def test_auditor_reads_the_entries_of_their_office_only(two_offices):
    ours, theirs = two_offices.ours.office, two_offices.theirs.office
    with system("test"):
        auditor = make_person(office=ours, roles=["auditor"])
        Entry.objects.filter(organisation_id=ours.pk).count()
        record(actor=ACTOR, verb="x.ours", target=ours, organisation=ours)
        record(actor=ACTOR, verb="x.theirs", target=theirs, organisation=theirs)
        record(actor=ACTOR, verb="x.nobodys", target=theirs)

    with opened(access_for(auditor)):
        assert [e.verb for e in Entry.objects.filter(verb__startswith="x.")] == ["x.ours"]
    with opened(access_for(two_offices.ours.administrator)):
        assert not Entry.objects.exists()
    with pytest.raises(NoAccessOpenError):
        Entry.objects.exists()
