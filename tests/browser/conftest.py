import os
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.people import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ANALYST = "an@example.org"
WITHOUT_ROLE = "khong.vai@example.org"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
#: Told by the page itself when its policy stopped something, inline styles included.
WATCH_POLICY = """
window.stopped = [];
document.addEventListener("securitypolicyviolation", (e) =>
  window.stopped.push(`${e.violatedDirective} ${e.blockedURI}`));
"""


@pytest.fixture(scope="session")
def chromium_path(missing):
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return path or missing("Chromium is not installed here", "REQUIRE_BROWSER")


@pytest.fixture(scope="session")
def desk(chromium_path, missing, tmp_path_factory):
    """The address of a desk with sample items, served as on one machine."""
    with served("served.py", missing, NHIPCAU_HOME=str(tmp_path_factory.mktemp("desk")), NHIPCAU_DEMO="1") as port:
        yield f"http://127.0.0.1:{port}"


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def served(script, missing, **settings):
    """A desk on a port of its own, in a process of its own: the port, once it answers."""
    if not (ROOT / "src/nhipcau/ui/static/vendor").is_dir():
        missing("the served front-end files are not set up: make setup", "REQUIRE_BROWSER")
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "NHIPCAU_HTTPS")}
    environment |= {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "DJANGO_SETTINGS_MODULE": "nhipcau.config.settings",
    }
    command = [sys.executable, str(Path(__file__).with_name(script)), str(port)]
    with subprocess.Popen(command, env=environment | settings, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout.readline().strip() == "ready", "the desk did not start; what it said stands above"
            yield port
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def browser(chromium_path):
    """One Chromium for the tests of a file: its event loop would forbid other files' tests to use the database."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield chromium
        chromium.close()


class Reader:
    """A page, and everything on it that must not happen: errors, requests elsewhere, what the policy stopped."""

    def __init__(self, page, desk):
        self.page = page
        self.desk = desk
        self.wrong = []
        page.add_init_script(WATCH_POLICY)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("request", self._asked)

    def _heard(self, message):
        if message.type in ("error", "warning"):
            self.wrong.append(f"{message.type}: {message.text}")

    def _asked(self, request):
        if not request.url.startswith((self.desk, "data:")):
            self.wrong.append(f"elsewhere: {request.url}")

    def open(self, path):
        """The answer to ``path``, loaded with its fonts."""
        answer = self.page.goto(self.desk + path)
        self.page.evaluate("document.fonts.ready")
        self.wrong += [f"policy: {what} on {path}" for what in self.page.evaluate("window.stopped")]
        return answer

    def sign_in(self, email=ANALYST):
        self.open("/account/sign-in")
        self.page.fill("[name=login]", email)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click(".sign-in-go")
        self.page.wait_for_url(self.desk + "/")

    def choose(self, name, value):
        """Press one of the switches for text size, language or colours, wherever this width shows it."""
        button = f"button[name={name}][value={value}]"
        if not self.page.is_visible(button):
            self.page.click(".nav-more > summary")
        with self.page.expect_navigation():
            self.page.locator(f"{button} >> visible=true").first.click()


@pytest.fixture(scope="module")
def signed_in(browser, desk):
    """What the browser of a signed-in press analyst remembers, so that not every test signs in anew."""
    context = browser.new_context()
    Reader(context.new_page(), desk).sign_in()
    yield context.storage_state()
    context.close()


@pytest.fixture
def reader_of(browser, desk):
    """``with reader_of(viewport, **context) as reader:`` opens a fresh profile."""

    @contextmanager
    def opened(viewport=DESKTOP, **options):
        context = browser.new_context(viewport=viewport, locale="en-GB", **options)
        context.set_default_timeout(10_000)
        try:
            yield Reader(context.new_page(), desk)
        finally:
            context.close()

    return opened


@pytest.fixture
def reader(reader_of, signed_in):
    """A press analyst, signed in, on her front page; nothing may have gone wrong when she leaves."""
    with reader_of(storage_state=signed_in) as someone:
        someone.open("/")
        yield someone
        assert someone.wrong == []
