"""A web server on a loopback port, for tests: it answers what it is told to and remembers what it was asked."""

import contextlib
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """What one path answers.

    ``status``, ``headers`` and ``body`` may each differ from request to request: give a list, its last value stays.
    With ``drip``, the body is sent one byte every so many seconds; ``wait`` passes before the first byte.
    """

    body: object = b""
    status: object = 200
    headers: object = field(default_factory=dict)
    drip: float = 0.0
    wait: float = 0.0

    def at(self, name, number):
        value = getattr(self, name)
        return value[min(number, len(value) - 1)] if isinstance(value, list) else value


@dataclass
class Asked:
    """One request as it came in."""

    path: str
    headers: dict
    began: float
    ended: float = 0.0


class Site:
    """A running server. ``site.pages[path] = Page(...)``; ``site.url(path)``; ``site.asked``."""

    def __init__(self):
        self.pages = {}
        self.asked = []
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # a client that hangs up early is part of the tests
        self.host = f"127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    def url(self, path="/"):
        return f"http://{self.host}{path}"

    def html(self, path, text, **headers):
        self.pages[path] = Page(text.encode(), headers={"Content-Type": "text/html; charset=utf-8", **headers})

    def paths(self):
        """What was asked for, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def _handler(site):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            asked = Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, time.monotonic())
            with site.lock:
                number = sum(before.path == self.path for before in site.asked)
                site.asked.append(asked)
            page = site.pages.get(self.path, Page(b"nothing here", 404))
            time.sleep(page.wait)
            body, headers = page.at("body", number), page.at("headers", number)
            with contextlib.suppress(OSError):  # the client may have had enough
                self.send_response_only(page.at("status", number))
                for name, value in headers.items():
                    self.send_header(name, value)
                if not {"content-length", "transfer-encoding"} & {name.lower() for name in headers}:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self._send(body, page.drip)
            asked.ended = time.monotonic()

        def _send(self, body, drip):
            if not drip:
                self.wfile.write(body)
                return
            for i in range(len(body)):
                self.wfile.write(body[i : i + 1])
                self.wfile.flush()
                time.sleep(drip)

        def log_message(self, *args):
            pass

    return Handler


@contextlib.contextmanager
def running_site():
    """A server for the length of a ``with`` block."""
    site = Site()
    try:
        yield site
    finally:
        site.close()
