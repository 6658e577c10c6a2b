"""What every answer carries, and what never follows it: headers, and the body of an answer to HEAD."""

import contextlib
import http.client
import socket
import threading

import pytest
import waitress
from django.test import Client
from django.urls import reverse

from nhipcau.config.wsgi import application

CARRIED = ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy")


@pytest.fixture
def served():
    """The desk as ``nhipcau serve`` serves it; the address."""
    server = waitress.create_server(
        application, host="127.0.0.1", port=0, threads=1, clear_untrusted_proxy_headers=False
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield "127.0.0.1", server.effective_port
    server.close()
    thread.join(5)


def test_head_sends_the_length_and_no_body(served):
    with contextlib.closing(http.client.HTTPConnection(*served, timeout=10)) as connection:
        connection.request("GET", "/nowhere")
        whole = connection.getresponse()
        body = whole.read()

    with socket.create_connection(served, timeout=10) as connection:
        connection.sendall(b"HEAD /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        head, _, rest = b"".join(iter(lambda: connection.recv(65536), b"")).partition(b"\r\n\r\n")

    assert whole.status == 404
    assert f"Content-Length: {len(body)}".encode() in head.split(b"\r\n")
    assert head.startswith(b"HTTP/1.1 404 ")
    assert rest == b""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "request_from", "status"),
    [
        ("/", {}, 302),
        ("/account/sign-in", {}, 200),
        ("/nowhere", {}, 404),
        ("/static/nowhere.css", {}, 404),
        ("/", {"HTTP_HOST": "elsewhere.example"}, 400),
    ],
)
def test_answer_to_a_stranger_is_protected_and_not_kept(path, request_from, status):
    answer = Client().get(path, **request_from)

    assert answer.status_code == status
    assert [name for name in CARRIED if name not in answer.headers] == []
    assert answer["X-Frame-Options"] == "DENY"
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["home", "press:articles", "press:digests", "press:sources", "press:refusals"])
def test_page_of_a_person_is_kept_nowhere(view, two_offices, signed_in_client):
    answer = signed_in_client(two_offices.ours.drafter).get(reverse(view))

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["home", "press:articles", "press:digests", "press:sources", "press:refusals"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_page_that_is_read_answers_no_other_method(view, method, two_offices, signed_in_client):
    answer = signed_in_client(two_offices.ours.drafter).generic(method, reverse(view))

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


@pytest.mark.django_db
def test_error_of_ours_says_nothing_of_its_inside(two_offices, signed_in_client, monkeypatch):
    from nhipcau.press import queries

    def broken():
        raise RuntimeError("a secret of the inside")

    client = signed_in_client(two_offices.ours.drafter)
    client.raise_request_exception = False
    monkeypatch.setattr(queries, "digests", broken)

    answer = client.get(reverse("press:digests"))

    assert answer.status_code == 500
    assert "<h1" in answer.text
    assert "secret of the inside" not in answer.text
    assert "Traceback" not in answer.text
    assert [name for name in (*CARRIED, "Cache-Control") if name not in answer.headers] == []
