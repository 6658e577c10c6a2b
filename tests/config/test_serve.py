"""The server of the desk."""

import socket
import threading
from contextlib import ExitStack

import waitress

from nhipcau.config.cli.serve import server_options

ASK = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


def test_many_who_keep_their_connections_open_keep_nobody_out():
    def desk(_environ, start_response):
        start_response("200 OK", [("Content-Length", "4")])
        return [b"desk"]

    with ExitStack() as stack:
        server = waitress.create_server(desk, host="127.0.0.1", port=0, **server_options())
        thread = threading.Thread(target=server.run, daemon=True)
        stack.callback(thread.join, 10)
        stack.callback(server.close)
        thread.start()
        for _person in range(150):
            there = stack.enter_context(socket.create_connection(("127.0.0.1", server.effective_port), timeout=5))
            there.sendall(ASK)
            assert b"desk" in _answer(there)


def _answer(there):
    said = b""
    while b"desk" not in said:
        said += there.recv(1000)
    return said
