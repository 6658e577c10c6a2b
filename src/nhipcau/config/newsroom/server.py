"""Serves each sample outlet from a loopback address of its own, all on one port, so that rules per host are real."""

from __future__ import annotations

import hashlib
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

from nhipcau.config.newsroom.content import load_outlets
from nhipcau.config.newsroom.feeds import feed, opml
from nhipcau.config.newsroom.pages import article_page, front_page

if TYPE_CHECKING:
    from datetime import date
    from types import TracebackType

    from nhipcau.config.newsroom.content import SampleOutlet

ROBOTS = b"User-agent: *\nDisallow: /private/\n"


class _Handler(BaseHTTPRequestHandler):
    server: _OutletServer
    protocol_version = "HTTP/1.1"
    timeout = 10

    def do_GET(self) -> None:
        time.sleep(self.server.outlet.delay)
        kind, body = self.server.answer(self.path.split("?", 1)[0])
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if kind and self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", f"{kind or 'text/plain'}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if kind:
            self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: the collector reports what it asked for."""


class _OutletServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], outlet: SampleOutlet) -> None:
        super().__init__(address, _Handler)
        self.outlet = outlet
        self.base = f"http://{address[0]}:{self.server_address[1]}"
        self.pages = {item.path: item for item in outlet.items if not item.gone}

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader that hangs up is none of our business; anything else is told as usual."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def answer(self, path: str) -> tuple[str, bytes]:
        """Content type and body; the type is empty where there is nothing at that path."""
        if path == "/robots.txt":
            return "text/plain", ROBOTS
        if path == "/":
            return "text/html", front_page(self.outlet).encode()
        if path == self.outlet.feed_path:
            return feed(self.outlet, self.base)
        if path in self.pages:
            return "text/html", article_page(self.outlet, self.pages[path], self.base).encode()
        return "", b"Not found"


class Newsroom:
    """All sample outlets, listening. Outlet number n answers on 127.0.10.n, every one on the same port.

    Args:
        until: the last of the three days over which the items are spread.
        port: 0 takes any free one.

    Raises:
        OSError: the port is taken.
    """

    def __init__(self, *, until: date, port: int = 0) -> None:
        self.servers: list[_OutletServer] = []
        try:
            for number, outlet in enumerate(load_outlets(until), start=1):
                server = _OutletServer((f"127.0.10.{number}", port), outlet)
                port = server.server_address[1]
                self.servers.append(server)
        except OSError:
            self.close()
            raise
        self.port = port

    def __enter__(self) -> Self:
        for server in self.servers:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.5}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self.servers:
            server.shutdown()
        self.close()

    def close(self) -> None:
        """Give the addresses back."""
        for server in self.servers:
            server.server_close()

    @property
    def outlets(self) -> list[tuple[SampleOutlet, str]]:
        """Every outlet with its address."""
        return [(server.outlet, server.base) for server in self.servers]

    @property
    def hosts(self) -> frozenset[str]:
        """``host:port`` of every outlet: what a collector must be allowed to reach."""
        return frozenset(server.base.removeprefix("http://") for server in self.servers)

    def opml(self) -> str:
        """The source list of all outlets."""
        return opml(self.outlets)
