import pytest
from django.test import Client

from nhipcau import access
from nhipcau.audit.models import Entry
from nhipcau.desk.look import COOKIE
from tests.support.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db):
    with access.system("test"):
        return make_person()


def chosen(client):
    return client.cookies[COOKIE].value


def test_preferences_of_a_stranger_are_kept_in_a_cookie(client):
    client.post("/preferences", {"theme": "dark"})
    client.post("/preferences", {"language": "en"})
    assert chosen(client) == "en.normal.dark"
    assert 'lang="en"' in client.get("/account/sign-in").text


def test_preferences_cookie_cannot_be_read_by_scripts(client):
    client.post("/preferences", {"theme": "dark"})
    assert (client.cookies[COOKIE]["httponly"], client.cookies[COOKIE]["samesite"]) == (True, "Lax")


def test_preferences_of_a_person_are_kept_with_the_person(person, signed_in_client):
    signed_in_client(person).post("/preferences", {"text_size": "large"})
    with access.system("test"):
        person.refresh_from_db()
        assert (person.text_size, person.language, person.theme) == ("large", "vi", "system")
        assert Entry.objects.filter(verb="accounts.change_preferences").count() == 1


def test_preferences_follow_the_person_to_another_device(person, signed_in_client):
    signed_in_client(person).post("/preferences", {"language": "en", "theme": "contrast"})
    other = signed_in_client(person)
    other.get("/account/sign-out")
    assert chosen(other) == "en.normal.contrast"


def test_preferences_not_on_offer_change_nothing(person, signed_in_client):
    signed_in_client(person).post("/preferences", {"language": "xx", "theme": "pink", "is_system_owner": "1"})
    with access.system("test"):
        person.refresh_from_db()
    assert (person.language, person.theme, person.is_system_owner) == ("vi", "system", False)


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/account/sign-in?next=/", "/account/sign-in?next=/"),
        ("", "/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_preferences_lead_back_to_this_desk_only(client, wanted, reached):
    answer = client.post("/preferences", {"theme": "dark", "next": wanted})
    assert (answer.status_code, answer["Location"]) == (302, reached)


def test_preferences_asked_for_by_going_back_lead_to_the_first_page(client):
    answer = client.get("/preferences")
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_preferences_need_the_form_of_this_desk():
    answer = Client(enforce_csrf_checks=True).post("/preferences", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Chưa có gì thay đổi" in answer.text or "Nothing was changed" in answer.text


def test_language_is_vietnamese_whatever_the_browser_asks_for(client):
    answer = client.get("/account/sign-in", headers={"accept-language": "en"})
    assert answer["Content-Language"] == "vi"


def test_language_of_one_answer_does_not_leak_into_the_next(client):
    client.post("/preferences", {"language": "en"})
    assert client.get("/account/sign-in")["Content-Language"] == "en"
    assert Client().get("/account/sign-in")["Content-Language"] == "vi"
