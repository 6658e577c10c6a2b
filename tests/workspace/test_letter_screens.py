"""The screens of letters: lists ask the same however many rows there are, and what a person may do is offered."""

import pytest

from nhipcau import access
from nhipcau.workspace.models import Letter
from tests.support.letters import make_letter

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize("screen", [("/cong-van/", 12), ("/cong-van/di/", 11)])
def test_list_asks_the_same_however_many_rows(house, signed_in_client, django_assert_num_queries, screen, many):
    with access.system("test"):
        for place in range(many):
            make_letter(house.ours.office, f"Công văn {place}", state="issued", to=[house.theirs.office])
    address, number = screen
    desk = signed_in_client((house.theirs if address == "/cong-van/" else house.ours).drafter)
    desk.get(address)
    with django_assert_num_queries(number):
        page = desk.get(address).content.decode()
    assert [place for place in range(3) if f"Công văn {place}" in page] == list(range(many))


def test_list_is_searched_without_marks(house, signed_in_client):
    with access.system("test"):
        for subject in ("Hội thảo quốc tế", "Tuần lễ văn hóa"):
            make_letter(house.ours.office, subject, to=[house.theirs.office])
    page = signed_in_client(house.ours.viewer).get("/cong-van/di/", {"q": "hoi thao"}).content.decode()
    assert ("Hội thảo quốc tế" in page, "Tuần lễ văn hóa" in page) == (True, False)


def test_restricted_letter_leaves_in_no_list_made_by_who_does_not_answer_for_it(house, signed_in_client):
    with access.system("test"):
        make_letter(house.ours.office, "Công văn hạn chế", classification="restricted")
        make_letter(house.ours.office, "Công văn thường")
    answers = {
        role: signed_in_client(getattr(house.ours, role)).get("/cong-van/di/", {"export": "csv", "q": "cong van"})
        for role in ("approver", "drafter")
    }
    told = {
        role: (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(
            "utf-8-sig", "replace"
        )
        for role, answer in answers.items()
    }
    assert {role: ("hạn chế" in text, "Công văn thường" in text) for role, text in told.items()} == {
        "approver": (True, True),
        "drafter": (False, True),
    }


@pytest.mark.parametrize(
    ("state", "role", "offered"),
    [
        ("draft", "drafter", ["trinh", "sua", "bo"]),
        ("draft", "viewer", []),
        ("in_review", "reviewer", ["tra-lai"]),
        ("in_review", "approver", ["duyet", "tra-lai"]),
        ("approved", "approver", ["ban-hanh", "tra-lai"]),
        ("issued", "approver", ["thu-hoi"]),
        ("issued", "drafter", []),
    ],
)
def test_page_offers_the_steps_that_the_reader_may_take(house, signed_in_client, state, role, offered):
    with access.system("test"):
        letter = make_letter(house.ours.office, state=state, to=[house.theirs.office])
    page = signed_in_client(getattr(house.ours, role)).get(f"/cong-van/{letter.pk}/").content.decode()
    found = [
        step
        for step in ("ban-hanh", "duyet", "trinh", "sua", "tra-lai", "rut", "thu-hoi", "bo")
        if f"/{letter.pk}/{step}/" in page
    ]
    assert found == offered


def test_letter_is_written_and_taken_in_through_its_forms(house, signed_in_client):
    desk = signed_in_client(house.ours.drafter)
    data = {
        "organisation": house.ours.office.pk,
        "classification": "internal",
        "symbol": "cv-cg",
        "subject": "  Về   việc  họp ",
        "body": "Nội dung",
        "add": [house.theirs.office.pk],
    }
    foreign = desk.post("/cong-van/soan/", data | {"organisation": house.theirs.office.pk})
    made = desk.post("/cong-van/soan/", data)
    with access.system("test"):
        letter = Letter.objects.get()
    assert (foreign.status_code, made.status_code) == (200, 302)
    assert (letter.subject, letter.symbol, letter.organisation_id) == ("Về việc họp", "CV-CG", house.ours.office.pk)
    outside = {
        "organisation": house.ours.office.pk,
        "classification": "internal",
        "subject": "Thư mời",
        "sender": "Sứ quán Mẫu",
        "channel": "paper",
    }
    entered = desk.post("/cong-van/vao-so/", outside, follow=True).content.decode()
    assert "Sứ quán Mẫu" in entered
