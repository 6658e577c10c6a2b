import re
import threading

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from nhipcau.access import system
from nhipcau.accounts.models import Person
from nhipcau.audit.models import Entry
from tests.accounts.test_mfa import give_app, give_password, holder
from tests.support.people import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ASK, SENT = reverse("account_reset_password"), reverse("account_reset_password_done")
NEW = "một câu dài khác hẳn"


class AtOnce(threading.Thread):
    """A thread whose work is done when it has started."""

    def start(self):
        super().start()
        self.join()


@pytest.fixture(autouse=True)
def _mail(settings, db, monkeypatch):
    monkeypatch.setattr("nhipcau.accounts.adapter.Thread", AtOnce)
    settings.MAIL, settings.URL = True, "https://nhip-cau.example.vn"
    cache.clear()


@pytest.fixture
def person(db):
    return holder("drafter", email="hoa@example.org")


def ask(email="hoa@example.org", **client):
    return Client(**client).post(ASK, {"email": email})


def path_in(message):
    return re.search(r"https://nhip-cau\.example\.vn(/\S+)", message.body)[1]


def follow(path, password=NEW, again=None):
    """Open the link and set a password; the last answer."""
    client = Client()
    form = client.get(path)
    if form.status_code == 302:
        return client.post(form["Location"], {"password1": password, "password2": again or password})
    return form


def has(person, password):
    with system("test"):
        return Person.objects.get(pk=person.pk).check_password(password)


@pytest.mark.parametrize("email", ["hoa@example.org", "HOA@example.org"])
def test_link_comes_by_mail_in_vietnamese_and_sets_a_password(person, email):
    assert ask(email)["Location"] == SENT

    [message] = mail.outbox
    assert (message.to, message.subject) == (["hoa@example.org"], "Đặt mật khẩu mới cho Nhịp Cầu")
    assert "Đường dẫn dùng được một lần, trong ba ngày." in message.body
    assert follow(path_in(message))["Location"] == reverse("account_login")
    assert has(person, NEW)


def test_password_set_by_a_link_is_on_record(person):
    ask()
    follow(path_in(mail.outbox[0]))
    with system("test"):
        entry = Entry.objects.get(verb="accounts.set_password")
    assert entry.actor_id == person.actor_id


def test_unknown_address_gets_nothing_and_the_same_answer(person):
    known, unknown = ask(), ask("nobody@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"]) == (302, SENT)
    assert [message.to for message in mail.outbox] == [["hoa@example.org"]]


def test_person_who_may_no_longer_sign_in_gets_nothing(person):
    with system("test"):
        Person.objects.filter(pk=person.pk).update(is_active=False)
    ask()
    assert mail.outbox == []


def test_link_leads_to_this_installation_whatever_the_browser_says(person, settings):
    settings.ALLOWED_HOSTS = ["*"]
    ask(SERVER_NAME="evil.example")
    assert "evil.example" not in mail.outbox[0].body


def test_link_works_once(person):
    ask()
    path = path_in(mail.outbox[0])
    follow(path)
    assert "Đường dẫn này không còn dùng được" in follow(path, "một câu dài khác nữa").text
    assert has(person, NEW)


def test_link_no_longer_works_after_three_days(person, settings, monkeypatch):
    ask()
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "Đường dẫn này không còn dùng được" in follow(path_in(mail.outbox[0])).text
    assert has(person, PASSWORD)


@pytest.mark.parametrize("path", ["1/x-y", "zz/x-y", "1/", "-/-", "1/set-password", "99999999/cx-00"])
def test_forged_link_sets_nothing(person, path):
    answer = follow(f"/tai-khoan/mat-khau-moi/{path}")
    assert answer.status_code in (200, 404)
    assert has(person, PASSWORD)


def test_link_of_one_person_sets_nobody_elses_password(person):
    other = holder("drafter")
    ask()
    _empty, area, page, _who, key = path_in(mail.outbox[0]).split("/")
    follow(f"/{area}/{page}/{other.pk}/{key}")
    assert has(other, PASSWORD)


@pytest.mark.parametrize("wrong", [{"password": "ngắn"}, {"again": "một câu dài khác nữa"}], ids=str)
def test_weak_or_unequal_password_is_refused(person, wrong):
    ask()
    answer = follow(path_in(mail.outbox[0]), **wrong)
    assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)
    assert has(person, PASSWORD)


def test_new_password_signs_nobody_in_and_asks_for_the_factor(person):
    give_app(person)
    ask()
    client = Client()
    form = client.get(path_in(mail.outbox[0]))
    client.post(form["Location"], {"password1": NEW, "password2": NEW})
    assert "_auth_user_id" not in client.session


def test_new_password_ends_every_session(person):
    client, _ = give_password(person)
    ask()
    follow(path_in(mail.outbox[0]))
    assert client.get("/").status_code == 302


def test_asking_is_limited(person):
    codes = [ask().status_code for _ in range(4)]
    assert codes == [302] * 3 + [429]
    assert len(mail.outbox) == 3


def test_nothing_is_offered_where_no_mail_is_sent(person, settings):
    settings.MAIL = False
    assert ask().status_code == 404
    assert ASK not in Client().get(reverse("account_login")).text
    assert mail.outbox == []


def test_mail_server_that_fails_gives_nothing_away_and_is_in_the_log(person, settings, caplog):
    settings.EMAIL_BACKEND = "nhipcau.no.such.Backend"
    assert ask()["Location"] == SENT
    assert "A mail of sign-in was not sent." in caplog.text


def test_nobody_waits_for_the_mail_server(person, monkeypatch):
    begun = []
    monkeypatch.setattr(AtOnce, "start", lambda thread: begun.append(thread.name))
    assert ask()["Location"] == SENT
    assert (begun, mail.outbox) == (["mail"], [])
