import json
import os
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nhipcau import access
from nhipcau.desk import health
from nhipcau.press.domain.collecting import claim_sources, mark_source_collected
from nhipcau.press.domain.outlets import register_outlet, register_source
from nhipcau.workspace.models import Mail, RefusedAddress
from nhipcau.workspace.queries.heartbeat import beat
from tests.support.articles import ACTOR
from tests.support.people import make_office, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(db):
    with access.system("test"):
        return make_person(is_system_owner=True, language="en")


@pytest.fixture
def desk(owner, signed_in_client):
    return signed_in_client(owner)


def parts():
    with access.system("test"):
        return {part.key: part for part in health.examine()}


@pytest.mark.parametrize("role", ["office_administrator", "leader", "auditor"])
def test_only_the_system_owner_sees_it(signed_in_client, role):
    with access.system("test"):
        person = make_person(office=make_office(), roles=[role])
    assert signed_in_client(person).get("/tinh-trang/").status_code == 403


def test_worker_that_never_showed_itself_is_not_in_order_and_one_that_did_is():
    assert parts()["worker"].state == health.BAD
    beat(timezone.now(), 0)
    assert parts()["worker"].state == health.GOOD
    beat(timezone.now() - timedelta(minutes=10), 0)
    assert parts()["worker"].state == health.BAD


def test_work_that_waits_in_numbers_is_to_be_looked_at():
    beat(timezone.now(), 500)
    assert parts()["queue"].state == health.LOOK


def test_backup_is_as_old_as_its_stamp(settings, tmp_path):
    assert parts()["backup"].state == health.LOOK
    stamp = tmp_path / "stamp"
    settings.BACKUP_STAMP = str(stamp)
    assert parts()["backup"].state == health.BAD
    stamp.touch()
    assert parts()["backup"].state == health.GOOD
    old = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(stamp, (old, old))
    assert parts()["backup"].state == health.BAD


def test_mail_that_waits_says_what_the_server_said(settings, owner):
    settings.MAIL = True
    with access.system("test"):
        told = {"created_at": timezone.now() - timedelta(hours=3), "next_due": timezone.now(), "error": "450 later"}
        Mail.objects.create(person=owner, message_id="<1@x>", **told)
    found = parts()["mail"]
    assert found.state == health.LOOK
    assert "450 later" in found.detail


def test_feeds_in_trouble_are_counted():
    with access.system("test"):
        outlet = register_outlet(actor=ACTOR, host="echo.example", name="L'Écho", country="FR")
        source = register_source(actor=ACTOR, outlet=outlet, url="https://echo.example/feed.xml")
        claim_sources(actor=ACTOR)
        mark_source_collected(actor=ACTOR, source=source, at=timezone.now(), status=500, error="500")
    assert parts()["feeds"].state == health.BAD


def test_part_that_cannot_be_examined_hides_no_other(monkeypatch, settings):
    def broken():
        raise OSError

    monkeypatch.setattr(health, "_LOOKS", (broken, *health._LOOKS))
    found = parts()
    assert found["broken"].state == health.BAD
    assert "disk" in found


@pytest.mark.both_databases
def test_size_of_the_database_is_told():
    assert re.search(r"^\d+ MB, (SQLite|PostgreSQL)", parts()["database"].detail)


def test_page_says_first_what_has_to_be_done(desk):
    page = desk.get("/tinh-trang/").text
    heads = re.findall(r'<th scope="row">(.*?)</th>', page)
    assert heads[0] == "Worker"
    assert "Start nhipcau worker, or see its log" in page
    assert re.search(r"<h1[^>]*>\d things to look at</h1>", page)


def test_refused_address_is_listed_and_tried_again(desk, owner):
    now = timezone.now()
    with access.system("test"):
        person = make_person(email="gone@example.org")
        row = RefusedAddress.objects.create(person=person, address=person.email, error="550", first_at=now, last_at=now)
    assert "gone@example.org" in desk.get("/tinh-trang/").text
    assert desk.post("/tinh-trang/", {"refused": row.pk}).status_code == 302
    with access.system("test"):
        assert not RefusedAddress.objects.exists()


def test_monitoring_is_answered_at_this_machine_without_anybodys_address():
    now = timezone.now()
    with access.system("test"):
        person = make_person(email="gone@example.org")
        RefusedAddress.objects.create(person=person, address=person.email, error="550", first_at=now, last_at=now)
    answer = Client(SERVER_NAME="localhost").get("/tinh-trang.json")
    said = json.loads(answer.content)
    assert (answer.status_code, said["state"], said["parts"]["worker"]["state"]) == (503, "failing", "failing")
    assert said["parts"]["refused_addresses"] == {"state": "waiting", "detail": "1"}
    assert "example.org" not in answer.text


@pytest.mark.parametrize(
    ("token", "said", "status"),
    [
        ("", "", 404),
        ("", "Bearer ", 404),
        ("short", "Bearer short", 404),
        ("a-token-of-some-length", "Bearer a-token-of-some-lengtH", 404),
        ("a-token-of-some-length", "Bearer a-token-of-some-length", 503),
    ],
)
def test_monitoring_from_elsewhere_needs_the_operators_token(settings, token, said, status):
    settings.HEALTH_TOKEN = token
    elsewhere = Client(SERVER_NAME="localhost", REMOTE_ADDR="192.0.2.1", headers={"Authorization": said})
    assert elsewhere.get("/tinh-trang.json").status_code == status


def test_monitoring_through_a_proxy_needs_the_token():
    through = Client(SERVER_NAME="localhost", headers={"X-Forwarded-For": "192.0.2.1"})
    assert through.get("/tinh-trang.json").status_code == 404
