"""An approver goes away, names a deputy on the screen, and the deputy approves: the record says in whose name."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Reader, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Where the desk keeps its database."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def office(chromium_path, missing, home):
    """The address of a desk on which nobody needs a second factor."""
    settings = {"NHIPCAU_HOME": str(home), "NHIPCAU_FACTOR_ROLES": "none"}
    with served("served_deputy.py", missing, **settings) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def sign_in(browser, office):
    """``sign_in("duyet@example.org")``: a reader with a profile of their own."""
    contexts = []

    def as_person(email, viewport=DESKTOP):
        context = browser.new_context(viewport=viewport, locale="en-GB")
        context.set_default_timeout(10_000)
        contexts.append(context)
        reader = Reader(context.new_page(), office)
        reader.sign_in(email)
        return reader

    yield as_person
    for context in contexts:
        context.close()


def open_letter(reader, subject):
    reader.open("/cong-van/di/")
    reader.page.get_by_role("link", name=subject).first.click()
    reader.page.wait_for_load_state()


def recorded(home, verb):
    """Who did it and as whose deputy, as the audit record of the desk has it."""
    with closing(sqlite3.connect(home / "nhipcau.sqlite3")) as database:
        return database.execute(
            "SELECT actor_label, name FROM audit_entry LEFT JOIN accounts_person ON deputy_of = 'person:' || "
            "accounts_person.id WHERE verb = ?",
            [verb],
        ).fetchall()


def test_deputy_approves_in_the_name_of_the_approver(sign_in, home):
    approver = sign_in("duyet@example.org", PHONE)
    approver.open("/can-bo/toi")
    approver.page.get_by_role("link", name="Ủy quyền", exact=True).click()
    approver.page.select_option("[name=deputy]", label="Trần Văn Thay")
    approver.page.fill("[name=valid_to]", (date.today() + timedelta(days=5)).isoformat())  # noqa: DTZ011 - as typed
    approver.page.fill("[name=note]", "Đi công tác nước ngoài")
    approver.page.click("main form .btn-primary")
    assert "Trần Văn Thay" in approver.page.inner_text("#stood-in + table")
    assert approver.wrong == []

    deputy = sign_in("thay@example.org")
    deputy.open("/can-bo/toi")
    assert "Lê Thị Duyệt" in deputy.page.inner_text("#standing-in + table")

    open_letter(deputy, "Văn bản tự soạn")
    assert deputy.page.locator("main form button", has_text="Duyệt").count() == 0

    open_letter(deputy, "Văn bản người khác soạn")
    deputy.page.locator("main form button", has_text="Duyệt").click()
    deputy.page.wait_for_load_state()
    assert deputy.page.locator("main form button", has_text="Duyệt").count() == 0
    assert deputy.wrong == []
    assert recorded(home, "workspace.approve_letter") == [("Trần Văn Thay", "Lê Thị Duyệt")]

    approver.open("/can-bo/toi")
    approver.page.locator("#stood-in + table button").click()
    deputy.open("/can-bo/toi")
    assert "đã kết thúc" in deputy.page.inner_text("#standing-in + table")
