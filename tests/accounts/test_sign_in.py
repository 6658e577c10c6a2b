import os
import re
import subprocess
import sys

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from nhipcau.access import system
from nhipcau.accounts.models import Person
from nhipcau.audit.models import Entry
from tests.support.people import PASSWORD, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SIGN_IN, SIGN_OUT, CHANGE = "/account/sign-in", "/account/sign-out", "/account/password"


@pytest.fixture(autouse=True)
def _no_attempts_counted_yet(db):
    cache.clear()


@pytest.fixture
def person(db):
    with system("test"):
        return make_person("Trần Thị Hoa", email="hoa@example.org")


def attempt(client, email="hoa@example.org", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": email, "password": password} | more)


def signed_in(client):
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("email", ["hoa@example.org", " HOA@Example.org "])
def test_person_signs_in_and_lands_at_home(client, person, email):
    answer = attempt(client, email)
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
    assert signed_in(client) == str(person.pk)
    with system("test"):
        assert Person.objects.get().last_login is not None


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("hoa@example.org", "sai mật khẩu rồi"),
        ("nobody@example.org", PASSWORD),
        ("", PASSWORD),
        ("hoa@example.org", ""),
    ],
)
def test_wrong_address_or_password_signs_nobody_in(client, person, email, password):
    answer = attempt(client, email, password)
    assert (answer.status_code, signed_in(client)) == (200, None)


def test_sign_in_does_not_tell_whether_an_address_is_known(person):
    answers = [attempt(Client(), email, "sai mật khẩu rồi") for email in ("hoa@example.org", "nobody@example.org")]
    assert [list(answer.context["form"].non_field_errors()) for answer in answers] == [
        list(answers[0].context["form"].non_field_errors())
    ] * 2


def test_person_who_may_no_longer_sign_in_does_not(client, person):
    attempt(client)
    with system("test"):
        person.is_active = False
        person.save()
    answer = client.get(reverse("home"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(SIGN_IN)
    answer = attempt(Client())
    assert (answer["Location"], signed_in(answer.client)) == (SIGN_IN, None)
    assert len(list(answer.client.get(SIGN_IN).context["messages"])) == 1


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", r"\\evil.example", "javascript:alert(1)", "http:evil.example"],
)
def test_sign_in_leads_nowhere_else(client, person, target):
    assert attempt(client, next=target)["Location"] == reverse("home")


def test_sign_in_leads_back_to_where_somebody_wanted_to_go(client, person):
    answer = client.get(CHANGE)
    assert (answer.status_code, answer["Location"]) == (302, f"{SIGN_IN}?next={CHANGE}")
    assert attempt(client, next=CHANGE)["Location"] == CHANGE


def test_sign_out_asks_first_and_leads_nowhere_else(client, person):
    attempt(client)
    assert client.get(SIGN_OUT).status_code == 200
    assert signed_in(client) == str(person.pk)
    answer = client.post(SIGN_OUT, {"next": "https://evil.example/"})
    assert (answer["Location"], signed_in(client)) == (SIGN_IN, None)


def test_session_ends_with_the_browser(client, person):
    attempt(client, remember="on")
    cookie = client.cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"], cookie["samesite"]) == ("", "", True, "Lax")


def test_session_key_changes_on_sign_in(client, person):
    session = client.session
    session["visited"] = 1
    session.save()
    before = client.cookies["sessionid"].value
    attempt(client)
    assert client.cookies["sessionid"].value != before


def test_attempts_on_one_account_are_limited_from_wherever_they_come(person):
    for number in range(5):
        attempt(Client(REMOTE_ADDR=f"192.0.2.{number}"), password="sai mật khẩu rồi")

    assert signed_in(attempt(Client(REMOTE_ADDR="192.0.2.99")).client) is None
    cache.clear()
    assert signed_in(attempt(Client(REMOTE_ADDR="192.0.2.99")).client) == str(person.pk)


def test_attempts_from_one_machine_are_limited(person):
    codes = [attempt(Client(), f"a{number}@example.org", "sai mật khẩu rồi").status_code for number in range(31)]
    assert codes == [200] * 30 + [429]
    assert '<h1 class="' in attempt(Client()).text
    assert attempt(Client(REMOTE_ADDR="192.0.2.1")).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_attempts_are_counted_across_processes():
    counting = "import django; django.setup(); from django.core.cache import cache; cache.set('attempts', 7)"
    at = connection.settings_dict
    url = f"sqlite:///{at['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    environment = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "nhipcau.config.settings"}

    subprocess.run([sys.executable, "-c", counting], env=os.environ | environment, check=True, timeout=60)

    assert cache.get("attempts") == 7


def test_forwarding_header_does_not_hide_where_attempts_come_from(person):
    for number in range(30):
        attempt(Client(headers={"x-forwarded-for": f"203.0.113.{number}"}), f"a{number}@example.org", "sai")
    assert attempt(Client(headers={"x-forwarded-for": "203.0.113.99"})).status_code == 429


def test_form_without_a_token_is_refused(person):
    assert attempt(Client(enforce_csrf_checks=True)).status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_set_password",
        "account_inactive",
        "account_confirm_login_code",
        "mfa_trust",
        "mfa_list_webauthn",
        "mfa_signup_webauthn",
        "mfa_download_recovery_codes",
        "socialaccount_signup",
        "socialaccount_connections",
    ],
)
def test_routes_of_the_library_that_are_not_wanted_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_nobody_signs_up_by_themselves(rf):
    from allauth.account.adapter import get_adapter

    assert get_adapter().is_open_for_signup(rf.get("/")) is False


def change(client, old=PASSWORD, new="một câu dài khác hẳn", again=None):
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": again or new})


def test_password_is_changed_by_its_owner_who_stays_signed_in(client, person):
    attempt(client)
    elsewhere = Client()
    attempt(elsewhere)

    assert change(client).status_code == 302

    assert client.get(CHANGE).status_code == 200
    assert elsewhere.get(CHANGE).status_code == 302
    with system("test"):
        assert Person.objects.get().check_password("một câu dài khác hẳn")
        entry = Entry.objects.get(verb="accounts.set_password")
    assert entry.actor_id == f"person:{person.pk}"
    assert len(entry.request_id) == 16


@pytest.mark.parametrize(
    "wrong",
    [{"old": "sai mật khẩu rồi"}, {"new": "ngắn"}, {"new": "123456789012345"}, {"again": "một câu dài khác nữa"}],
    ids=str,
)
def test_password_is_not_changed_wrongly(client, person, wrong):
    attempt(client)
    answer = change(client, **wrong)
    assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)
    with system("test"):
        assert Person.objects.get().check_password(PASSWORD)


def test_person_without_a_password_is_told_so(client, person, signed_in_client):
    with system("test"):
        person.set_unusable_password()
        person.save()
    client = signed_in_client(person)
    answer = client.get(CHANGE)
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))


def test_what_is_wrong_with_a_form_is_said_by_the_label_on_the_screen(client, db):
    answer = client.post(reverse("account_login"), {"login": "nobody", "password": ""})

    assert re.findall(r'<li><a href="#[^"]*">([^<]*)</a>', answer.text) == ["Địa chỉ thư điện tử", "Mật khẩu"]
