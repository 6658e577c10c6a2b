"""The nation as domain.md 13 counts it."""

from collections import Counter
from datetime import date

import pytest

from nhipcau.access import SystemActor
from nhipcau.network.domain.organisations import load_organisations
from nhipcau.network.models import Kind
from nhipcau.network.nation import real_bodies, sample_offices

CENTRAL = {
    Kind.MINISTRY,
    Kind.MINISTERIAL_LEVEL_AGENCY,
    Kind.GOVERNMENT_AGENCY,
    Kind.PARTY_BODY,
    Kind.STEERING_COMMITTEE,
}
MISSIONS = {Kind.EMBASSY, Kind.CONSULATE_GENERAL, Kind.PERMANENT_MISSION, Kind.MISSION_OFFICE}


@pytest.fixture(scope="module")
def bodies():
    return list(real_bodies())


def on(bodies, day):
    return [b for b in bodies if b.valid_from <= day and (b.valid_to is None or day <= b.valid_to)]


def count(bodies, kinds):
    return sum(b.kind in kinds for b in bodies)


def test_bodies_with_history_are_515(bodies):
    assert len(bodies) == len({b.slug for b in bodies}) == 515


@pytest.mark.parametrize(
    ("day", "central", "provinces", "border"),
    [(date(2025, 2, 1), 34, 63, 25), (date(2025, 6, 30), 26, 63, 25), (date(2026, 11, 22), 26, 34, 22)],
)
def test_bodies_alive_on_a_day(bodies, day, central, provinces, border):
    alive = on(bodies, day)
    in_provinces = Counter(b.kind for b in alive if b.province)
    assert sum(not b.province and b.kind not in MISSIONS for b in alive) == central
    assert in_provinces == {
        "peoples_committee": provinces,
        "provincial_department": provinces,
        "propaganda_board": provinces,
        "friendship_union": provinces,
        "border_command": border,
    }


def test_bodies_alive_today_are_281(bodies):
    alive = on(bodies, date(2026, 11, 22))
    assert (len(alive), count(alive, MISSIONS), count(alive, {Kind.MINISTRY})) == (281, 97, 14)


def test_no_body_is_a_code_and_every_one_has_a_source(bodies):
    assert not [b.slug for b in bodies if b.slug.isdigit() or not b.source]
    assert not [b.slug for b in bodies if b.sample]


def test_every_parent_exists_while_it_is_one(bodies):
    by_key = {b.slug: b for b in bodies}
    wrong = [
        (b.slug, p.parent)
        for b in bodies
        for p in b.parents
        if by_key[p.parent].valid_from > p.valid_from
        or (by_key[p.parent].valid_to or date.max) < (p.valid_to or date.max)
    ]
    assert wrong == []


def test_province_that_became_a_city_is_the_same_unit_with_another_name(bodies):
    (committee,) = [b for b in bodies if b.slug == "thua-thien-hue-2008-peoples-committee"]
    assert [(n.name_vi, n.valid_from.isoformat(), n.valid_to and n.valid_to.isoformat()) for n in committee.names] == [
        ("Ủy ban nhân dân tỉnh Thừa Thiên Huế", "2008-08-01", "2024-12-31"),
        ("Ủy ban nhân dân thành phố Huế", "2025-01-01", None),
    ]


def test_department_changes_its_name_with_the_duty(bodies):
    (department,) = [b for b in bodies if b.slug == "cao-bang-2008-department"]
    assert [(n.name_vi, n.valid_from.isoformat()) for n in department.names] == [
        ("Sở Thông tin và Truyền thông tỉnh Cao Bằng", "2008-08-01"),
        ("Sở Văn hóa, Thể thao và Du lịch tỉnh Cao Bằng", "2025-03-01"),
    ]


def test_sample_offices_are_thirty_and_say_what_they_are():
    offices = list(sample_offices())
    assert len(offices) == 30
    assert all(o.sample and "Mẫu" in o.names[0].name_vi and "Sample" in o.names[0].name_en for o in offices)


@pytest.mark.django_db
@pytest.mark.both_databases
def test_whole_nation_loads_and_loads_again(as_system, bodies):
    rows = [*bodies, *sample_offices()]
    first = load_organisations(actor=SystemActor("test"), rows=rows)
    again = load_organisations(actor=SystemActor("test"), rows=rows)
    assert (first.created, again.unchanged) == (545, 545)


@pytest.mark.django_db
def test_loading_again_asks_the_database_the_same_few_times(as_system, django_assert_num_queries):
    rows = list(sample_offices())
    load_organisations(actor=SystemActor("test"), rows=rows)
    for some in (rows[:1], rows[:3]):
        # A savepoint and its release, organisations, names, parents and what they belong to, organisations by key.
        with django_assert_num_queries(6):
            load_organisations(actor=SystemActor("test"), rows=some)
