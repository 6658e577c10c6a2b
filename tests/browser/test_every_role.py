"""Every screen that any role of the demonstration reaches by following links, looked at once and by everybody's rules.

The crawl itself is the test that no link leads to an error, nothing comes from elsewhere and the policy stops nothing.
"""

from typing import NamedTuple

import pytest
from playwright.sync_api import Error

from tests.browser.conftest import DESKTOP, PHONE, Reader, served
from tests.browser.test_screens import AXE, WORDS, barriers, links, ours, overflow, view_of

#: How many screens of one view are read.
EACH_VIEW = 3
pytestmark = [pytest.mark.browser, pytest.mark.long]


class Seen(NamedTuple):
    """Who saw a screen, where it is, and what it says."""

    person: str
    path: str
    words: tuple


@pytest.fixture(scope="module")
def demo(chromium_path, missing, tmp_path_factory):
    """The address of a desk with the demonstration's people."""
    home = str(tmp_path_factory.mktemp("demo"))
    with served("served_demo.py", missing, NHIPCAU_HOME=home, NHIPCAU_DEMO="1") as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def everybody(browser, demo):
    """Name of each sample person -> what their browser remembers once they signed in with one click."""
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(f"{demo}/account/sign-in")
    names = page.locator(".demo-person strong").all_inner_texts()
    context.close()
    states = {}
    for name in names:
        context = browser.new_context(viewport=DESKTOP)
        page = context.new_page()
        page.goto(f"{demo}/account/sign-in")
        page.locator(".demo-person", has=page.get_by_text(name, exact=True)).click()
        page.wait_for_url(f"{demo}/")
        states[name] = context.storage_state()
        context.close()
    return states


@pytest.fixture(scope="module")
def seen(browser, demo, everybody):
    """View -> up to three screens of it, each seen by the first who comes by."""
    found, wrong, paths = {}, [], set()
    for person, state in everybody.items():
        context = browser.new_context(viewport=DESKTOP, storage_state=state)
        reader = Reader(context.new_page(), demo)
        waiting = ["/"]
        while waiting:
            path = waiting.pop(0)
            screens = found.setdefault(view_of(path), [])
            if path != "/" and (path in paths or len(screens) >= EACH_VIEW):
                continue
            paths.add(path)
            words = visit(reader, path)
            if words is not None:
                screens.append(Seen(person, path, tuple(words)))
                waiting += [link for link in links(reader.page, demo) if link not in ("/", path)]
        wrong += [f"{person}: {what}" for what in reader.wrong]
        context.close()
    assert wrong == []
    return found


def visit(reader, path):
    """What the screen says; None where the address answers with a file."""
    try:
        reader.open(path)
    except Error as error:
        if "Download is starting" in str(error) or "net::ERR_ABORTED" in str(error):
            return None
        raise
    return reader.page.evaluate(WORDS)


@pytest.fixture(scope="module")
def one_of_each(seen):
    return [screens[0] for screens in seen.values() if screens]


def opened_one_by_one(browser, demo, everybody, screens, *, viewport, look):
    """What ``look(reader)`` finds on each screen, as whoever saw it."""
    for person in dict.fromkeys(screen.person for screen in screens):
        context = browser.new_context(viewport=viewport, storage_state=everybody[person])
        reader = Reader(context.new_page(), demo)
        for screen in screens:
            if screen.person == person:
                reader.open(screen.path)
                yield screen, look(reader)
        context.close()


def test_every_role_is_there_and_sees_a_home_of_its_own(everybody, seen):
    assert len(everybody) >= 18
    assert {screen.person for screen in seen["home"]} == set(everybody)


def test_no_role_reads_english_of_ours_in_vietnamese(seen):
    english = ours()
    said = {(screen.path, text) for screens in seen.values() for screen in screens for text in screen.words}
    assert len(said) > 500
    assert sorted(f"{path}: {text}" for path, text in said if english.fullmatch(text)) == []


def test_no_screen_of_any_role_has_a_serious_barrier(browser, demo, everybody, one_of_each, missing):
    if not AXE.exists():
        missing("axe-core is not installed: npm ci", "REQUIRE_BROWSER")
    looked = opened_one_by_one(browser, demo, everybody, one_of_each, viewport=DESKTOP, look=barriers)
    assert [barrier for _screen, found in looked for barrier in found] == []


def test_every_screen_of_every_role_fits_a_phone(browser, demo, everybody, one_of_each):
    looked = opened_one_by_one(browser, demo, everybody, one_of_each, viewport=PHONE, look=overflow)
    assert {screen.path: over for screen, over in looked if over > 0} == {}
