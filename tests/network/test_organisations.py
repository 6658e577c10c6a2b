import dataclasses
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.access import NoAccessOpenError, PermissionDeniedError, SystemActor, system
from nhipcau.audit.models import Entry
from nhipcau.network.domain.organisations import Loaded, OrganisationError, create_organisation, load_organisations
from nhipcau.network.models import Organisation, OrganisationName
from nhipcau.network.queries import organisations_on
from nhipcau.network.rows import NameRow, OrganisationRow, ParentRow
from tests.support.people import make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ACTOR = SystemActor("test")
FIRST, CHANGE, LAST = date(2020, 1, 1), date(2025, 3, 1), date(2026, 6, 30)


def name(text, begin, end=None):
    return NameRow(name_vi=text, name_en=text.upper(), valid_from=begin, valid_to=end)


def row(slug="a", **changes):
    """A body that was renamed once and ended."""
    names = (name("cũ", FIRST, CHANGE - timedelta(days=1)), name("mới", CHANGE, LAST))
    plain = OrganisationRow(slug=slug, kind="ministry", names=names, valid_from=FIRST, valid_to=LAST)
    return dataclasses.replace(plain, **changes)


def test_organisation_is_created_with_its_name_and_parent(as_system):
    ministry = make_office("Bộ Mẫu A")

    made = create_organisation(
        actor=ACTOR,
        slug="b",
        kind="embassy",
        name_vi="Cơ quan đại diện Mẫu 07",
        name_en="Sample Mission 07",
        valid_from=FIRST,
        parent=ministry,
        country="CU",
        sample=True,
        source="invented",
        confidence="high",
    )

    assert (made.country, made.sample, made.valid_to) == ("CU", True, None)
    assert [(n.name_vi, n.valid_from, n.valid_to) for n in made.names.all()] == [
        ("Cơ quan đại diện Mẫu 07", FIRST, None)
    ]
    assert [(p.parent, p.valid_from, p.valid_to) for p in made.parents.all()] == [(ministry, FIRST, None)]
    assert Entry.objects.get(object_id=made.pk, verb="network.create_organisation").organisation_id == made.pk


def test_organisation_is_named_in_the_readers_language(as_system):
    office = make_office(name_vi="Bộ Mẫu A", name_en="Sample Ministry A")
    with translation.override("en"):
        assert str(office) == "Sample Ministry A"
    with translation.override("vi"):
        assert str(office) == "Bộ Mẫu A"


def test_organisations_stand_in_vietnamese_order(as_system):
    for text in ("Bộ Đê", "Bộ Dừa", "Bộ Ân", "Bộ Ăn", "Bộ An"):
        make_office(text)

    assert [o.name_vi for o in Organisation.objects.all()] == ["Bộ An", "Bộ Ăn", "Bộ Ân", "Bộ Dừa", "Bộ Đê"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "kingdom"},
        {"slug": "not a key"},
        {"name_vi": ""},
        {"name_en": "x" * 301},
        {"valid_to": FIRST - timedelta(days=1)},
        {"confidence": "certain"},
        {"country": "CUBA"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_organisation_that_cannot_be_is_refused(as_system, wrong):
    with pytest.raises(OrganisationError, match=f"^{wrong.get('slug', 'b')}: "):
        make_office(**({"slug": "b"} | wrong))
    assert not Organisation.objects.exists()


def test_key_is_given_once(as_system):
    make_office(slug="b")
    with pytest.raises(OrganisationError, match="b: "):
        make_office(slug="b")


def test_strangers_create_no_organisation(as_system):
    office = make_office()
    administrator = make_person(office=office, roles=["office_administrator"])
    with pytest.raises(PermissionDeniedError):
        load_organisations(actor=administrator, rows=[row()])
    assert load_organisations(actor=make_person(is_system_owner=True), rows=[row()]).created == 1


def test_load_without_an_access_fails(db):
    with pytest.raises(NoAccessOpenError):
        load_organisations(actor=ACTOR, rows=[row()])


def test_load_twice_changes_nothing(as_system):
    rows = [row("a"), row("b", parents=(ParentRow(parent="a", valid_from=FIRST, valid_to=LAST),))]

    assert load_organisations(actor=ACTOR, rows=rows) == Loaded(created=2, changed=0, unchanged=0)
    entries = Entry.objects.count()
    assert load_organisations(actor=ACTOR, rows=rows) == Loaded(created=0, changed=0, unchanged=2)
    assert Entry.objects.count() == entries


def test_load_keeps_every_name_and_shows_the_last(as_system):
    load_organisations(actor=ACTOR, rows=[row()])

    body = Organisation.objects.get(slug="a")
    assert (body.name_vi, body.name_en) == ("mới", "MỚI")
    assert list(body.names.values_list("name_vi", "valid_from", "valid_to")) == [
        ("cũ", FIRST, CHANGE - timedelta(days=1)),
        ("mới", CHANGE, LAST),
    ]


def test_load_changes_what_differs_and_says_so(as_system):
    load_organisations(actor=ACTOR, rows=[row("a"), row("b")])
    ended = row("a", names=(name("cũ", FIRST, LAST),))

    assert load_organisations(actor=ACTOR, rows=[ended]) == Loaded(created=0, changed=1, unchanged=0)

    assert Organisation.objects.get(slug="a").name_vi == "cũ"
    assert OrganisationName.objects.filter(organisation__slug="a").count() == 1
    before, after = Entry.objects.get(verb="network.change_organisation").changes["names"]
    last = {"name": "mới", "name_en": "MỚI", "valid_from": "2025-03-01", "valid_to": "2026-06-30"}
    whole = {"name": "cũ", "name_en": "CŨ", "valid_from": "2020-01-01", "valid_to": "2026-06-30"}
    assert (before[1], after) == (last, [whole])


@pytest.mark.parametrize(
    "wrong",
    [
        {"names": ()},
        {"names": (name("x", CHANGE, LAST),)},
        {"names": (name("x", FIRST),)},
        {"names": (name("x", FIRST, CHANGE), name("y", CHANGE, LAST))},
        {"names": (name("x", FIRST, CHANGE - timedelta(days=2)), name("y", CHANGE, LAST))},
        {"parents": (ParentRow(parent="nobody", valid_from=FIRST),)},
        {"parents": (ParentRow(parent="a", valid_from=FIRST), ParentRow(parent="a", valid_from=CHANGE))},
    ],
    ids=["no name", "late name", "open name", "overlap", "gap", "unknown parent", "two parents"],
)
def test_row_that_cannot_be_stops_the_load_and_nothing_is_kept(as_system, wrong):
    with pytest.raises(OrganisationError, match=r"^b: "):
        load_organisations(actor=ACTOR, rows=[row("a"), row("b", **wrong)])
    assert not Organisation.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("days", [{"valid_from": LAST, "valid_to": FIRST}])
def test_database_refuses_a_life_that_ends_before_it_begins(as_system, days):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(slug="x", kind="ministry", name_vi="x", name_en="x", confidence="high", **days)


dates = st.dates(date(2024, 1, 1), date(2024, 1, 12))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=st.lists(st.tuples(dates, st.none() | dates), max_size=5), day=dates)
def test_organisations_on_a_day_are_those_that_exist_on_it_ends_included(db, lives, day):
    with transaction.atomic(), system("test"):
        expected = set()
        for number, (begin, end) in enumerate(lives):
            if end is not None and end < begin:
                continue
            make_office(slug=f"o-{number}", valid_from=begin, valid_to=end)
            if begin <= day and (end is None or day <= end):
                expected.add(f"o-{number}")

        found = {office.slug for office in organisations_on(day)}
        transaction.set_rollback(True)
    assert found == expected
