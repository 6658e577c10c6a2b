from datetime import date

import pytest

from nhipcau.network.finding import found_by_name
from nhipcau.network.models import Organisation
from tests.support.people import make_office

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def offices(as_system):
    for name in ("Sở Ngoại vụ Đà Nẵng", "Sở Ngoại vụ Đà Lạt", "Bộ Dạ Nang"):
        make_office(name)
    make_office("Ban Đà Nẵng cũ", valid_to=date(2021, 1, 1))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("da nang", ["Bộ Dạ Nang", "Sở Ngoại vụ Đà Nẵng", "Ban Đà Nẵng cũ"]),
        ("ĐÀ NẴ", ["Bộ Dạ Nang", "Sở Ngoại vụ Đà Nẵng", "Ban Đà Nẵng cũ"]),
        ("so ngoai", ["Sở Ngoại vụ Đà Lạt", "Sở Ngoại vụ Đà Nẵng"]),
        ('"vu da"', ["Sở Ngoại vụ Đà Lạt", "Sở Ngoại vụ Đà Nẵng"]),
        ("ang", []),
        ("da %", ["Bộ Dạ Nang", "Sở Ngoại vụ Đà Lạt", "Sở Ngoại vụ Đà Nẵng", "Ban Đà Nẵng cũ"]),
        ("", []),
        ("?!", []),
    ],
)
def test_names_are_found_by_the_beginnings_of_words_those_that_exist_first(offices, typed, expected):
    assert [str(body) for body in found_by_name(typed)] == expected


def test_exact_search_asks_for_the_marks(offices):
    assert [str(body) for body in found_by_name("đà nẵng", exact=True)] == ["Sở Ngoại vụ Đà Nẵng", "Ban Đà Nẵng cũ"]
    assert list(found_by_name("da nang", exact=True)) == []


def test_former_name_finds_the_body_and_a_body_with_two_such_names_is_found_once(real_bodies_loaded, as_system):
    assert [body.slug for body in found_by_name('"uy ban" thua thien hue')] == ["thua-thien-hue-2008-peoples-committee"]
    assert found_by_name("cao bang").count() == Organisation.objects.filter(province="cao-bang-2008").count()
