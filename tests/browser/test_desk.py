"""Home, the palette and the search as people use them: by keyboard, on a phone, with a real browser."""

import pytest

from tests.browser.conftest import PHONE, ROOT

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def chosen(page):
    return page.eval_on_selector('#palette [aria-selected="true"]', "option => option.textContent.trim()")


def test_palette_goes_to_a_place_by_keyboard(reader):
    page = reader.page
    page.keyboard.press("Control+k")
    page.wait_for_selector('#palette [role="option"]')
    page.keyboard.type("tin bai")
    page.wait_for_function("""() => {
        const first = document.querySelector('#palette [aria-selected="true"]');
        return first && first.dataset.url === "/tin-bai/";
    }""")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tin-bai/")


def test_palette_names_the_option_that_is_chosen_to_screen_readers(reader):
    page = reader.page
    page.keyboard.press("Control+k")
    page.wait_for_selector('#palette [aria-selected="true"]')
    before = chosen(page)
    page.keyboard.press("ArrowDown")
    active = page.get_attribute("#palette-box", "aria-activedescendant")
    assert page.eval_on_selector(f"#{active}", "option => option.textContent.trim()") == chosen(page) != before
    page.keyboard.press("Escape")
    assert page.locator("#palette[open]").count() == 0


def test_palette_has_no_serious_barrier(reader, missing):
    if not AXE.exists():
        missing("axe-core is not installed: npm ci", "REQUIRE_BROWSER")
    page = reader.page
    page.keyboard.press("Control+k")
    page.wait_for_selector('#palette [aria-selected="true"]')
    page.evaluate(AXE.read_text())
    result = page.evaluate("axe.run('#palette', {resultTypes: ['violations']})")
    serious = [one for one in result["violations"] if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"][:150]) for one in serious] == []


def test_palette_finds_what_was_written_and_leads_to_all_of_it(reader):
    page = reader.page
    page.click('[data-open="palette"]')
    page.keyboard.type("lanterns")
    # What stands there while one still types leads to all of the first letters.
    page.wait_for_selector('#palette-all[data-url$="q=lanterns"]')
    assert "Hoi An lights 10,000 lanterns" in page.inner_text("#palette-list")
    page.keyboard.press("End")
    page.click("#palette-all")
    page.wait_for_url("**/tim/?q=lanterns")
    assert "lanterns" in page.inner_text("h1")


def test_palette_remembers_what_was_seen_in_this_tab(reader):
    page = reader.page
    page.click(".story-title a")
    title = page.inner_text("h1")
    reader.open("/")
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette-seen-0")
    assert page.inner_text("#palette-seen-0") == title


def test_g_and_a_letter_go_to_a_place_of_the_menu(reader):
    page = reader.page
    page.keyboard.press("g")
    page.keyboard.press("n")
    page.wait_for_url("**/nguon-tin/")


def test_bar_of_a_phone_holds_four_places_and_more(reader_of, signed_in):
    with reader_of(PHONE, storage_state=signed_in) as someone:
        someone.open("/")
        shown = someone.page.locator(".places > .place:visible")
        assert shown.count() <= 4
        someone.page.click(".nav-more > summary")
        assert someone.page.is_visible('.menu-more a[href="/nguon-tin/"]')
        width = someone.page.evaluate("document.documentElement.scrollWidth")
        assert (width, someone.wrong) == (PHONE["width"], [])


def test_search_works_without_script(reader_of, signed_in):
    with reader_of(storage_state=signed_in, java_script_enabled=False) as someone:
        page = someone.page
        page.goto(someone.desk + "/")
        page.fill("#find", "lanterns")
        page.press("#find", "Enter")
        page.wait_for_url("**/tim/?q=lanterns")
        assert page.locator(".hit-name").count() > 0
