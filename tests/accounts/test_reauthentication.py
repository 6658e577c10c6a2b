import re

import pytest
from django.http import HttpResponse
from django.urls import include, path, reverse

from nhipcau.access import system
from nhipcau.accounts.models import Person
from nhipcau.accounts.reauthentication import reauthenticated
from tests.support.people import PASSWORD, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.urls(__name__)]


@reauthenticated
def issue(request, number):
    return HttpResponse(f"{request.method} {number} {request.POST.get('note', '')} {request.user}")


urlpatterns = [path("issue/<int:number>", issue), path("", include("nhipcau.config.urls"))]


@pytest.fixture
def person(db):
    with system("test"):
        return make_person("Lê Thị Duyệt")


def test_who_signed_in_just_now_is_not_asked(person, signed_in_client):
    assert signed_in_client(person).get("/issue/1").text == "GET 1  Lê Thị Duyệt"


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_signed_in_long_ago_is_asked_for_the_password(person, signed_in_client, method):
    answer = getattr(signed_in_client(person, proved=False), method)("/issue/1")

    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_reauthenticate')}?next=%2Fissue%2F1")


def prove(client, password=PASSWORD, to="/issue/1"):
    return client.post(f"{reverse('account_reauthenticate')}?next={to}", {"password": password})


def test_page_asked_for_is_opened_after_the_proof(person, signed_in_client):
    client = signed_in_client(person, proved=False)
    client.get("/issue/1")

    assert prove(client)["Location"] == "/issue/1"
    assert client.get("/issue/1").text == "GET 1  Lê Thị Duyệt"


def test_form_sent_is_done_after_the_proof_and_only_once(person, signed_in_client):
    client = signed_in_client(person, proved=False)
    client.post("/issue/7", {"note": "Ban hành"})

    assert prove(client, to="/issue/7").text == "POST 7 Ban hành Lê Thị Duyệt"
    assert prove(client, to="/issue/7")["Location"] == "/issue/7"


def test_wrong_password_proves_nothing(person, signed_in_client):
    client = signed_in_client(person, proved=False)
    client.post("/issue/1", {"note": "Ban hành"})

    answer = prove(client, "sai mật khẩu rồi")

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["password"])
    assert client.get("/issue/1").status_code == 302


def test_guessing_is_limited(person, signed_in_client):
    client = signed_in_client(person, proved=False)
    codes = [prove(client, "sai mật khẩu rồi").status_code for _ in range(11)]

    assert codes == [200] * 10 + [429]


def test_proof_is_good_for_as_long_as_the_operator_says(person, signed_in_client, settings, monkeypatch):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 60
    client = signed_in_client(person)
    assert client.get("/issue/1").status_code == 200
    now = client.session["account_authentication_methods"][-1]["at"]
    monkeypatch.setattr("nhipcau.accounts.reauthentication.time.time", lambda: now + 61)

    assert client.get("/issue/1").status_code == 302


def test_proof_of_somebody_else_in_the_same_browser_counts_for_nothing(person, signed_in_client):
    client = signed_in_client(person)
    session = client.session
    session["account_authentication_methods_user"] = str(person.pk + 1)
    session.save()

    assert client.get("/issue/1").status_code == 302


@pytest.fixture
def sample(db):
    with system("test"):
        return make_person("Người Mẫu", sample=True, password=None)


def test_sample_person_confirms_with_a_button(sample, signed_in_client, settings):
    settings.DEMO = True
    client = signed_in_client(sample, proved=False)
    asked = client.post("/issue/3", {"note": "x"})["Location"]

    assert asked == f"{reverse('account_confirm')}?next=%2Fissue%2F3"
    assert "Tôi là Người Mẫu" in client.get(asked).text
    assert client.post(asked).text == "POST 3 x Người Mẫu"


def test_button_proves_nothing_outside_a_demonstration(sample, signed_in_client):
    client = signed_in_client(sample, proved=False)
    asked = client.get("/issue/3")["Location"]

    assert client.post(asked).status_code == 302
    assert client.get("/issue/3").status_code == 302


def test_who_has_a_password_does_not_get_by_with_the_button(person, signed_in_client, settings):
    settings.DEMO = True
    with system("test"):
        Person.objects.filter(pk=person.pk).update(sample=True)
    client = signed_in_client(person, proved=False)

    assert re.match(reverse("account_reauthenticate"), client.post(reverse("account_confirm"))["Location"])
    assert client.get("/issue/3").status_code == 302
