import pytest
from django.test import Client
from django.urls import reverse

from nhipcau.access import system
from tests.support.people import make_office, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    with system("test"):
        office = make_office()
        return {
            "sample": make_person("Người Mẫu", office=office, roles=["viewer"], sample=True),
            "real": make_person("Người Thật", office=office, roles=["viewer"]),
        }


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def click(person, client=None, **request):
    client = client or Client(SERVER_NAME="localhost")
    return client, client.post(reverse("account_demo_sign_in", args=[person.pk]), **request)


@pytest.mark.parametrize("host", ["localhost", "localhost:8123", "127.0.0.1:8000", "[::1]:8000"])
def test_one_click_is_there_by_every_name_of_this_machine(demo, people, host):
    _client, answer = click(people["sample"], HTTP_HOST=host)
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))


def test_one_click_session_ends_with_the_browser_and_the_day(demo, people):
    client, answer = click(people["sample"])
    cookie = answer.cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"]) == ("", "", True)
    assert client.session.get_expiry_age() == 12 * 3600


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1"])
def test_one_click_signs_in_a_sample_person_at_this_machine(demo, people, address):
    client, answer = click(people["sample"], REMOTE_ADDR=address)
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
    assert client.session["_auth_user_id"] == str(people["sample"].pk)


@pytest.mark.parametrize(
    "request_from",
    [
        {"REMOTE_ADDR": "192.0.2.1"},
        {"REMOTE_ADDR": "10.0.0.1"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "unix:"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_X_FORWARDED_HOST": "localhost"},
        {"HTTP_X_FORWARDED_PORT": "443"},
        {"HTTP_CF_CONNECTING_IP": "127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
        {"SERVER_NAME": "testserver"},
    ],
    ids=str,
)
def test_one_click_is_not_there_for_another_machine(demo, people, request_from):
    client, answer = click(people["sample"], **request_from)
    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("account_login"), **request_from).context["demo_offices"] == []


def test_one_click_is_not_there_without_a_demonstration(people):
    client, answer = click(people["sample"])
    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("account_login")).context["demo_offices"] == []


def test_one_click_signs_in_no_real_person(demo, people):
    client, answer = click(people["real"])
    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_link_signs_nobody_in(demo, people, method):
    client = Client(SERVER_NAME="localhost")
    answer = getattr(client, method)(reverse("account_demo_sign_in", args=[people["sample"].pk]))
    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


def test_page_of_another_site_signs_nobody_in(demo, people):
    client, answer = click(people["sample"], Client(enforce_csrf_checks=True))
    assert answer.status_code == 403
    assert "_auth_user_id" not in client.session


def test_sign_in_page_offers_the_sample_people_with_their_roles(demo, people):
    page = Client(SERVER_NAME="localhost").get(reverse("account_login"))
    assert [person for place in page.context["demo_offices"] for person, _roles in place.people] == [people["sample"]]
    assert f'action="{reverse("account_demo_sign_in", args=[people["sample"].pk])}"' in page.text
    assert "Người Thật" not in page.text
