"""Every mail of sign-in, as it arrives at a real mail server."""

import re
import socket
import threading

import pytest
from allauth.account.adapter import get_adapter
from django.test import Client
from django.urls import reverse

from nhipcau.accounts.phrases import CHANGES
from nhipcau.config.mail import smtp_settings
from tests.accounts.test_mfa import app_code, holder
from tests.accounts.test_password_links import AtOnce
from tests.accounts.test_sign_in import change

pytestmark = pytest.mark.django_db


@pytest.fixture
def mails(settings, monkeypatch):
    """What has arrived."""
    from aiosmtpd.controller import Controller
    from aiosmtpd.handlers import Message

    arrived = []

    class Keep(Message):
        def handle_message(self, message):
            arrived.append(message)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(Keep(), hostname="127.0.0.1", port=port)
    controller.start()
    for name, value in smtp_settings(f"smtp://127.0.0.1:{port}").items():
        setattr(settings, name, value)
    settings.MAIL, settings.URL = True, "https://nhip-cau.example.vn"
    monkeypatch.setattr("nhipcau.accounts.adapter.Thread", AtOnce)
    yield arrived
    controller.stop()
    assert not [thread for thread in threading.enumerate() if thread.name == "mail"]


def text(message):
    return message.get_payload(decode=True).decode()


def subject(message):
    from email.header import decode_header, make_header

    return str(make_header(decode_header(message["Subject"])))


def lines(message):
    """What a mail says, without addresses on the web and of people."""
    said = [subject(message), *text(message).splitlines()]
    return [re.sub(r"https?://\S+|\S+@\S+", "", line).strip() for line in said if line.strip()]


#: Marks that Vietnamese needs and English never has: a line of any length without them is not Vietnamese.
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9àáãèéìíòóõùúýÀÁ]")


def test_every_mail_is_in_vietnamese(mails):
    person = holder("drafter", email="hoa@example.org")
    for prefix in CHANGES:
        get_adapter().send_notification_mail(prefix, person)
    Client().post(reverse("account_reset_password"), {"email": "hoa@example.org"})

    assert len(mails) == len(CHANGES) + 1
    assert [line for message in mails for line in lines(message) if line and not VIETNAMESE.search(line)] == []


def test_mail_is_in_the_language_of_its_reader(mails):
    person = holder("drafter", email="hoa@example.org", language="en")
    get_adapter().send_notification_mail("mfa/email/totp_activated", person)
    assert subject(mails[0]) == "Your account in Nhịp Cầu has changed"


@pytest.mark.django_db(transaction=True)
def test_what_opens_an_account_is_not_changed_behind_its_owners_back(mails, signed_in_client):
    person = holder("drafter", email="hoa@example.org")
    client = signed_in_client(person)
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": app_code(client.session["mfa.totp.secret"])})
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))
    change(client)

    told = [text(message).splitlines()[0] for message in mails]
    assert told == [
        "Một ứng dụng xác thực vừa được thiết lập.",
        "Mã dự phòng mới vừa được tạo; mã cũ không còn hiệu lực.",
        "Ứng dụng xác thực vừa bị bỏ.",
        "Mật khẩu vừa được đổi.",
    ]
    assert {message["X-RcptTo"] for message in mails} == {"hoa@example.org"}


def test_nothing_is_sent_where_no_mail_server_is_named(mails, settings):
    settings.MAIL = False
    get_adapter().send_notification_mail("mfa/email/totp_activated", holder("drafter"))
    assert mails == []
