"""What every answer carries, and what never follows it: headers, and the body of an answer to HEAD."""

import contextlib
import http.client
import socket
import threading

import pytest
import waitress
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.urls import reverse

from nhipcau.config.cli.serve import proxy_options
from nhipcau.config.wsgi import application

CARRIED = ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy")


@contextlib.contextmanager
def served(answering=application):
    """The desk as ``nhipcau serve`` serves it; the address."""
    server = waitress.create_server(answering, host="127.0.0.1", port=0, threads=1, **proxy_options())
    stopped = threading.Event()

    def run():
        # Ended by the thread that runs it: closed from outside, waitress would ask a socket that is gone.
        while not stopped.is_set():
            server.asyncore.loop(timeout=0.05, map=server._map, count=1)
        server.task_dispatcher.shutdown()
        server.asyncore.close_all(server._map)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield "127.0.0.1", server.effective_port
    stopped.set()
    thread.join(5)


def ask(address, path, **headers):
    """Status and Location of an answer."""
    with contextlib.closing(http.client.HTTPConnection(*address, timeout=10)) as connection:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers["Location"]


def test_head_sends_the_length_and_no_body():
    with served() as address:
        with contextlib.closing(http.client.HTTPConnection(*address, timeout=10)) as connection:
            connection.request("GET", "/nowhere")
            whole = connection.getresponse()
            body = whole.read()
        with socket.create_connection(address, timeout=10) as connection:
            connection.sendall(b"HEAD /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            head, _, rest = b"".join(iter(lambda: connection.recv(65536), b"")).partition(b"\r\n\r\n")

    assert whole.status == 404
    assert f"Content-Length: {len(body)}".encode() in head.split(b"\r\n")
    assert head.startswith(b"HTTP/1.1 404 ")
    assert rest == b""


@pytest.mark.parametrize(
    ("proxy", "headers", "status"),
    [
        ("127.0.0.1", {"X_Forwarded_Proto": "https", "X_Forwarded_For": "203.0.113.9"}, 404),
        ("127.0.0.1", {"X_Forwarded_Proto": "http", "X_Forwarded_For": "203.0.113.9"}, 301),
        ("127.0.0.1", {}, 301),
        # From somebody who is not the web server in front.
        ("192.0.2.1", {"X_Forwarded_Proto": "https", "X_Forwarded_For": "203.0.113.9"}, 301),
    ],
)
def test_https_ends_at_the_proxy_that_is_named_and_is_not_asked_for_again(settings, proxy, headers, status):
    settings.SECURE, settings.SECURE_SSL_REDIRECT, settings.PROXY = True, True, proxy

    with served(get_wsgi_application()) as address:
        answer = ask(address, "/nowhere", Host="localhost", **headers)

    assert answer == (status, "https://localhost/nowhere" if status == 301 else None)


@pytest.mark.parametrize(
    ("proxy", "seen"), [("127.0.0.1", "203.0.113.9"), ("192.0.2.1", "127.0.0.1"), ("", "127.0.0.1")]
)
def test_address_of_a_visitor_is_what_the_named_proxy_says(settings, proxy, seen):
    settings.SECURE, settings.PROXY = bool(proxy), proxy
    got = []

    def answering(environ, start_response):
        got.append(environ["REMOTE_ADDR"])
        start_response("204 No Content", [])
        return []

    with served(answering) as address:
        ask(address, "/", X_Forwarded_For="198.51.100.7, 203.0.113.9")

    assert got == [seen]


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
@pytest.mark.parametrize("view", ["home", "press:articles", "press:digests", "press:refusals"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_page_that_is_read_answers_no_other_method(view, method, two_offices, signed_in_client):
    answer = signed_in_client(two_offices.ours.drafter).generic(method, reverse(view))

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE"])
def test_list_with_work_on_many_rows_answers_no_method_beside_its_own(method, two_offices, signed_in_client):
    answer = signed_in_client(two_offices.ours.drafter).generic(method, reverse("press:sources"))

    assert answer.status_code == 405


@pytest.mark.django_db
def test_error_of_ours_says_nothing_of_its_inside(two_offices, signed_in_client, monkeypatch):
    from nhipcau.press import queries

    def broken():
        raise RuntimeError("a secret of the inside")

    client = signed_in_client(two_offices.ours.drafter)
    client.raise_request_exception = False
    monkeypatch.setattr(queries, "refusals", broken)

    answer = client.get(reverse("press:refusals"))

    assert answer.status_code == 500
    assert "<h1" in answer.text
    assert "secret of the inside" not in answer.text
    assert "Traceback" not in answer.text
    assert [name for name in (*CARRIED, "Cache-Control") if name not in answer.headers] == []
