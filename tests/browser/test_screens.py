"""Every screen, found by following its links: nothing from elsewhere, no error, readable by all, in one language."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from babel.messages.pofile import read_po
from django.urls import Resolver404, resolve

import nhipcau
from tests.browser.conftest import DESKTOP, PHONE, ROOT, WITHOUT_ROLE

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
#: Screens to which no link leads, or which only show under these words.
ALSO = ("/no-such-page", "/tin-bai/?q=khongcogica", "/account/password")
EACH_VIEW = 3
FIRST_SCREEN = 250_000


def view_of(path):
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return "404"


def links(page, desk):
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    return [url.removeprefix(desk).partition("#")[0] for url in found if url.startswith(desk)]


@pytest.fixture(scope="module")
def screens(browser, desk):
    """Paths of every view that links lead to from home, three of each, and some more."""
    from tests.browser.conftest import Reader

    context = browser.new_context(viewport=DESKTOP)
    reader = Reader(context.new_page(), desk)
    reader.sign_in()
    waiting, seen = ["/", *ALSO], {}
    while waiting:
        path = waiting.pop(0)
        visited = seen.setdefault(view_of(path), [])
        if path in visited or len(visited) >= EACH_VIEW:
            continue
        visited.append(path)
        reader.open(path)
        waiting += links(reader.page, desk)
    context.close()
    expected_404 = [wrong for wrong in reader.wrong if "404" not in wrong]
    assert expected_404 == []
    return seen


def test_crawl_meets_no_error_no_stranger_and_no_stopped_content(screens):
    assert {"home", "press:articles", "press:article", "press:story", "press:digest", "press:sources"} <= set(screens)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_screens_have_no_serious_barrier(reader_of, screens, missing, viewport, theme):
    if not AXE.exists():
        missing("axe-core is not installed: npm ci", "REQUIRE_BROWSER")
    with reader_of(viewport) as reader:
        reader.sign_in()
        reader.choose("theme", theme)
        found = [barrier for paths in screens.values() for barrier in barriers(reader, paths[0])]
        reader.choose("theme", "system")
        signed_out = [barrier for path in sign_out(reader) for barrier in barriers(reader, path)]
    assert found + signed_out == []


def sign_out(reader):
    reader.page.context.clear_cookies()
    return ["/account/sign-in"]


def barriers(reader, path):
    """What axe holds against a page, serious and critical, each with the element."""
    reader.open(path)
    reader.page.evaluate(AXE.read_text())
    result = reader.page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{path} {violation['id']}: {node['html'][:150]}"
        for violation in result["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"][:3]
    ]


@pytest.mark.parametrize("size", ["normal", "large"])
def test_screens_fit_a_phone(reader_of, screens, size):
    with reader_of(PHONE) as reader:
        reader.sign_in()
        reader.choose("text_size", size)
        wide = {}
        for paths in screens.values():
            reader.open(paths[0])
            over = reader.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if over > 0:
                wide[paths[0]] = over
        reader.choose("text_size", "normal")
    assert wide == {}


def test_screens_in_vietnamese_show_no_english_of_ours(reader, screens):
    english = ours()
    found = {
        f"{path}: {text}"
        for paths in screens.values()
        for path in paths[:1]
        for text in words(reader, path)
        if english.fullmatch(text)
    }
    assert found == set()


def words(reader, path):
    """Every text that the interface itself says on a page: what stands in another language is not ours."""
    reader.open(path)
    return reader.page.evaluate(
        """() => {
            const said = [];
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const around = node.parentElement;
                if (around.closest("[lang]").lang !== "vi" || around.closest("script, style")) continue;
                said.push(node.textContent);
            }
            for (const name of ["aria-label", "title", "placeholder", "data-label", "alt"])
                for (const each of document.querySelectorAll(`[${name}]`)) said.push(each.getAttribute(name));
            return said.map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
        }"""
    )


def ours():
    """The English of our catalogue wherever Vietnamese differs, as one pattern; values in a text may be anything."""
    catalogue = Path(nhipcau.__file__).parent / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    with catalogue.open("rb") as source:
        messages = [message for message in read_po(source, locale="vi") if message.id]
    texts = set()
    for message in messages:
        originals = [message.id] if isinstance(message.id, str) else message.id
        translated = [message.string] if isinstance(message.string, str) else message.string
        texts |= {text for text in originals if text not in translated}
    parts = (re.sub(r"%\\\((\w+)\\\)[sd]", ".+", re.escape(" ".join(text.split()))) for text in texts)
    return re.compile("|".join(sorted(parts)))


@pytest.mark.parametrize("path", ["/account/sign-in", "/"])
def test_first_screen_is_light(reader_of, path):
    with reader_of() as reader:
        if path == "/":
            reader.sign_in()
        wire = reader.page.context.new_cdp_session(reader.page)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        received = []
        wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        reader.open(path)
        reader.page.wait_for_load_state("networkidle")
    assert len(received) > 5
    assert sum(received) <= FIRST_SCREEN


def test_home_without_a_role_says_what_to_do(reader_of):
    with reader_of() as reader:
        reader.sign_in(WITHOUT_ROLE)
        assert reader.page.inner_text("h1") == "Hôm nay bạn chưa giữ vai trò nào trong đơn vị"
        assert reader.page.locator(".story").count() == 0
        assert reader.wrong == []
