import asyncio

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import include, path

from nhipcau.access import NoAccessOpenError, current, current_or_none
from nhipcau.accounts.models import Membership
from nhipcau.audit.domain.record import request_id

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def who(request):
    return HttpResponse(f"{current().actor} {len(request_id.get())}")


def late(request):
    template = engines["django"].from_string("{% for held in rows %}{{ held.role }}{% endfor %}")
    return TemplateResponse(request, template, {"rows": Membership.objects.filter(role="drafter")})


def stream(request):
    return StreamingHttpResponse(held.role for held in Membership.objects.filter(role="drafter").iterator())


def asynchronous_stream(request):
    async def parts():
        yield b"a"

    return StreamingHttpResponse(parts())


def broken(request):
    raise ValueError


@login_not_required
def open_to_all(request):
    return HttpResponse(str(current_or_none()))


@login_not_required
def forgotten(request):
    return HttpResponse(Membership.objects.count())


urlpatterns = [
    path("who", who),
    path("late", late),
    path("stream", stream),
    path("asynchronous", asynchronous_stream),
    path("broken", broken),
    path("open", open_to_all),
    path("forgotten", forgotten),
    path("", include("nhipcau.config.urls")),
]


@pytest.fixture
def client(two_offices, signed_in_client):
    return signed_in_client(two_offices.ours.drafter)


def test_access_of_the_person_is_open_for_the_view(client, two_offices):
    assert client.get("/who").text == f"{two_offices.ours.drafter} 16"


def test_access_is_open_while_a_template_is_rendered(client):
    assert client.get("/late").text == "drafter"


def test_access_is_open_for_every_part_of_a_stream_and_closed_between(client):
    answer = client.get("/stream")
    parts = iter(answer.streaming_content)
    assert next(parts) == b"drafter"
    assert current_or_none() is None
    assert list(parts) == []
    assert current_or_none() is None


def test_stream_of_another_kind_is_left_as_it_is(client):
    answer = client.get("/asynchronous")

    async def read():
        return [part async for part in answer.streaming_content]

    assert asyncio.run(read()) == [b"a"]


@pytest.mark.parametrize("path", ["/who", "/broken", "/khong-co"])
def test_access_is_closed_after_the_answer(client, path):
    client.raise_request_exception = False
    client.get(path)
    assert current_or_none() is None
    assert request_id.get() == ""


def test_two_requests_have_two_identifiers(client, two_offices):
    from django.db import transaction

    from nhipcau.access import system
    from nhipcau.audit.models import Entry

    for theme in ("dark", "light"):
        client.post("/preferences", {"theme": theme})
    with system("test"), transaction.atomic():
        found = Entry.objects.filter(verb="accounts.change_preferences").values_list("request_id", flat=True)
        assert len(set(found)) == 2


def test_nothing_is_open_for_a_stranger(db):
    from django.test import Client

    assert Client().get("/open").text == "None"
    assert Client().get("/who").status_code == 302


def test_view_that_forgot_to_ask_for_a_sign_in_shows_nothing(db):
    from django.test import Client

    with pytest.raises(NoAccessOpenError):
        Client().get("/forgotten")
