"""Every screen, found by following its links: nothing from elsewhere, no error, readable by all, in one language."""

import re
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from babel.messages.pofile import read_po
from django.urls import Resolver404, resolve

import nhipcau
from nhipcau.desk.look import COOKIE
from nhipcau.law.urls import urlpatterns as law_urls
from nhipcau.press.urls import urlpatterns as press_urls
from tests.browser.conftest import DESKTOP, PHONE, ROOT, WITHOUT_ROLE, Reader

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
#: Screens to which no link leads, or which only show under these words.
ALSO = (
    "/no-such-page",
    "/tin-bai/?q=khongcogica",
    "/tim/?q=lanterns",
    "/account/password",
    "/mau-giao-dien/",
    "/cau-chuyen/1/tach/",
    "/cau-chuyen/chinh-sua/1/hoan-tac/",
)
#: Routes of the press room that answer a form, or a state that no sample digest is in, or are files: no screens here.
NO_SCREENS = {
    f"press:{name}"
    for name in (
        *("story_rename", "flash_begin", "triage_choose", "entry_add", "digest_version", "digest_file"),
        *("entry_write", "entry_forget", "entry_move", "entry_remove", "digest_attach", "digest_comment"),
        *("digest_submit", "digest_withdraw", "digest_discard", "digest_send_back", "digest_approve", "digest_issue"),
        *("digest_recall", "digest_receive", "digest_notice", "notice_publish", "notice_withdraw"),
    )
}
FIRST_SCREEN = 250_000


#: Every text that the interface itself says on a page; what stands in another language is not ours.
WORDS = """() => {
    const said = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const around = node.parentElement;
        const quoted = around.closest("script, style, [translate=no]");
        if (around.closest("[lang]").lang === "vi" && !quoted) said.push(node.textContent);
    }
    for (const name of ["aria-label", "title", "placeholder", "data-label", "alt"])
        for (const each of document.querySelectorAll(`[${name}]`)) said.push(each.getAttribute(name));
    return said.map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""


def view_of(path):
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return "404"


def links(page, desk):
    """Where the links of a page lead; those that say their type lead to a file and to no screen."""
    found = page.eval_on_selector_all("a[href]:not([type])", "all => all.map(a => a.href)")
    return [url.removeprefix(desk).partition("#")[0] for url in found if url.startswith(desk)]


class Screens(NamedTuple):
    """By the path of each: what it says, what axe holds against it, by how many pixels it is too wide."""

    said: dict
    barriers: dict
    wide: dict


@pytest.fixture(scope="module")
def screens(browser, desk, signed_in, missing):
    """Every screen that links lead to from home, one address of each.

    Looked at on a wide window in light colours; that a phone with large text holds it is measured besides, and what
    axe holds against it there and in other colours is in the long tests.
    Visiting them all is the test that nothing fails, comes from elsewhere, or is stopped by the policy.
    """
    if not AXE.exists():
        missing("axe-core is not installed: npm ci", "REQUIRE_BROWSER")
    context = browser.new_context(viewport=DESKTOP, storage_state=signed_in)
    reader = Reader(context.new_page(), desk)
    waiting, seen, views = ["/", *ALSO], Screens({}, {}, {}), set()
    while waiting:
        path = waiting.pop(0)
        if view_of(path) in views:
            continue
        views.add(view_of(path))
        reader.open(path)
        waiting += links(reader.page, desk)
        seen.said[path] = reader.page.evaluate(WORDS)
        seen.barriers[path] = barriers(reader)
        seen.wide[path] = overflow(reader)
        with on_a_phone_at_night(reader.page):
            seen.wide[path] = max(seen.wide[path], overflow(reader))
    context.close()
    # Chromium reports the page that is not there as an error of its own; everything else is ours.
    assert [wrong for wrong in reader.wrong if "404 (Not Found)" not in wrong] == []
    return seen


def test_crawl_finds_every_screen(screens):
    ours = {"home", "404", "search"} | {f"press:{pattern.name}" for pattern in press_urls} - NO_SCREENS
    ours |= {f"network:{name}" for name in ("organisations", "organisation", "comparison", "held_roles")}
    ours |= {f"law:{pattern.name}" for pattern in law_urls}
    # More of signing in is looked at in test_sign_in.py: what is there depends on what a person has set up.
    ours |= {"account_change_password", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "usersessions_list"}
    ours |= {f"people:{name}" for name in ("people", "me", "person", "deputise", "focal_coverage", "focal_offices")}
    ours |= {"workspace:notices", "workspace:notice_settings", "workspace:examples", "workspace:calendar"}
    ours |= {"reporting:nationals"}
    ours |= {f"workspace:{name}" for name in ("letters", "letters_outgoing", "letter")}
    ours |= {f"programme:{name}" for name in ("directives", "directive", "tasks", "task", "task_offices")}
    ours |= {f"programme:{name}" for name in ("task_instances", "task_instance", "schemes", "scheme")}
    ours |= {f"programme:{name}" for name in ("recommendations", "recommendations_outgoing", "recommendation")}
    ours |= {f"programme:{name}" for name in ("plans", "plan_activities", "plan")}
    ours |= {f"programme:{name}" for name in ("plan_templates", "plan_template")}
    ours |= {f"reporting:{name}" for name in ("forms", "form_version", "campaigns", "reports")}
    assert {view_of(path) for path in screens.said} - {"account_logout"} == ours


def test_screens_have_no_serious_barrier(screens):
    assert [barrier for found in screens.barriers.values() for barrier in found] == []


def test_screens_stay_within_the_window(screens):
    assert {path: over for path, over in screens.wide.items() if over > 0} == {}


@pytest.mark.parametrize(
    "choice",
    [
        pytest.param((PHONE, "dark", "large"), id="phone-dark-large", marks=pytest.mark.long),
        pytest.param((PHONE, "light", "normal"), id="phone-light", marks=pytest.mark.long),
        pytest.param((DESKTOP, "dark", "large"), id="desk-dark-large", marks=pytest.mark.long),
        pytest.param((DESKTOP, "contrast", "normal"), id="desk-contrast", marks=pytest.mark.long),
    ],
)
def test_screens_are_as_good_in_other_looks(reader_of, screens, signed_in, choice):
    (viewport, theme, size), found = choice, []

    def look(reader, path):
        reader.open(path)
        found.extend(barriers(reader))
        if (over := overflow(reader)) > 0:
            found.append(f"{path} is {over} px too wide")

    with reader_of(viewport) as stranger:
        stranger.page.context.add_cookies([{"name": COOKIE, "value": f"vi.{size}.{theme}", "url": stranger.desk}])
        look(stranger, "/account/sign-in")
    with reader_of(viewport, storage_state=signed_in) as reader:
        reader.open("/")
        reader.choose("theme", theme)
        reader.choose("text_size", size)
        for path in screens.said:
            look(reader, path)
        reader.choose("text_size", "normal")
        reader.choose("theme", "system")
    assert found == []


@contextmanager
def on_a_phone_at_night(page):
    """The open page as a phone shows it in dark colours with large text, without asking for it again."""
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    page.evaluate("document.documentElement.dataset.text = 'large'")
    # Colours that are still on their way from day to night are those of neither.
    page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished)).then(() => null)")
    yield
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")


def barriers(reader, rules=None):
    """What axe holds against the open page, serious and critical, each with the element; by all rules or by some."""
    path = reader.page.url.removeprefix(reader.desk)
    reader.page.evaluate(AXE.read_text())
    options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    result = reader.page.evaluate("options => axe.run(options)", options)
    return [
        f"{path} {violation['id']}: {node['html'][:150]}"
        for violation in result["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"][:3]
    ]


def overflow(reader):
    """By how many pixels the open page is wider than the window, or something on it, unfolded, than its page."""
    return reader.page.evaluate(
        """() => {
            for (const folded of document.querySelectorAll("main details")) folded.open = true;
            const edge = document.querySelector("main").getBoundingClientRect().right;
            const rights = [...document.querySelectorAll("main *")].map((each) => each.getBoundingClientRect().right);
            return Math.max(document.documentElement.scrollWidth - window.innerWidth, ...rights.map((r) => r - edge));
        }"""
    )


def test_screens_in_vietnamese_say_no_english_of_ours(screens):
    english = ours()
    said = {(path, text) for path, words in screens.said.items() for text in words}
    assert len(said) > 200
    assert sorted(f"{path}: {text}" for path, text in said if english.fullmatch(text)) == []


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
def test_first_screen_is_light(reader_of, signed_in, path):
    with reader_of(storage_state=signed_in if path == "/" else None) as reader:
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
