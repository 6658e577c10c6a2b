"""The analyst's morning, by keyboard alone: from what was collected to a digest that another person approves."""

import pytest

from tests.browser.conftest import DESKTOP
from tests.browser.test_screens import barriers
from tests.support.people import PASSWORD

pytestmark = pytest.mark.browser

ANALYST, APPROVER = "sang@example.org", "ky@example.org"
#: Items that are rewritten, and the presses that both people may need beyond typing.
HEADLINES, MOST_PRESSES = 10, 120
#: Presses the key of undoing as soon as the answer stands on the page: quicker than any hand.
UNDO_AT_ONCE = """
window.stayed = true;
document.addEventListener("htmx:afterSwap", () => setTimeout(() =>
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "z", bubbles: true }))), { once: true });
"""


class Keyboard:
    """The keys that somebody presses, counted; text that is typed is not. The mouse is never used."""

    def __init__(self, page):
        self.page, self.pressed = page, 0

    def press(self, key, *, opens=False):
        self.pressed += 1
        if not opens:
            self.page.keyboard.press(key)
            return
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def type(self, text):
        self.page.keyboard.type(text)

    def focused(self):
        return self.page.evaluate("document.activeElement.getAttribute('name') || document.activeElement.id")


def sign_in(reader, keys, email):
    reader.open("/account/sign-in")
    while keys.focused() != "login":
        keys.press("Tab")
    keys.type(email)
    while keys.focused() != "password":
        keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter", opens=True)
    reader.page.wait_for_url(reader.desk + "/")


def undecided(page):
    return int(page.inner_text("#triage-parts a:first-child .quiet"))


def told_keys(page):
    """The list of keys names those of the screen."""
    page.keyboard.press("?")
    said = page.locator("[data-screen-keys] > div").all_inner_texts()
    assert {"c\nGiữ", "b\nBỏ", "z\nHoàn tác", "e\nSoạn bản tin"} <= {text.replace("\n\n", "\n") for text in said}
    page.keyboard.press("Escape")


def keep_ten(reader, keys):
    """Keep the first ten items, one of them after leaving it out and taking that back."""
    page, left = reader.page, undecided(reader.page)
    assert left > HEADLINES
    page.evaluate(UNDO_AT_ONCE)
    keys.press("b")
    keys.press("3")
    keys.pressed += 1
    page.wait_for_selector("#said:has-text('Đã hoàn tác')")
    assert page.locator("li[data-decision=dropped]").count() == 0
    assert page.evaluate("window.stayed"), "the page was loaded anew"
    # The last three as fast as a hand can, without waiting for what becomes of the one before.
    for number in range(1, HEADLINES + 1):
        keys.press("c")
        if number < HEADLINES - 2 or number == HEADLINES:
            page.wait_for_function(
                "(left) => document.querySelector('#triage-parts .quiet').textContent === left", arg=str(left - number)
            )


def write_ten(reader, keys):
    """Write ten headlines; the last entry is moved before the ninth, and the focus ends on what submits the digest."""
    page = reader.page
    for number in range(1, HEADLINES + 1):
        page.wait_for_function(
            "(n) => document.activeElement.closest('[data-item]')?.querySelector('.story-rank').textContent === n",
            arg=str(number),
        )
        assert keys.focused() == "headline"
        keys.type(f"Tiêu đề viết lại số {number}")
        if number == HEADLINES:
            keys.press("Alt+ArrowUp")
            # Behind it stands now the one that was the ninth.
            keys.press("Enter")
        keys.press("Enter")
        page.wait_for_function(
            "(n) => document.querySelectorAll('[data-ordered-item] input[name=version][value=\"2\"]').length >= n",
            arg=number,
        )
    assert keys.focused() == "submit-digest"


def test_from_collected_items_to_an_approved_digest_by_keyboard(reader_of, record_property):
    with reader_of() as analyst:
        keys, page = Keyboard(analyst.page), analyst.page
        sign_in(analyst, keys, ANALYST)
        keys.press("g")
        keys.press("b", opens=True)
        keys.press("j")
        while page.evaluate("!document.activeElement.matches('tbody a')"):
            keys.press("j")
        keys.press("Enter", opens=True)
        digest = page.url.removeprefix(analyst.desk)
        keys.press("s", opens=True)
        looked_at(analyst)
        told_keys(page)
        keep_ten(analyst, keys)
        keys.press("e", opens=True)
        looked_at(analyst)
        write_ten(analyst, keys)
        keys.press("Enter", opens=True)
        assert "Đang thẩm định" in page.inner_text(".page-lead")
        assert analyst.wrong == []
        pressed = keys.pressed
    with reader_of() as approver:
        keys, page = Keyboard(approver.page), approver.page
        sign_in(approver, keys, APPROVER)
        keys.press("j")
        keys.press("Enter", opens=True)
        assert page.url == approver.desk + digest
        written = {f"Tiêu đề viết lại số {number}" for number in range(1, HEADLINES + 1)}
        assert set(page.locator(".story-title [lang=vi]").all_inner_texts()) == written
        looked_at(approver)
        keys.press("d")
        keys.press("Enter", opens=True)
        assert "Đã duyệt" in page.inner_text(".page-lead")
        assert approver.wrong == []
    pressed += keys.pressed
    record_property("presses", pressed)
    assert pressed < MOST_PRESSES


def looked_at(reader):
    """Nothing on the open page keeps anybody out, nor does it move sideways on a phone."""
    assert barriers(reader) == []
    reader.page.set_viewport_size({"width": 390, "height": 844})
    assert reader.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    reader.page.set_viewport_size(DESKTOP)
