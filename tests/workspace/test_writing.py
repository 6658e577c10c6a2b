"""While a letter is written: nothing typed is lost, who writes is known, two who saved are told what differs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.workspace.domain.errors import WrongStateError
from nhipcau.workspace.domain.writing import IDLE, begin_writing, sweep_unsaved, take_over_writing
from nhipcau.workspace.models import EditLock, Letter, Notice, UnsavedText
from tests.support.letters import make_letter

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def letter(house):
    with access.system("test"):
        return make_letter(house.ours.office, to=[house.theirs.office], drafter=house.ours.drafter)


def form(house, letter, version=1, **fields):
    given = {
        "version": version,
        "organisation": house.ours.office.pk,
        "classification": "internal",
        "symbol": letter.symbol,
        "place": letter.place,
        "subject": letter.subject,
        "body": letter.body,
        "archive_line": "",
        "to": [house.theirs.office.pk],
        f"purpose-{house.theirs.office.pk}": "action",
        f"due-{house.theirs.office.pk}": "",
    }
    return given | fields


def test_what_is_typed_is_kept_and_there_again_until_it_is_saved(house, letter, signed_in_client):
    desk, address = signed_in_client(house.ours.drafter), f"/cong-van/{letter.pk}/sua/"
    kept = desk.post(f"/cong-van/{letter.pk}/luu-tam/", form(house, letter, body="Đang gõ dở"))

    assert kept.content.decode().startswith("Đã lưu ")
    assert "Đang gõ dở" in desk.get(address).content.decode()
    assert "Đang gõ dở" not in signed_in_client(house.ours.focal_officer).get(address).content.decode()
    assert desk.post(address, form(house, letter, body="Đã gõ xong")).status_code == 302
    with access.system("test"):
        assert not UnsavedText.objects.exists()
        assert Letter.objects.get(pk=letter.pk).body == "Đã gõ xong"


def test_new_letter_is_kept_under_the_key_of_its_form(house, signed_in_client):
    desk = signed_in_client(house.ours.drafter)
    for key, subject in (("one", "Công văn thứ nhất"), ("two", "Công văn thứ hai")):
        desk.post("/cong-van/soan/luu-tam/", {"key": key, "subject": subject, "to": [house.theirs.office.pk]})
    begun = desk.get("/cong-van/soan/").content.decode()
    page = desk.get("/cong-van/soan/?key=one").content.decode()

    assert "Công văn thứ nhất" in begun and "Công văn thứ hai" in begun  # noqa: PT018
    assert ("Công văn thứ nhất" in page, "Công văn thứ hai" in page, "Sở Nhận Mẫu" in page) == (True, False, True)
    desk.post("/cong-van/soan/bo-luu-tam/", {"key": "one"})
    assert "Công văn thứ nhất" not in desk.get("/cong-van/soan/").content.decode()


def test_text_of_a_stranger_s_letter_is_not_kept(house, letter, signed_in_client):
    for person, status in ((house.apart.drafter, 404), (house.ours.viewer, 403)):
        answer = signed_in_client(person).post(f"/cong-van/{letter.pk}/luu-tam/", form(house, letter))
        assert answer.status_code == status
    with access.system("test"):
        assert not UnsavedText.objects.exists()


def test_second_writer_is_told_who_writes_and_takes_over_from_who_left(house, letter, opened_for):
    first, second = house.ours.drafter, house.ours.focal_officer
    with opened_for(first):
        assert begin_writing(actor=first, target=letter) is None
    with opened_for(second):
        other = begin_writing(actor=second, target=letter)
        assert (other.person, other.idle) == (first, False)
        with pytest.raises(WrongStateError):
            take_over_writing(actor=second, target=letter)
        EditLock.objects.update(seen_at=timezone.now() - IDLE)
        assert begin_writing(actor=second, target=letter).idle
        take_over_writing(actor=second, target=letter)
        assert begin_writing(actor=second, target=letter) is None
    with access.system("test"):
        assert Notice.objects.get(kind="workspace.takeover").person == first
    with opened_for(house.ours.viewer), pytest.raises(PermissionDeniedError):
        begin_writing(actor=house.ours.viewer, target=letter)


def test_two_who_saved_are_shown_what_differs_and_nothing_is_lost(house, letter, signed_in_client):
    address = f"/cong-van/{letter.pk}/sua/"
    theirs = form(house, letter, subject="Trích yếu của người kia", place="Huế")
    mine = form(house, letter, subject="Trích yếu của tôi", archive_line="VT, TTĐN")
    assert signed_in_client(house.ours.focal_officer).post(address, theirs).status_code == 302
    desk = signed_in_client(house.ours.drafter)
    answer = desk.post(address, mine)
    page = answer.content.decode()

    assert answer.status_code == 409
    found = {one.field: (one.theirs, one.mine, one.both) for one in answer.context["differences"]}
    assert found == {
        "subject": ("Trích yếu của người kia", "Trích yếu của tôi", True),
        "place": ("Huế", "Hà Nội", False),
    }
    shown = answer.context["form"]
    assert [shown[name].value() for name in ("subject", "place", "archive_line")] == [
        "Trích yếu của tôi",
        "Huế",
        "VT, TTĐN",
    ]
    assert 'name="version" value="2"' in page
    again = {name: shown[name].value() for name in ("subject", "place", "archive_line")}
    assert desk.post(address, form(house, letter, version=2) | again).status_code == 302
    with access.system("test"):
        saved = Letter.objects.get(pk=letter.pk)
        assert (saved.version, saved.subject, saved.place) == (3, "Trích yếu của tôi", "Huế")


def test_form_that_comes_back_with_an_error_keeps_the_version_it_was_opened_with(house, letter, signed_in_client):
    address = f"/cong-van/{letter.pk}/sua/"
    signed_in_client(house.ours.focal_officer).post(address, form(house, letter, subject="Của người kia"))
    desk = signed_in_client(house.ours.drafter)
    wrong = desk.post(address, form(house, letter, subject=""))

    assert 'name="version" value="1"' in wrong.content.decode()
    assert desk.post(address, form(house, letter, subject="Của tôi")).status_code == 409


def test_unsaved_text_goes_after_thirty_days(house, letter, signed_in_client):
    signed_in_client(house.ours.drafter).post(f"/cong-van/{letter.pk}/luu-tam/", form(house, letter))
    with access.system("test"):
        assert sweep_unsaved() == 0
        UnsavedText.objects.update(saved_at=timezone.now() - timedelta(days=31))
        assert sweep_unsaved() == 1
