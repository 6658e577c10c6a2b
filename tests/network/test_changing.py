"""The system owner changes the network on screens: shown on the map first, then done, and only what was shown."""

import re
from datetime import date

import pytest

from nhipcau import access
from nhipcau.network.models import HeldRole, Organisation, Succession
from tests.network.test_screens import text
from tests.support.people import make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = "2025-07-01"
SAID = {"day": DAY, "source": "Nghị quyết 1", "confidence": "high"}


@pytest.fixture
def offices(db):
    with access.system("test"):
        return make_office("Cục Cũ Mẫu", slug="a"), make_office("Cục Hai Mẫu", slug="b")


@pytest.fixture
def owner(offices, signed_in_client):
    with access.system("test"):
        person = make_person(is_system_owner=True)
    return signed_in_client(person)


def body(slug):
    with access.system("test"):
        return Organisation.objects.filter(slug=slug).first()


def shown(answer):
    """What the screen would have sent back to do what it shows."""
    assert answer.status_code == 200, text(answer)
    return re.search(r'name="shown" value="([0-9a-f]{64})"', answer.content.decode()).group(1)


def do(owner, path, data):
    preview = owner.post(path, data)
    return preview, owner.post(path, data | {"shown": shown(preview)})


def test_body_is_renamed_once_it_was_shown(owner, offices):
    data = SAID | {"organisation": offices[0].pk, "name_vi": "Cục Mới Mẫu", "name_en": "New"}

    preview = owner.post("/to-chuc/doi-ten/", data)
    assert "Cục Cũ Mẫu Cục Mới Mẫu" in text(preview)
    assert body("a").name_vi == "Cục Cũ Mẫu"

    done = owner.post("/to-chuc/doi-ten/", data | {"shown": shown(preview)})
    assert (done.status_code, done["Location"]) == (302, f"/to-chuc/{offices[0].pk}/")
    assert body("a").name_vi == "Cục Mới Mẫu"


def test_what_was_changed_after_it_was_shown_is_shown_again(owner, offices):
    data = SAID | {"organisation": offices[0].pk, "name_vi": "Cục Mới Mẫu", "name_en": "New"}
    mark = shown(owner.post("/to-chuc/doi-ten/", data))

    again = owner.post("/to-chuc/doi-ten/", data | {"name_vi": "Cục Khác Mẫu", "shown": mark})

    assert "Cục Khác Mẫu" in text(again)
    assert shown(again) != mark
    assert body("a").name_vi == "Cục Cũ Mẫu"


def test_bodies_are_merged_into_a_new_one(owner, offices):
    new = {"slug": "c", "kind": "ministry", "name_vi": "Cục Ba Mẫu", "name_en": "Third"}
    preview, done = do(owner, "/to-chuc/sap-nhap/", SAID | new | {"members": [one.pk for one in offices]})

    page = text(preview)
    assert "Cục Cũ Mẫu, Sáp nhập vào Cục Ba Mẫu" in page
    assert done["Location"] == f"/to-chuc/{body('c').pk}/"
    assert [body(slug).valid_to for slug in "abc"] == [date(2025, 6, 30)] * 2 + [None]
    assert body("c").sample
    with access.system("test"):
        assert Succession.objects.count() == 2


def test_merger_asks_for_an_existing_body_or_everything_of_a_new_one(owner, offices):
    answer = owner.post("/to-chuc/sap-nhap/", SAID | {"members": [offices[0].pk]})
    assert answer.status_code == 422
    assert answer.content.decode().count("Cơ quan mới cần thông tin này") == 8

    _preview, done = do(owner, "/to-chuc/sap-nhap/", SAID | {"members": [offices[0].pk], "into": offices[1].pk})
    assert done["Location"] == f"/to-chuc/{offices[1].pk}/"


def test_body_is_moved_ended_and_given_a_role(owner, offices):
    a, b = offices
    preview, _ = do(owner, "/to-chuc/chuyen-cap-tren/", SAID | {"organisation": a.pk, "parent": b.pk})
    assert "Cục Cũ Mẫu: – Cục Hai Mẫu" in text(preview)
    role = {"role": "foreign_ministry", "basis": "NĐ 1", "organisation": a.pk}
    do(owner, "/to-chuc/giao-vai-tro/", SAID | role)
    with access.system("test"):
        assert HeldRole.objects.get().organisation == a

    refused = owner.post("/to-chuc/ket-thuc/", SAID | {"organisation": b.pk})
    assert (refused.status_code, "Cục Cũ Mẫu" in text_of(refused)) == (422, True)
    do(owner, "/to-chuc/ket-thuc/", SAID | {"organisation": a.pk, "day": "2026-01-31"})
    assert body("a").valid_to == date(2026, 1, 31)


def text_of(answer):
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def test_body_is_entered(owner):
    new = {"slug": "moi", "kind": "embassy", "name_vi": "Đại sứ quán Mẫu", "name_en": "Sample Embassy"}
    preview, _ = do(owner, "/to-chuc/nhap/", SAID | new | {"country": "cu", "time_zone": "America/Havana"})
    assert "Đại sứ quán Mẫu (Đại sứ quán)" in text(preview)
    assert (body("moi").country, body("moi").time_zone) == ("CU", "America/Havana")


def test_key_that_there_is_already_is_refused_in_words(owner):
    new = {"slug": "a", "kind": "embassy", "name_vi": "X", "name_en": "X", "time_zone": "Asia/Ho_Chi_Minh"}
    answer = owner.post("/to-chuc/nhap/", SAID | new)
    assert answer.status_code == 422
    assert "a: " in text_of(answer)


@pytest.mark.parametrize("path", ["nhap", "doi-ten", "chuyen-cap-tren", "sap-nhap", "ket-thuc", "giao-vai-tro"])
def test_forms_are_for_the_system_owner_alone(owner, offices, signed_in_client, path):
    with access.system("test"):
        other = make_person(office=offices[0], roles=["office_administrator", "coordinator"])
    stranger = signed_in_client(other)
    for method in (stranger.get, stranger.post):
        assert method(f"/to-chuc/{path}/").status_code == 403
    answer = owner.get(f"/to-chuc/{path}/?organisation={offices[0].pk}")
    assert answer.status_code == 200
    assert (f'value="{offices[0].pk}" selected' in answer.content.decode()) == (path != "nhap")


def test_whoever_may_is_offered_the_forms_and_nobody_else(owner, offices, signed_in_client):
    page = owner.get(f"/to-chuc/{offices[0].pk}/").content.decode()
    assert f"/to-chuc/doi-ten/?organisation={offices[0].pk}" in page
    assert "/to-chuc/nhap/" in owner.get("/to-chuc/").content.decode()
    with access.system("test"):
        reader = make_person(office=offices[0], roles=["viewer"])
    for path in (f"/to-chuc/{offices[0].pk}/", "/to-chuc/", "/to-chuc/vai-tro/"):
        page = signed_in_client(reader).get(path).content.decode()
        assert not re.search(r"/to-chuc/(nhap|doi-ten|sap-nhap|ket-thuc|giao-vai-tro)/", page)
