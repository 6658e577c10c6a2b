import shutil
import socket
import ssl
import subprocess
import threading

import pytest

from nhipcau.newswire.fetch import Fetcher
from tests.support.loopback import running_site


@pytest.fixture
def site():
    with running_site() as running:
        yield running


@pytest.fixture
def other_site():
    with running_site() as running:
        yield running


class FakeTime:
    """A clock that moves only by the sleeps asked of it, which it remembers."""

    def __init__(self):
        self.now = 1000.0
        self.slept = []

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def fake_time():
    return FakeTime()


@pytest.fixture
def fetcher(site, other_site, fake_time):
    """Reads both sites, and waits without waiting."""
    hosts = frozenset({site.host, other_site.host})
    with Fetcher(allow_hosts=hosts, pace=0.0, clock=fake_time.clock, sleep=fake_time.sleep, timeout=5.0) as ready:
        yield ready


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate of our own making for ``newsroom.example``: its file and its key's."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed, so no certificate can be made")
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=newsroom.example "
        f"-addext subjectAltName=DNS:newsroom.example -keyout {key} -out {made}".split(),
        check=True,
        capture_output=True,
    )
    return made, key


@pytest.fixture
def tls_site(certificate):
    """The port of a server that answers ``hello`` over TLS, and a context that trusts its certificate."""
    made, key = certificate
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(made, key)
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_answer_over_tls, args=(listener, serving), daemon=True).start()
    yield listener.getsockname()[1], ssl.create_default_context(cafile=made)
    listener.close()


def _answer_over_tls(listener, serving):
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        try:
            with serving.wrap_socket(connection, server_side=True) as secured:
                secured.recv(65536)
                secured.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
        except OSError:
            connection.close()
