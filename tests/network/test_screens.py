"""What the screens of the network show, and how many queries they ask."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from nhipcau import access
from nhipcau.network.models import Organisation
from nhipcau.search.registry import kinds
from nhipcau.ui.places import places
from tests.support.people import make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]


@pytest.fixture
def desk(db, signed_in_client):
    with access.system("test"):
        reader = make_person("Lê Thị Đọc", office=make_office("Cục Đọc Mẫu"), roles=["viewer"])
    return signed_in_client(reader)


@pytest.fixture(scope="module")
def office_beside_them(real_bodies_loaded, django_db_blocker):
    with django_db_blocker.unblock(), access.system("test"):
        return make_office("Cục Đọc Mẫu")


@pytest.fixture
def nation(office_beside_them, db, signed_in_client):
    """A client signed in over the real bodies."""
    with access.system("test"):
        reader = make_person("Lê Thị Đọc", office=office_beside_them, roles=["viewer"])
    return signed_in_client(reader)


def text(answer):
    """The words of a page, tags and white space gone."""
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def address(slug):
    with access.system("test"):
        return reverse("network:organisation", args=[Organisation.objects.get(slug=slug).pk])


def test_tree_says_how_many_there_were_on_the_day_and_lists_them_under_their_names_then(nation):
    page = text(nation.get("/to-chuc/?on=2025-02-28"))
    assert "407 cơ quan tại ngày 28/02/2025" in page
    assert "Bộ Thông tin và Truyền thông" in page
    assert "Sở Thông tin và Truyền thông tỉnh Cao Bằng" in page

    page = text(nation.get("/to-chuc/?on=2026-11-22"))
    assert "281 cơ quan tại ngày 22/11/2026" in page
    assert "Bộ Thông tin và Truyền thông" not in page
    assert "Sở Văn hóa, Thể thao và Du lịch tỉnh Cao Bằng" in page
    assert "Và 1 cơ quan mẫu" in page


def test_tree_is_narrowed_by_name_without_marks_and_by_class(nation):
    page = text(nation.get("/to-chuc/?on=2025-06-30&q=kien giang"))
    assert "Ủy ban nhân dân tỉnh Kiên Giang" in page
    assert "Ủy ban nhân dân tỉnh An Giang" not in page

    page = text(nation.get("/to-chuc/?on=2026-11-22&kind=external_press"))
    assert "Hiện 3 cơ quan" in page
    assert "Thông tấn xã Việt Nam" in page


def test_name_of_a_body_that_is_gone_is_found_beside_the_tree(nation):
    page = text(nation.get("/to-chuc/?on=2026-11-22&q=kien giang"))
    assert "Ngày này không có cơ quan mang tên như vậy" in page
    assert "Ủy ban nhân dân tỉnh Kiên Giang 01/08/2008 – 30/06/2025" in page


def test_day_that_cannot_be_read_is_said_and_left_out(desk):
    page = text(desk.get("/to-chuc/?on=gestern"))
    assert "Tại ngày : Nhập một ngày hợp lệ" in page.replace("Tại ngày:", "Tại ngày :")


def test_tree_leads_to_the_changes_before_and_after(nation):
    page = nation.get("/to-chuc/?on=2025-06-30").content.decode()
    assert 'href="?on=2025-07-01" rel="next"' in page
    assert 'href="?on=2025-03-01" rel="prev"' in page


@pytest.mark.parametrize("many", [1, 3])
def test_tree_asks_the_same_however_many_there_are(desk, django_assert_num_queries, many):
    with access.system("test"):
        for number in range(many - 1):
            make_office(f"Bộ Mẫu {number}")
    desk.get("/to-chuc/")
    # The page itself (5); names, classes, parents (3); days of change (3).
    with django_assert_num_queries(11):
        desk.get("/to-chuc/")


def test_page_of_a_body_that_is_gone_says_who_answers_today(nation):
    page = text(nation.get(address("mic")))
    assert "Hiện nay trả lời thay: Bộ Văn hóa, Thể thao và Du lịch" in page
    assert "Nghị định 43/2025/NĐ-CP" in page
    assert "Bộ chủ trì quản lý nhà nước về thông tin đối ngoại" in page


def test_page_of_a_merged_body_shows_its_code_and_where_it_came_from(nation):
    page = text(nation.get(address("phu-tho-2025-peoples-committee")))
    for province in ("Hòa Bình", "Phú Thọ", "Vĩnh Phúc"):
        assert f"Ủy ban nhân dân tỉnh {province}" in page
    assert "Mã đơn vị hành chính của cơ quan thống kê 25" in page


def test_page_of_a_mission_shows_its_country_and_its_hour(nation):
    page = text(nation.get(address("embassy-cuba")))
    assert "America/Havana hiện là" in page
    assert "Nước sở tại Cuba" in page


def test_body_that_is_not_there_is_not_found(desk):
    assert desk.get("/to-chuc/999999/").status_code == 404


def test_comparison_of_two_days_names_who_merged_into_whom(nation):
    page = text(nation.get("/to-chuc/so-sanh/?since=2025-06-30&until=2025-07-01"))
    assert "223 cơ quan kết thúc, 104 cơ quan thành lập" in page
    assert "63 tỉnh, thành phố thành 34." in page
    assert "Ủy ban nhân dân tỉnh Kiên Giang Sáp nhập vào Ủy ban nhân dân tỉnh An Giang" in page


def test_comparison_of_a_day_with_itself_finds_nothing_and_either_order_will_do(nation):
    assert "Không có thay đổi" in text(nation.get("/to-chuc/so-sanh/?since=2025-07-01&until=2025-07-01"))
    there, back = (
        text(nation.get(f"/to-chuc/so-sanh/?since={since}&until={until}")).partition("cơ quan kết thúc")[0][-60:]
        for since, until in (("2025-02-28", "2025-03-01"), ("2025-03-01", "2025-02-28"))
    )
    assert there == back


def test_roles_are_shown_with_who_holds_them_on_the_day(nation):
    assert "Bộ Văn hóa, Thể thao và Du lịch chủ trì" in text(nation.get("/to-chuc/vai-tro/?on=2025-03-01"))
    page = text(nation.get("/to-chuc/vai-tro/?on=2025-02-28"))
    assert "Bộ Thông tin và Truyền thông chủ trì" in page
    assert "63 cơ quan, mỗi tỉnh một cơ quan" in page


def test_screens_ask_the_database_the_same_few_times(nation, django_assert_num_queries):
    for path, queries in (
        ("/to-chuc/so-sanh/?since=2025-06-30&until=2025-07-01", 12),
        ("/to-chuc/vai-tro/", 6),
        (address("mofa"), 20),
        (address("cao-bang-2008-department"), 20),
    ):
        with django_assert_num_queries(queries):
            nation.get(path)


def test_places_and_the_search_know_the_network(nation, as_system):
    assert {place.view for place in places() if place.group == "network"} >= {
        "network:organisations",
        "network:held_roles",
    }
    (kind,) = [kind for kind in kinds() if kind.name == "network.organisations"]
    (found,) = kind.find("so van hoa cao bang")
    assert (kind.label(found), kind.note(found)) == ("Sở Văn hóa, Thể thao và Du lịch tỉnh Cao Bằng", "Sở")
    assert kind.url(found) == f"/to-chuc/{found.pk}/"
    assert kind.everything("cao bằng") == "/to-chuc/?q=cao+b%E1%BA%B1ng"


def test_days_of_a_body_are_written_as_people_write_them(nation):
    with access.system("test"):
        make_office("Bộ Đã Hết Mẫu", slug="gone", valid_to=date(2021, 5, 3))
    assert "01/01/2020 – 03/05/2021" in text(nation.get(address("gone")))
