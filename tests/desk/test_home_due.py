import re
from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.accounts.domain.deputies import deputise
from nhipcau.workspace import due
from nhipcau.workspace.domain.reminders import remind
from nhipcau.workspace.due import DueItem
from nhipcau.workspace.models import LetterRecipient, Notice
from tests.support.letters import make_letter
from tests.support.people import ACTOR, make_office, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db):
    with access.system("test"):
        return make_office("Cục Mẫu")


def person(office, *roles, **fields):
    with access.system("test"):
        return make_person(office=office, roles=roles, **{"language": "en"} | fields)


def heading(page):
    return re.search(r"<h1[^>]*>(.*?)</h1>", page).group(1)


def groups(page):
    return re.findall(r'id="due-(\w+)"', page)


def say(monkeypatch, *items):
    monkeypatch.setattr(due, "_PROVIDERS", {"test": lambda access, at: items})


def item(title, when=None, **fields):
    return DueItem(title=title, url=f"/{title}/", due=when, **fields)


def test_home_says_how_much_is_due_and_how_much_is_late(office, signed_in_client, monkeypatch):
    today = timezone.localdate()
    say(
        monkeypatch,
        item("open", since=timezone.now()),
        item("later", today + timedelta(days=30)),
        item("soon", today + timedelta(days=3)),
        item("today", today),
        item("late", today - timedelta(days=2)),
    )
    page = signed_in_client(person(office, "drafter")).get("/").text
    assert heading(page) == "5 things to do, 1 late"
    assert groups(page) == ["late", "today", "week", "later", "open"]
    assert "2 days late" in page


def test_leader_sees_first_what_waits_for_a_signature(office, signed_in_client, monkeypatch):
    say(monkeypatch, item("late", timezone.localdate() - timedelta(days=2)), item("sign", approval=True))
    page = signed_in_client(person(office, "approver")).get("/").text
    assert groups(page) == ["approvals", "late"]


def letter(office, state="in_review", **fields):
    with access.system("test"):
        return make_letter(office, "Về việc mời họp", state=state, **fields)


def test_letter_in_review_waits_for_the_approver_and_not_for_its_drafter(office, signed_in_client):
    drafter, approver = person(office, "drafter", "approver"), person(office, "approver")
    letter(office, drafter=drafter)
    assert "Về việc mời họp" in signed_in_client(approver).get("/").text
    assert "Về việc mời họp" not in signed_in_client(drafter).get("/").text


def test_deputy_sees_in_whose_place_it_is_due(office, signed_in_client):
    approver, deputy = person(office, "approver", name="Lê Văn Duyệt"), person(office, "viewer")
    today = timezone.localdate()
    with access.system("test"):
        given = {"valid_from": today, "valid_to": today, "note": "Đi công tác"}
        deputise(actor=ACTOR, principal=approver, deputy=deputy, organisation=office, role="approver", **given)
    letter(office)
    page = signed_in_client(deputy).get("/").text
    assert "Về việc mời họp" in page
    assert "in place of Lê Văn Duyệt" in page
    assert "in place of" not in signed_in_client(approver).get("/").text


def test_letter_sent_back_waits_for_its_drafter(office, signed_in_client):
    drafter = person(office, "drafter")
    letter(office, "sent_back", drafter=drafter)
    assert "<strong>Mend</strong>" in signed_in_client(drafter).get("/").text


def test_issued_letter_waits_to_be_taken_in_by_its_recipient(office, signed_in_client):
    with access.system("test"):
        other = make_office()
    letter(other, "issued", to=[office])
    assert "<strong>Receive</strong>" in signed_in_client(person(office, "focal_officer")).get("/").text


@pytest.mark.both_databases
@pytest.mark.parametrize("number", [1, 3])
def test_home_asks_as_much_for_three_letters_as_for_one(office, signed_in_client, django_assert_num_queries, number):
    approver = person(office, "approver")
    for _ in range(number):
        letter(office)
    client = signed_in_client(approver)
    client.get("/")
    with django_assert_num_queries(28):
        client.get("/")


def test_office_is_reminded_of_a_letter_that_it_has_not_taken_in(office):
    clerk, tomorrow = person(office, "focal_officer"), timezone.localdate() + timedelta(days=1)
    with access.system("test"):
        other = make_office()
    sent = letter(other, "issued", to=[office])
    with access.system("worker") as opened:
        LetterRecipient.objects.filter(letter=sent).update(due_on=tomorrow)
        remind(actor=opened.actor, at=timezone.now() + timedelta(days=2))
        # What other rooms remind of by the calendar (a plan that is due) is told beside it.
        notice = Notice.objects.get(person=clerk, kind="workspace.late", target_type="workspace.letter")
    assert notice.url == f"/cong-van/{sent.pk}/"
