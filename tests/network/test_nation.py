"""The nation as domain.md 13 counts it."""

from collections import Counter
from datetime import date
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from nhipcau.access import SystemActor
from nhipcau.network.domain.organisations import load_nation, load_organisations
from nhipcau.network.models import Kind
from nhipcau.network.nation import real_bodies, real_nation, sample_offices

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


def test_press_agencies_are_external_press_too(bodies):
    assert {b.slug for b in bodies if Kind.EXTERNAL_PRESS in {c.kind for c in b.also}} == {"vna", "vtv", "vov"}


@pytest.mark.parametrize(
    ("day", "cities"),
    [(date(2024, 12, 31), 5), (date(2025, 1, 1), 6), (date(2025, 7, 1), 6), (date(2026, 4, 30), 7)],
)
def test_centrally_run_cities_of_a_day(bodies, day, cities):
    classes = [c for b in on(bodies, day) for c in b.also if c.kind == Kind.CENTRAL_CITY]
    assert len(on(classes, day)) == cities


def test_missions_work_by_a_zone_of_their_country(bodies):
    text = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    zones = {tuple(line.split("\t")[i] for i in (0, 2)) for line in text.splitlines() if line[:1] not in ("#", "")}
    # Hong Kong is a consulate in China, with a code of its own among the zones.
    wrong = [b.slug for b in bodies if b.kind in MISSIONS and (b.country, b.time_zone) not in zones]
    assert wrong == ["consulate-hong-kong"]
    assert {b.time_zone for b in bodies if b.kind not in MISSIONS} == {"Asia/Ho_Chi_Minh"}
    assert all(ZoneInfo(b.time_zone) for b in bodies)


def test_only_missions_to_a_country_cover_one(bodies):
    covering = [b for b in bodies if b.jurisdictions]
    assert len(covering) == 93
    assert all(place.country == b.country for b in covering for place in b.jurisdictions)


def test_facts_between_bodies_have_a_source_and_speak_of_known_bodies(bodies):
    nation = real_nation()
    keys = {b.slug for b in bodies}
    facts = [*nation.successions, *nation.held_roles, *nation.members]
    assert all(fact.source and fact.confidence for fact in facts)
    assert {f.predecessor for f in nation.successions} | {f.successor for f in nation.successions} <= keys
    # Every body that ended passed to another.
    assert {b.slug for b in bodies if b.valid_to} == {f.predecessor for f in nation.successions}
    assert Counter(f.kind for f in nation.successions) == {"merge": 222, "rename": 10, "split": 4, "transfer": 3}


@pytest.mark.django_db
@pytest.mark.both_databases
def test_real_nation_loads_and_loads_again(as_system):
    first = load_nation(actor=SystemActor("test"), nation=real_nation())
    again = load_nation(actor=SystemActor("test"), nation=real_nation())
    assert (first.created, first.between) == (515, 239 + 5 + 86 + 2)
    assert (again.created, again.changed, again.unchanged, again.between) == (0, 0, 515, 0)


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
        # A savepoint and its release; organisations, names, parents and what they belong to, classes, codes, countries;
        # organisations by key.
        with django_assert_num_queries(9):
            load_organisations(actor=SystemActor("test"), rows=some)
