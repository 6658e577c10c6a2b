"""What is due by day on the desk, and in a calendar program under a secret address."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from nhipcau import access
from nhipcau.audit.models import Entry
from nhipcau.workspace import due
from nhipcau.workspace.due import DueItem
from nhipcau.workspace.icalendar import calendar_of
from nhipcau.workspace.models import CalendarFeed
from tests.support.letters import make_letter
from tests.support.people import make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TODAY = timezone.localdate()
NOW = datetime(2026, 11, 26, 5, tzinfo=UTC)


@pytest.fixture
def person(db):
    with access.system("test"):
        return make_person(office=make_office(), roles=["focal_officer"], language="en")


def item(title, day, **fields):
    return DueItem(title=title, url=f"/{title}/", due=day, **fields)


def address(client):
    """The secret address, as the page shows it once."""
    page = client.post("/lich/dia-chi/").text
    return re.search(r'value="http://testserver(/lich/[\w-]+\.ics)"', page).group(1)


def test_a_month_shows_what_is_due_by_day_and_says_what_has_no_day(person, signed_in_client, monkeypatch):
    day = date(2026, 5, 19)
    told = [item("Kế hoạch", day), item("Báo cáo", day + timedelta(days=1)), item("Chờ", None)]
    monkeypatch.setattr(due, "_PROVIDERS", {"test": lambda access, at: told})
    page = signed_in_client(person).get("/lich/?thang=2026-05").text
    assert "2 things due in 05/2026" in page
    assert "1 more has no day" in page
    assert re.findall(r'<a class="day-item" href="(/.*?/)">', page) == ["/Kế hoạch/", "/Báo cáo/"]


@pytest.mark.parametrize("asked", ["", "2026-13", "x", "0000-01", "9999-99", "²026-01"])
def test_a_month_that_is_none_is_this_one(asked, person, signed_in_client):
    page = signed_in_client(person).get("/lich/", {"thang": asked})
    assert f"in {TODAY:%m/%Y}" in page.text


def test_a_calendar_program_reads_titles_and_days_of_its_person_alone(person, signed_in_client, client):
    with access.system("test"):
        office = make_office()
        other = make_person(office=office, roles=["focal_officer"])
        make_letter(make_office(), "Riêng của người khác", state="issued", to=[office])
    url, foreign = address(signed_in_client(person)), address(signed_in_client(other))
    answer = client.get(url)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert "Riêng của người khác" not in answer.content.decode()
    assert client.get(foreign).status_code == 200


def test_what_stands_in_the_file_is_what_is_due_now(person, signed_in_client, client, monkeypatch):
    told = [item("Nộp báo cáo, gấp", date(2026, 11, 30), doing="Report"), item("Chờ", None)]
    monkeypatch.setattr(due, "_PROVIDERS", {"test": lambda access, at: told})
    text = client.get(address(signed_in_client(person))).content.decode()
    assert re.findall(r"DTSTART;VALUE=DATE:(\d+)", text) == ["20261130"]
    assert "SUMMARY:Nộp báo cáo\\, gấp (Report)" in text
    assert "/Nộp" not in text


def test_a_wrong_or_revoked_token_is_no_address(person, signed_in_client, client):
    desk = signed_in_client(person)
    first = address(desk)
    second = address(desk)
    assert client.get("/lich/abcdefgh.ics").status_code == 404
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    desk.post("/lich/dia-chi/thu-hoi/")
    assert client.get(second).status_code == 404


def test_whoever_may_not_sign_in_any_more_has_no_calendar(person, signed_in_client, client):
    url = address(signed_in_client(person))
    with access.system("test"):
        type(person).objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(url).status_code == 404


def test_the_token_is_kept_as_a_hash_and_its_making_is_on_record(person, signed_in_client):
    desk = signed_in_client(person)
    token = address(desk).removeprefix("/lich/").removesuffix(".ics")
    desk.post("/lich/dia-chi/thu-hoi/")
    with access.system("test"):
        (feed,) = CalendarFeed.objects.all()
        assert token not in repr(feed.__dict__)
        verbs = Entry.objects.filter(object_type="workspace.calendarfeed").order_by("pk").values_list("verb", flat=True)
        assert list(verbs) == ["workspace.make_feed", "workspace.revoke_feed"]


def test_who_asks_too_often_is_told_to_wait(person, signed_in_client, client):
    url = address(signed_in_client(person))
    with access.system("test"):
        cache.set(f"calendar-feed:{CalendarFeed.objects.get().pk}", 60, 900)
    answer = client.get(url)
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")


def test_an_address_is_made_only_after_a_proof_of_who_sits_there(person, signed_in_client):
    answer = signed_in_client(person, proved=False).post("/lich/dia-chi/")
    assert answer.status_code == 302
    with access.system("test"):
        assert not CalendarFeed.objects.exists()


def test_no_line_of_the_file_is_longer_than_the_standard_allows_and_no_letter_is_cut():
    title = "Báo cáo kết quả công tác thông tin đối ngoại; " * 5 + "\nhết\\"
    lines = calendar_of([item(title, TODAY)], now=NOW).split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    joined = b"\r\n".join(lines).replace(b"\r\n ", b"").decode()
    assert f"SUMMARY:{title.rstrip(chr(92)).replace(';', chr(92) + ';').replace(chr(10), chr(92) + 'n')}\\\\" in joined
