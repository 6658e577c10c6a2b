import pytest
from django.template.loader import render_to_string
from django.urls import include, path

from nhipcau.access import PermissionDeniedError
from nhipcau.desk.look import COOKIE


def broken(request):
    raise ValueError


def forbidden(request):
    raise PermissionDeniedError("no")


broken.login_required = forbidden.login_required = False
urlpatterns = [path("broken", broken), path("forbidden", forbidden), path("", include("nhipcau.config.urls"))]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def test_unknown_address_is_answered_with_a_page_of_ours(client):
    answer = client.get("/khong-co")
    assert answer.status_code == 404
    assert '<h1 class="headline">' in answer.text


def test_missing_right_is_answered_with_a_page_of_ours(client):
    answer = client.get("/forbidden")
    assert answer.status_code == 403
    assert '<h1 class="headline">' in answer.text


def test_failure_is_answered_without_details(client):
    client.raise_request_exception = False
    answer = client.get("/broken")
    assert answer.status_code == 500
    assert '<h1 class="headline">' in answer.text
    assert "ValueError" not in answer.text


@pytest.mark.parametrize("path", ["/khong-co", "/forbidden"])
def test_errors_speak_the_language_chosen(client, path):
    client.cookies[COOKIE] = "en.normal.dark"
    answer = client.get(path)
    assert '<html lang="en"' in answer.text
    assert "Go to today&#x27;s page" in answer.text or "Go to today's page" in answer.text


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_pages_need_nothing_but_themselves(name):
    page = render_to_string(name)
    assert "<h1" in page
    assert "<script>" not in page
    assert "style=" not in page


def test_bad_host_is_answered_with_a_page_of_ours(client):
    answer = client.get("/account/sign-in", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert '<h1 class="headline">' in answer.text
