"""Letters by keyboard alone: one person writes, another approves and issues; nothing typed is lost without a net."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_screens import AXE, barriers

pytestmark = pytest.mark.browser

DRAFTER, APPROVER = "soan@example.org", "duyet@example.org"


def tab_to(page, selector, most=120):
    """Go on by the Tab key until what the selector names has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the Tab key does not reach {selector}")


def type_into(page, selector, text):
    tab_to(page, selector)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def press(page, selector, key="Enter"):
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press(key)


def sign_in(reader, email):
    from tests.support.people import PASSWORD

    page = reader.page
    reader.open("/account/sign-in")
    type_into(page, "[name=login]", email)
    type_into(page, "[name=password]", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_url(reader.desk + "/")


def go_to_letters(page):
    page.keyboard.press("g")
    with page.expect_navigation():
        page.keyboard.press("c")


def test_letter_is_written_found_edited_approved_and_issued_by_keyboard(reader_of):
    with reader_of() as drafter:
        page = drafter.page
        sign_in(drafter, DRAFTER)
        go_to_letters(page)
        press(page, "a[href='/cong-van/soan/']")
        type_into(page, "[name=symbol]", "CV-CTTM")
        type_into(page, "[name=place]", "Hà Nội")
        type_into(page, "[name=subject]", "mời dự hội thảo mẫu")
        type_into(page, "[name=find_text]", "so nhan")
        page.wait_for_selector("#choices input[name=add]")
        tab_to(page, "#choices input[name=add]")
        page.keyboard.press("Space")
        type_into(page, "[name=body]", "Kính mời quý cơ quan cử đại diện dự.")
        page.locator("#kept", has_text="Đã lưu").wait_for()
        press(page, ".form-end .btn-primary")
        press(page, "a[href$='/sua/']")
        type_into(page, "[name=subject]", "mời dự hội thảo mẫu lần hai")
        press(page, ".form-end .btn-primary")
        assert "mời dự hội thảo mẫu lần hai" in page.inner_text("h1")
        press(page, "form[action$='/trinh/'] button")
        assert "Đang thẩm định" in page.inner_text(".page-lead")
        assert drafter.wrong == []
    with reader_of() as approver:
        page = approver.page
        sign_in(approver, APPROVER)
        go_to_letters(page)
        press(page, "a[href='/cong-van/di/']")
        type_into(page, "main [name=q]", "hoi thao mau lan hai")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        tab_to(page, "a[href='/cong-van/di/']")
        page.keyboard.press("j")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        press(page, "form[action$='/duyet/'] button")
        press(page, "a[href$='/ban-hanh/']")
        type_into(page, "[name=post]", "Cục trưởng")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.inner_text(".paper-number") == "Số: 01/CV-CTTM"
        assert approver.wrong == []


def test_what_is_typed_without_a_net_is_kept_once_there_is_one(reader_of):
    with reader_of() as drafter:
        page = drafter.page
        drafter.sign_in(DRAFTER)
        drafter.open("/cong-van/soan/")
        page.context.set_offline(True)
        page.fill("[name=subject]", "gõ khi mất mạng")
        page.wait_for_selector("#kept-not:not([hidden])")
        page.context.set_offline(False)
        page.locator("#kept", has_text="Đã lưu").wait_for(timeout=20_000)
        assert page.is_hidden("#kept-not")
        drafter.open("/cong-van/soan/")
        assert "gõ khi mất mạng" in page.inner_text("main")
        stored = page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
        assert "mất mạng" not in stored


def test_letter_prints_as_the_administration_s_own_paper(reader_of):
    with reader_of() as drafter:
        page = drafter.page
        drafter.sign_in(DRAFTER)
        drafter.open("/cong-van/soan/")
        page.fill("[name=subject]", "bản in mẫu")
        with page.expect_navigation():
            page.click(".form-end .btn-primary")
        page.emulate_media(media="print")
        hidden = ".top, .strip, .page-head, .aside, .attached, .history, .foot"
        assert [e for e in page.locator(hidden).all() if e.is_visible()] == []
        paper = page.locator(".paper")
        assert paper.evaluate("e => getComputedStyle(e).fontFamily").startswith("Tinos")
        assert "Cộng hòa xã hội chủ nghĩa Việt Nam".upper() in paper.inner_text()


#: Every screen of letters that a drafter has; ``{}`` is the key of the letter.
SCREENS = (
    "/cong-van/",
    "/cong-van/di/",
    "/cong-van/soan/",
    "/cong-van/vao-so/",
    "/cong-van/{}/",
    "/cong-van/{}/sua/",
    "/cong-van/{}/bo/",
)


@pytest.mark.long
@pytest.mark.parametrize(("viewport", "theme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desk", "phone"])
def test_screens_of_letters_have_no_serious_barrier_and_stay_within_the_window(reader_of, viewport, theme, missing):
    if not AXE.exists():
        missing("axe-core is not installed: npm ci", "REQUIRE_BROWSER")
    found = []
    with reader_of(viewport) as drafter:
        page = drafter.page
        drafter.sign_in(DRAFTER)
        drafter.choose("theme", theme)
        drafter.open("/cong-van/soan/")
        page.fill("[name=subject]", "công văn để xem mọi màn hình")
        page.fill("[name=find_text]", "so nhan")
        page.check("#choices input[name=add]")
        page.fill("[name=body]", "Một đoạn.")
        with page.expect_navigation():
            page.click(".form-end .btn-primary")
        key = page.url.rstrip("/").rpartition("/")[2]
        page.fill("#comment-text", "Ý kiến của tôi")
        with page.expect_navigation():
            page.click(".comment-form button")
        for path in SCREENS:
            drafter.open(path.format(key))
            found += barriers(drafter)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found += [f"{path} is {wide} px too wide"] if wide > 0 else []
        drafter.choose("theme", "system")
        assert drafter.wrong == []
    assert found == []
