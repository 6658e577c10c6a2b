"""The record as auditors read it."""

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from nhipcau.access import SystemActor, system
from nhipcau.audit.domain.record import record, request_id
from nhipcau.audit.domain.seal import seal_entries
from nhipcau.audit.models import Entry
from tests.audit.test_seal import spoil
from tests.support.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]
ACTOR = SystemActor("test")


@pytest.fixture
def auditor(two_offices, signed_in_client, tmp_path):
    """An auditor of ours, with one entry of ours and one of theirs besides those that made the offices."""
    with override_settings(AUDIT_HEADS=tmp_path / "heads.log"), system("test"):
        person = make_person(office=two_offices.ours.office, roles=["auditor"])
        two_offices.ours.entry = write(two_offices.ours, reason="việc của ta")
        two_offices.theirs.entry = write(two_offices.theirs, reason="việc của họ")
        client = signed_in_client(person)
        client.world = two_offices
        yield client


def write(side, **fields):
    with transaction.atomic():
        return record(
            actor=side.drafter,
            verb="network.change_organisation",
            target=side.office,
            organisation=side.office,
            **{"payload": {"name_vi": ["Tên cũ", "Tên mới"]}} | fields,
        )


def listed(client, **asked):
    """Keys of the entries on the first page of the list."""
    page = client.get("/nhat-ky/", asked)
    assert page.status_code == 200
    return [entry.pk for entry in page.context["page"].object_list]


def keys(**wanted):
    with system("test"):
        return list(Entry.objects.filter(**wanted).order_by("-pk").values_list("pk", flat=True))


def test_auditor_reads_the_entries_of_their_organisation_newest_first(auditor):
    ours = auditor.world.ours

    assert listed(auditor) == keys(organisation_id=ours.office.pk)
    assert ours.entry.pk in listed(auditor)
    assert auditor.world.theirs.entry.pk not in listed(auditor)


def test_whoever_is_no_auditor_is_refused(two_offices, signed_in_client):
    client = signed_in_client(two_offices.ours.administrator)

    assert client.get("/nhat-ky/").status_code == 403
    assert "/nhat-ky/" not in client.get("/").content.decode()


def test_auditor_is_shown_the_way(auditor):
    assert "/nhat-ky/" in auditor.get("/").content.decode()


def test_list_is_narrowed_by_each_filter(auditor):
    ours = auditor.world.ours
    with system("test"):
        token = request_id.set("one-click")
        other = write(ours, reason="một việc khác")
        request_id.reset(token)

    assert listed(auditor, q="khác") == [other.pk]
    assert listed(auditor, request="one-click") == [other.pk]
    assert listed(auditor, verb="network.change_organisation") == [other.pk, ours.entry.pk]
    assert listed(auditor, actor=ours.drafter.name) == [other.pk, ours.entry.pk]
    assert listed(auditor, actor=ours.drafter.actor_id) == [other.pk, ours.entry.pk]
    same = {"object_type": "network.organisation", "object": str(ours.office.pk)}
    assert listed(auditor, **same) == keys(object_type="network.organisation", object_id=str(ours.office.pk))
    assert listed(auditor, office=ours.office.pk) == keys(organisation_id=ours.office.pk)
    assert listed(auditor, since="2020-01-01", until="2020-12-31") == []
    assert listed(auditor, since="01/01/2020") == keys(organisation_id=ours.office.pk)


def test_filter_names_no_office_of_others(auditor):
    page = auditor.get("/nhat-ky/")

    assert str(auditor.world.theirs.office) not in page.content.decode()
    assert auditor.get("/nhat-ky/", {"office": auditor.world.theirs.office.pk}).status_code == 200
    assert auditor.world.theirs.entry.pk not in listed(auditor, office=auditor.world.theirs.office.pk)


@pytest.mark.parametrize(
    "asked", [{"q": "\0"}, {"since": "never"}, {"office": "x"}, {"object": "9" * 99}, {"page": "x"}]
)
def test_filter_that_cannot_be_is_left_out(auditor, asked):
    assert auditor.get("/nhat-ky/", asked).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_list_needs_the_same_queries_for_one_entry_and_three(auditor, number):
    with system("test"):
        for _ in range(number):
            write(auditor.world.ours, reason=f"n{number}")
    with CaptureQueriesContext(connection) as captured:
        assert len(listed(auditor, q=f"n{number}")) == number
    asked = [query["sql"] for query in captured if "audit_entry" in query["sql"]]
    # The office's name for the filter; how many; the entries.
    assert len(asked) == 3


def test_entry_says_everything_that_is_kept(auditor):
    ours = auditor.world.ours
    seal_entries(actor=ACTOR)

    page = auditor.get(f"/nhat-ky/{ours.entry.pk}/").content.decode()

    with system("test"):
        entry = Entry.objects.get(pk=ours.entry.pk)
        before = Entry.objects.get(sequence=entry.sequence - 1)
    for said in ("việc của ta", "Tên cũ", "Tên mới", ours.drafter.name, entry.chain_hash, before.chain_hash):
        assert said in page
    assert "đã bị can thiệp" not in page


def test_entry_that_waits_for_its_seal_says_so(auditor):
    page = auditor.get(f"/nhat-ky/{auditor.world.ours.entry.pk}/").content.decode()

    assert "chờ niêm phong" in page


@pytest.mark.parametrize("column", ["reason", "payload"])
def test_entry_that_was_tampered_with_says_so(auditor, column):
    seal_entries(actor=ACTOR)
    spoil(f"UPDATE audit_entry SET {column} = '{{}}' WHERE id = {auditor.world.ours.entry.pk}")

    assert auditor.get(f"/nhat-ky/{auditor.world.ours.entry.pk}/").content.decode().count("đã bị can thiệp") == 1


def test_entry_of_others_is_not_there(auditor):
    assert auditor.get(f"/nhat-ky/{auditor.world.theirs.entry.pk}/").status_code == 404


def test_entry_names_what_was_done_by_the_same_click(auditor):
    with system("test"):
        token = request_id.set("one-click")
        first, second = write(auditor.world.ours), write(auditor.world.ours, reason="cùng lúc")
        write(auditor.world.theirs)
        request_id.reset(token)

    shown = auditor.get(f"/nhat-ky/{first.pk}/").context["together"]

    assert [line.entry.pk for line in shown] == [second.pk]
