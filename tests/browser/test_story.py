"""A story taken apart and put together again in a browser: by keyboard alone, on a phone, without script."""

import pytest

from tests.browser.conftest import PHONE
from tests.browser.test_screens import barriers, overflow

pytestmark = [pytest.mark.browser, pytest.mark.long]


def to(page, selector):
    """Go on with the tabulator until this has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    pytest.fail(f"the tabulator does not come to {selector}")


def articles(page):
    return page.locator(".items [data-item]").count()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without"])
def test_story_is_split_and_put_together_again_by_keyboard_on_a_phone(reader_of, signed_in, script):
    with reader_of(PHONE, storage_state=signed_in, java_script_enabled=script) as reader:
        page = reader.page
        page.goto(reader.desk + "/cau-chuyen/1/")
        before, address = articles(page), page.url
        to(page, "input[name=article]")
        page.keyboard.press("Space")
        to(page, ".chosen button")
        page.keyboard.press("Enter")
        page.wait_for_url("**/tach/?article=*")
        if script:
            assert barriers(reader) == []
            assert overflow(reader) <= 0
        going = page.locator("#going + .troubles li").count()
        to(page, ".form-narrow .btn-primary")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/tach/" not in url)
        assert page.url != address
        assert page.locator(".notice-success").count() == 1
        to(page, ".corrections a[href*=hoan-tac]")
        page.keyboard.press("Enter")
        page.wait_for_url("**/hoan-tac/")
        to(page, ".form-narrow .btn-primary")
        page.keyboard.press("Enter")
        page.wait_for_url(address)

        assert 0 < going < before
        assert articles(page) == before
        assert reader.wrong == []
