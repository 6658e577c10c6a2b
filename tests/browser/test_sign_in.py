"""Every way in, in a real browser: against a real OpenID provider, a real mail server and a virtual security key."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Reader, free_port, served
from tests.browser.test_screens import AXE, WORDS, barriers, ours, overflow
from tests.support.people import PASSWORD

pytestmark = pytest.mark.browser

NEW = "một câu khác hẳn câu cũ"


class Door(Reader):
    """A reader who signs in, step by step."""

    def give_password(self, key, password=PASSWORD):
        self.open("/account/sign-in")
        self.page.fill("[name=login]", f"{key}@example.org")
        self.page.fill("[name=password]", password)
        self.page.click("form:has([name=password]) .sign-in-go")

    def leave(self):
        self.open("/account/sign-out")
        self.page.click("main form button")
        self.page.wait_for_url("**/account/sign-in")

    def give_code(self, code):
        self.page.fill("[name=code]", code)
        self.page.click("form:has([name=code]) button")

    def heading(self):
        return self.page.inner_text("h1")

    def at(self, path):
        self.page.wait_for_url(self.desk + path)

    def set_up_app(self):
        """Set up the authenticator app; its secret."""
        self.page.click("text=Thiết lập ứng dụng")
        secret = self.page.inner_text(".secret")
        self.give_code(code(secret))
        self.at("/tai-khoan/bao-mat/ma-du-phong")
        return secret


def code(secret, step=0):
    """The code that an app shows now, or one step of 30 seconds later or earlier."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


@pytest.fixture(scope="module")
def provider():
    """The organisation's own sign-in service: one identity with a verified address, others without."""
    port = free_port()
    claims = [
        {"sub": "danh-tinh-1", "email": "OIDC@example.org", "email_verified": True, "name": "Hoàng Văn Danh"},
        {"sub": "danh-tinh-2", "email": "lien@example.org", "email_verified": False},
        {"sub": "danh-tinh-3", "email": "nguoi.la@example.org", "email_verified": True},
    ]
    given = [part for each in claims for part in ("--user-claims", json.dumps(each))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *given]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{url}/.well-known/openid-configuration").close()
                break
            except OSError:
                time.sleep(0.1)
        yield url
        process.terminate()


@pytest.fixture(scope="module")
def mails():
    """What arrives at the mail server; ``mails.port`` is where it listens."""
    from aiosmtpd.controller import Controller
    from aiosmtpd.handlers import Message

    class Kept(list):
        port = free_port()

    kept = Kept()

    class Keep(Message):
        def handle_message(self, message):
            kept.append(message)

    controller = Controller(Keep(), hostname="127.0.0.1", port=kept.port)
    controller.start()
    yield kept
    controller.stop()


@pytest.fixture(scope="module")
def door_settings(provider, mails, tmp_path_factory):
    return {
        "NHIPCAU_HOME": str(tmp_path_factory.mktemp("door")),
        "NHIPCAU_OIDC_SERVER": provider,
        "NHIPCAU_OIDC_CLIENT_ID": "nhip-cau",
        "NHIPCAU_OIDC_SECRET": "bi-mat",
        "NHIPCAU_OIDC_NAME": "Cổng định danh Mẫu",
        "NHIPCAU_SMTP_URL": f"smtp://127.0.0.1:{mails.port}",
    }


@pytest.fixture(scope="module")
def door(chromium_path, missing, door_settings):
    """The address of a desk, by the name that passkeys need."""
    with served("served_door.py", missing, **door_settings) as port:
        yield f"http://localhost:{port}"


@pytest.fixture
def at_the_door(browser, door):
    """``with at_the_door() as reader:`` opens a fresh profile in front of the door."""

    @contextmanager
    def opened(viewport=DESKTOP, **options):
        context = browser.new_context(viewport=viewport, locale="en-GB", **options)
        context.set_default_timeout(10_000)
        context.route(re.compile(r"^https?://(?!localhost|127\.0\.0\.1)"), lambda route: route.abort())
        try:
            yield Door(context.new_page(), door)
        finally:
            context.close()

    return opened


def virtual_key(page):
    """A security key that is always touched and knows its owner; Chromium pretends to have it plugged in."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return wire, wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def test_role_that_asks_for_a_factor_has_one_set_up_first_and_asks_for_it_at_every_sign_in(at_the_door):
    with at_the_door() as reader:
        reader.give_password("duyet")
        reader.at("/tai-khoan/bao-mat/can-lam-truoc")
        reader.open("/tin-bai/")
        assert reader.heading() == "Trước hết hãy bật xác thực hai yếu tố"

        secret = reader.set_up_app()
        assert reader.heading() == "Còn 10 mã dự phòng"
        codes = reader.page.locator(".codes li").all_inner_texts()
        reader.open("/tin-bai/")
        assert reader.page.url.endswith("/tin-bai/")
        reader.leave()

        reader.give_password("duyet")
        reader.at("/tai-khoan/buoc-hai")
        reader.open("/tin-bai/")
        assert "/account/sign-in" in reader.page.url or "/buoc-hai" in reader.page.url
        reader.open("/tai-khoan/buoc-hai")
        used = code(secret)
        reader.give_code(used)
        reader.at("/")
        reader.leave()

        reader.give_password("duyet")
        reader.give_code(used)
        reader.page.wait_for_selector("[role=alert]")
        assert "Mã không đúng." in reader.page.inner_text("[role=alert]")
        reader.give_code(codes[0])
        reader.at("/")
        reader.leave()

        reader.give_password("duyet")
        reader.give_code(codes[0])
        reader.page.wait_for_selector("[role=alert]")
        reader.give_code(codes[1])
        reader.at("/")
        assert reader.wrong == []


def test_passkey_signs_in_alone_and_as_second_factor_and_proves_who_sits_there(at_the_door):
    with at_the_door() as reader:
        virtual_key(reader.page)
        reader.give_password("khoa")
        reader.at("/tai-khoan/bao-mat/can-lam-truoc")
        reader.page.click("text=Thêm khóa")
        reader.page.fill("[name=name]", "Máy ở cơ quan")
        reader.page.click("[data-go]")
        reader.at("/tai-khoan/bao-mat/ma-du-phong")
        reader.open("/tai-khoan/bao-mat")
        assert "Máy ở cơ quan đăng nhập không cần mật khẩu" in reader.page.inner_text(".factor-keys")
        reader.leave()

        reader.open("/account/sign-in?next=/tin-bai/")
        reader.page.click("text=Đăng nhập bằng khóa truy cập")
        reader.at("/tin-bai/")
        reader.leave()

        reader.give_password("khoa")
        reader.at("/tai-khoan/buoc-hai")
        reader.page.click("[data-go]")
        reader.at("/")

        reader.open("/tai-khoan/xac-nhan/khoa?next=/tai-khoan/phien")
        reader.page.click("[data-go]")
        reader.at("/tai-khoan/phien")

        reader.open("/tai-khoan/bao-mat")
        reader.page.click("text=Đổi tên")
        reader.page.fill("[name=name]", "Khóa cũ")
        reader.page.click("main form .btn-primary")
        reader.page.click(".factor-links a:last-child")
        assert reader.heading() == "Bỏ khóa Khóa cũ?"
        reader.page.click("main form .btn-primary")
        assert "Vai trò của bạn bắt buộc" in reader.page.inner_text("[role=alert]")
        assert reader.wrong == []


def test_device_without_a_key_says_so_and_the_password_still_stands_there(at_the_door):
    with at_the_door(PHONE) as reader:
        wire, key = virtual_key(reader.page)
        wire.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
        reader.open("/account/sign-in")
        reader.page.click("text=Đăng nhập bằng khóa truy cập")
        reader.page.wait_for_selector("[data-say=failed]:not([hidden])")
        assert reader.page.is_enabled("[data-go]")
        assert reader.page.is_visible("[name=password]")


def sign_in_at(reader, subject):
    reader.page.wait_for_url("**/oauth2/authorize**")
    reader.page.fill("[name=sub]", subject)
    reader.page.click("text=Authorize >> nth=-1")


def test_identity_with_a_verified_address_signs_its_person_in(at_the_door):
    with at_the_door() as reader:
        reader.open("/account/sign-in?next=/tin-bai/")
        reader.page.click("text=Đăng nhập bằng Cổng định danh Mẫu")
        sign_in_at(reader, "danh-tinh-1")
        reader.at("/tin-bai/")
        assert reader.page.inner_text(".who-person") == "Hoàng Văn Danh"
        reader.open("/tai-khoan/bao-mat")
        assert "oidc@example.org" in reader.page.inner_text(".factor-keys").lower()
        reader.leave()
        reader.give_password("oidc")
        reader.at("/")


@pytest.mark.parametrize("subject", ["danh-tinh-2", "danh-tinh-3"], ids=["not verified", "nobody here"])
def test_other_identities_sign_nobody_in(at_the_door, subject):
    with at_the_door() as reader:
        reader.open("/account/sign-in")
        reader.page.click("text=Đăng nhập bằng Cổng định danh Mẫu")
        sign_in_at(reader, subject)
        reader.at("/account/sign-in")
        assert "Không có tài khoản nào ở đây dùng danh tính đó" in reader.page.inner_text("[role=alert]")
        reader.open("/tin-bai/")
        assert "/account/sign-in" in reader.page.url


@pytest.mark.long
def test_identity_is_connected_by_hand_and_disconnected(at_the_door):
    with at_the_door() as reader:
        reader.give_password("lien")
        reader.at("/")
        reader.open("/tai-khoan/bao-mat")
        reader.page.click("text=Liên kết >> nth=-1")
        sign_in_at(reader, "danh-tinh-2")
        reader.at("/tai-khoan/bao-mat")
        assert "Đã liên kết danh tính." in reader.page.inner_text(".notice")
        reader.leave()
        reader.page.click("text=Đăng nhập bằng Cổng định danh Mẫu")
        sign_in_at(reader, "danh-tinh-2")
        reader.at("/")
        assert reader.page.inner_text(".who-person") == "Vũ Thị Liên"
        reader.open("/tai-khoan/bao-mat")
        reader.page.click("text=Bỏ liên kết")
        assert "Đã bỏ liên kết danh tính." in reader.page.inner_text(".notice")


def test_identity_refused_at_the_provider_leads_back(at_the_door):
    with at_the_door() as reader:
        reader.open("/account/sign-in")
        reader.page.click("text=Đăng nhập bằng Cổng định danh Mẫu")
        reader.page.wait_for_url("**/oauth2/authorize**")
        reader.page.click("text=Deny")
        reader.at("/account/sign-in")
        # This provider forgets to send the state back, so nobody can tell whose refusal it is.
        assert "Không hỏi được dịch vụ đăng nhập" in reader.page.inner_text("[role=alert]")


def test_session_elsewhere_is_ended(at_the_door):
    with at_the_door() as here, at_the_door(PHONE) as elsewhere:
        for reader in (elsewhere, here):
            reader.give_password("phien")
            reader.at("/")
        here.open("/tai-khoan/phien")
        assert here.heading() == "Bạn đang đăng nhập ở 2 nơi"
        here.page.click("tbody button")
        here.page.wait_for_selector(".notice-success")
        assert here.heading() == "Bạn đang đăng nhập ở 1 nơi"
        elsewhere.open("/tin-bai/")
        assert "/account/sign-in" in elsewhere.page.url
        assert here.wrong == []


def test_lost_password_is_set_by_a_link_in_a_mail(at_the_door, door, mails):
    with at_the_door() as reader:
        reader.open("/account/sign-in")
        reader.page.click("text=Quên mật khẩu")
        reader.page.fill("[name=email]", "quen@example.org")
        reader.page.click("text=Gửi đường dẫn")
        reader.at("/tai-khoan/quen-mat-khau/da-gui")
        for _ in range(100):
            if mails:
                break
            time.sleep(0.1)
        body = mails[-1].get_payload(decode=True).decode()
        assert mails[-1]["X-RcptTo"] == "quen@example.org"
        path = re.search(r"https?://[^/\s]+(/\S+)", body)[1]
        reader.open(path)
        reader.page.fill("[name=password1]", NEW)
        reader.page.fill("[name=password2]", NEW)
        reader.page.click("main form .btn-primary")
        reader.at("/account/sign-in")
        reader.give_password("quen", NEW)
        reader.at("/")
        reader.leave()
        reader.open(path)
        assert reader.heading() == "Đường dẫn này không còn dùng được"
        assert reader.wrong == []


def test_guessing_closes_the_account_for_a_while(at_the_door):
    with at_the_door() as reader:
        for _ in range(5):
            reader.give_password("nham", "sai mật khẩu rồi")
            assert "không đúng" in reader.page.inner_text("[role=alert]")
        reader.give_password("nham")
        assert "Đăng nhập sai quá nhiều lần." in reader.page.inner_text("[role=alert]")


@pytest.mark.long
def test_proof_is_asked_for_again_after_a_while_and_the_form_goes_on(at_the_door, door_settings, missing, browser):
    """Another process serves the same people, and believes a proof for three seconds only."""
    with (
        served("served_door.py", missing, **door_settings, NHIPCAU_REAUTHENTICATION_MINUTES="0.05") as port,
        at_the_door() as reader,
    ):
        reader.desk = f"http://localhost:{port}"
        reader.give_password("ban")
        reader.at("/")
        time.sleep(3.2)
        reader.open("/tai-khoan/bao-mat/ung-dung")
        assert reader.heading() == "Xác nhận đúng là bạn"
        reader.page.fill("[name=password]", "sai mật khẩu rồi")
        reader.page.click("main form .btn-primary")
        assert "Mật khẩu không đúng." in reader.page.inner_text("[role=alert]")
        reader.page.fill("[name=password]", PASSWORD)
        reader.page.click("main form .btn-primary")
        reader.at("/tai-khoan/bao-mat/ung-dung")
        assert reader.heading() == "Thiết lập ứng dụng xác thực"
        assert reader.wrong == []


@pytest.mark.parametrize(
    "viewport",
    [
        pytest.param(DESKTOP, id="desk", marks=pytest.mark.long),
        pytest.param(PHONE, id="phone", marks=pytest.mark.long),
    ],
)
def test_every_screen_is_in_vietnamese_within_the_window_and_without_barrier(at_the_door, missing, viewport):
    if not AXE.exists():
        missing("axe-core is not installed: npm ci", "REQUIRE_BROWSER")
    english, found = ours(), []

    def look(reader, path):
        reader.open(path)
        path = reader.page.url.removeprefix(reader.desk)
        found.extend(f"{path}: {text}" for text in reader.page.evaluate(WORDS) if english.fullmatch(text))
        found.extend(barriers(reader))
        if (over := overflow(reader)) > 0:
            found.append(f"{path}: {over} px too wide")
        if folder := os.environ.get("KEEP_SCREENS"):
            name = re.sub(r"\W+", "-", path)
            reader.page.screenshot(path=f"{folder}/{name}-{viewport['width']}.png", full_page=True)

    key = "xem" if viewport == DESKTOP else "ngam"
    with at_the_door(viewport) as reader:
        virtual_key(reader.page)
        for path in ("/account/sign-in", "/tai-khoan/quen-mat-khau", "/tai-khoan/quen-mat-khau/da-gui"):
            look(reader, path)
        look(reader, "/tai-khoan/mat-khau-moi/1/x-y")
        reader.give_password(key)
        look(reader, "/tai-khoan/bao-mat/can-lam-truoc")
        look(reader, "/tai-khoan/bao-mat/khoa")
        look(reader, "/tai-khoan/bao-mat/ung-dung")
        reader.give_code(code(reader.page.inner_text(".secret")))
        reader.open("/tai-khoan/bao-mat/khoa")
        reader.page.click("[data-go]")
        reader.at("/tai-khoan/bao-mat")
        links = reader.page.eval_on_selector_all("main a", "all => all.map((a) => a.getAttribute('href'))")
        for path in ("/tai-khoan/bao-mat", *links, "/tai-khoan/bao-mat/ma-du-phong/tao"):
            look(reader, path)
        for path in ("/tai-khoan/xac-nhan/mat-khau", "/tai-khoan/xac-nhan/ma", "/tai-khoan/xac-nhan/khoa"):
            look(reader, path)
        reader.leave()
        reader.give_password(key)
        look(reader, "/tai-khoan/buoc-hai")
        assert len(english.pattern) > 1000
    assert "\n".join(sorted(set(found))) == ""
    assert reader.wrong == []
