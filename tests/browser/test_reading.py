"""What an analyst does in the morning, in a real browser."""

import re

import pytest

from tests.browser.conftest import ANALYST, DESKTOP, PHONE
from tests.support.people import PASSWORD

pytestmark = pytest.mark.browser


def heading(reader):
    return reader.page.inner_text("h1")


def test_sign_in_by_keyboard_alone(reader_of):
    with reader_of() as reader:
        reader.open("/account/sign-in")
        keyboard = reader.page.keyboard
        keyboard.type(ANALYST)
        keyboard.press("Tab")
        keyboard.type(PASSWORD)
        keyboard.press("Enter")
        reader.page.wait_for_url(reader.desk + "/")
        assert heading(reader) == "Không có việc nào chờ bạn"
        said = reader.page.inner_text(".digest-answer strong")
        assert re.fullmatch(r"\d+ câu chuyện về Việt\s?Nam, \d+ tin bài từ \d+ nước", said)
        assert reader.wrong == []


def test_sign_in_with_a_wrong_password_says_so_and_keeps_the_address(reader_of):
    with reader_of() as reader:
        reader.open("/account/sign-in")
        reader.page.fill("[name=login]", ANALYST)
        reader.page.fill("[name=password]", "sai mật khẩu rồi")
        reader.page.keyboard.press("Enter")
        reader.page.wait_for_selector("[role=alert]")
        assert reader.page.input_value("[name=login]") == ANALYST
        assert reader.page.input_value("[name=password]") == ""


def test_demonstration_signs_in_with_one_click(reader_of):
    with reader_of(PHONE) as reader:
        reader.open("/account/sign-in")
        reader.page.click("text=Nguyễn Thị Hoài An")
        reader.page.wait_for_url(reader.desk + "/")
        assert reader.page.locator(".story").count() == 5
        assert reader.wrong == []


def test_stranger_is_led_to_sign_in_and_back(reader_of):
    with reader_of() as reader:
        reader.open("/tin-bai/")
        assert "/account/sign-in" in reader.page.url
        reader.page.fill("[name=login]", ANALYST)
        reader.page.fill("[name=password]", PASSWORD)
        reader.page.keyboard.press("Enter")
        reader.page.wait_for_url(reader.desk + "/tin-bai/")


def test_keys_search_go_and_help(reader):
    page = reader.page
    page.keyboard.press("?")
    assert page.is_visible("#keys")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("n")
    page.wait_for_url("**/nguon-tin/**")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("g")
    assert page.input_value("#find") == "g"


def test_keys_move_in_a_list_and_open(reader):
    page = reader.page
    titles = page.locator("[data-item] .story-title a")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == titles.nth(1).inner_text()
    page.keyboard.press("k")
    first = titles.nth(0).inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cau-chuyen/**")
    assert heading(reader) == first


def titles(reader):
    return [title.strip() for title in reader.page.locator("td.title a").all_inner_texts()]


def test_search_finds_words_written_without_marks(reader):
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("spater regen schmalert")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/tim/?q=*")
    reader.page.click(".found-group a[href^='/tin-bai/?']")
    reader.page.wait_for_url("**/tin-bai/?q=*")
    assert titles(reader) == ["Später Regen schmälert Vietnams Kaffee-Ernte"]


def test_filter_leaves_one_country(reader):
    reader.open("/tin-bai/?show=all")
    before = len(titles(reader))
    reader.page.select_option("[name=country]", "JP")
    reader.page.click(".filters button")
    reader.page.wait_for_url("**country=JP**")
    assert 0 < len(titles(reader)) < before
    assert set(reader.page.locator("tbody td:nth-child(3)").all_inner_texts()) == {"Nhật Bản"}


def test_filters_are_folded_on_a_phone(reader_of, signed_in):
    with reader_of(PHONE, storage_state=signed_in) as reader:
        reader.open("/tin-bai/")
        assert reader.page.is_visible("[name=q] >> nth=1")
        assert not reader.page.is_visible("[name=country]")
        reader.page.click(".filters-open")
        assert reader.page.is_visible("[name=country]")


def test_digest_leads_to_story_and_article_in_its_own_language(reader):
    reader.page.click(".page-act a")
    reader.page.wait_for_url("**/diem-bao/**")
    first = reader.page.locator(".story-title").first
    title = first.inner_text()
    first.locator("a").click()
    reader.page.wait_for_url("**/cau-chuyen/**")
    assert heading(reader) == title
    item = reader.page.locator("[data-item] a").first
    language = item.get_attribute("lang")
    item.click()
    reader.page.wait_for_url("**/tin-bai/**")
    assert reader.page.get_attribute("article", "lang") == language
    assert reader.page.locator("article p").count() > 1


@pytest.mark.parametrize(
    "viewport", [pytest.param(DESKTOP, id="desk", marks=pytest.mark.long), pytest.param(PHONE, id="phone")]
)
def test_looks_persist_and_follow_the_person(reader_of, viewport):
    with reader_of(viewport) as reader:
        reader.sign_in()
        html = reader.page.locator("html")
        reader.choose("text_size", "large")
        reader.choose("theme", "dark")
        reader.choose("language", "en")
        assert html.get_attribute("lang") == "en"
        reader.open("/")
        assert html.get_attribute("data-text") == "large"
        assert reader.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 23, 31)"
    with reader_of(viewport) as elsewhere:
        elsewhere.sign_in()
        assert elsewhere.page.locator("html").get_attribute("lang") == "en"
        assert elsewhere.page.locator("html").get_attribute("data-text") == "large"
        for name, value in (("language", "vi"), ("text_size", "normal"), ("theme", "system")):
            elsewhere.choose(name, value)
        assert elsewhere.page.locator("html").get_attribute("lang") == "vi"


def test_looks_of_a_stranger_persist_without_script(reader_of):
    with reader_of(java_script_enabled=False) as reader:
        page = reader.page
        page.goto(reader.desk + "/account/sign-in")
        page.click("button[value=en]")
        page.click("button[value=contrast]")
        page.goto(reader.desk + "/account/sign-in")
        assert page.inner_text("h1") == "Sign in"
        assert page.get_attribute("button[value=contrast]", "aria-pressed") == "true"


def test_desk_works_without_script(reader_of):
    with reader_of(java_script_enabled=False) as reader:
        page = reader.page
        page.goto(reader.desk + "/account/sign-in")
        page.fill("[name=login]", ANALYST)
        page.fill("[name=password]", PASSWORD)
        page.click(".sign-in-go")
        page.click(".page-act a")
        assert "/diem-bao/" in page.url
        page.click(".who > summary")
        page.click(".menu-who .me-out")
        assert "/account/sign-in" in page.url


def test_system_theme_follows_the_device(reader_of):
    with reader_of(color_scheme="dark") as reader:
        reader.open("/account/sign-in")
        assert reader.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 23, 31)"


def test_paper_shows_what_was_read_and_not_the_navigation(reader):
    reader.page.emulate_media(media="print")
    assert reader.page.is_visible("h1")
    assert not reader.page.is_visible(".top")
    assert not reader.page.is_visible(".strip")
    assert reader.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
