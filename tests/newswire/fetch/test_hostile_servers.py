import contextlib
import random
import socket
import threading
import time

import pytest

from nhipcau.newswire.fetch import Fetcher, FetchError, Response

ANSWERS = [
    b"",
    b"garbage\r\n\r\n",
    b"HTTP/1.1 999 x\r\n\r\n",
    b"HTTP/1.1 101 Switching\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\n" * 1000,
    b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000 + b"\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc",
    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: \xc2\xb2\r\n\r\nok",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
    b"HTTP/1.1 302 x\r\nLocation: http://\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 302 x\r\nLocation: \xff\xfe\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 302 x\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 503 x\r\nRetry-After: \xc2\xb2\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 503 x\r\nRetry-After: 99999999999999999999\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 503 x\r\nRetry-After: Fri, 31 Dec 99999 23:59:59 GMT\r\nDate: x\r\nContent-Length: 0\r\n\r\n",
]
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"


@pytest.fixture
def raw_server():
    """A port whose server sends the bytes in the list given with it, whatever it is asked but robots.txt."""
    answer = [b""]
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            try:
                with connection:
                    robots = b"/robots.txt" in connection.recv(65_536)
                    connection.sendall(b"HTTP/1.1 404 x\r\nConnection: close\r\n\r\n" if robots else answer[0])
            except OSError:
                continue  # the client had enough

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1], answer
    listener.close()


def ask(port):
    hosts = frozenset({f"127.0.0.1:{port}"})
    with Fetcher(allow_hosts=hosts, pace=0.0, timeout=2.0, sleep=lambda _: None) as reader:
        return reader.get(f"http://127.0.0.1:{port}/page")


@pytest.mark.parametrize("answer", ANSWERS, ids=range(len(ANSWERS)))
def test_answer_that_breaks_the_protocol_is_a_named_error(answer, raw_server):
    port, sent = raw_server
    sent[0] = answer
    began = time.monotonic()
    with pytest.raises(FetchError) as failed:
        ask(port)
    assert time.monotonic() - began < 4
    assert len(str(failed.value)) < 600
    assert str(failed.value).isprintable()


def test_mutated_answers_are_read_or_named(raw_server):
    port, sent = raw_server
    choose = random.Random(20261122)
    for _ in range(60):
        broken = bytearray(WHOLE)
        for _ in range(choose.randint(1, 3)):
            start = choose.randrange(len(broken))
            broken[start : start + choose.randint(0, 4)] = choose.randbytes(choose.randint(0, 3))
        sent[0] = bytes(broken)
        with contextlib.suppress(FetchError):
            assert isinstance(ask(port), Response)
    sent[0] = WHOLE
    assert ask(port).body == b"hello"
