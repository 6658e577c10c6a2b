"""Organisations from a sheet: created, changed from a day, ended; wrong rows named; a second run changes nothing."""

from datetime import date

import pytest
from django.db import transaction

from nhipcau.access import SystemActor
from nhipcau.documents.importing import ImportRow, importer
from nhipcau.network.importing import ORGANISATIONS, take_organisations
from nhipcau.network.models import Organisation
from tests.support.people import make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ACTOR = SystemActor("test")
START, EVE, DAY = date(2020, 1, 1), date(2025, 6, 30), date(2025, 7, 1)


def row(number, key, **values):
    given = {
        "key": key,
        "kind": "ministry",
        "name_vi": f"Bộ {key}",
        "name_en": f"Ministry {key}",
        "since": START,
        "source": "a sheet",
        "confidence": "high",
    }
    absent = dict.fromkeys(("valid_to", "parent", "country", "time_zone"))
    return ImportRow(number=number, values=absent | given | values)


def take(*rows):
    return take_organisations(actor=ACTOR, rows=rows)


def done(taken):
    assert list(taken.problems) == []
    return [(one.row, one.action) for one in taken.outcomes]


def test_import_is_offered_to_the_system_owner(as_system):
    assert importer("network.organisations") is ORGANISATIONS
    office = make_office()
    people = (make_person(is_system_owner=True), make_person(office=office, roles=["office_administrator"]))
    assert [ORGANISATIONS.may(person) for person in people] == [True, False]


def test_new_bodies_are_entered_below_each_other_in_any_order_and_once(as_system):
    rows = (row(2, "child", parent="top", kind="embassy", country="cu", time_zone="America/Havana"), row(3, "top"))

    assert done(take(*rows)) == [(2, "create"), (3, "create")]
    child = Organisation.objects.get(slug="child")
    assert (child.country, child.time_zone, child.parents.get().parent.slug) == ("CU", "America/Havana", "top")
    assert done(take(*rows)) == [(2, "same"), (3, "same")]


def test_what_differs_holds_from_the_day_in_the_row(as_system):
    take(row(2, "a"), row(3, "top"))

    changed = row(2, "a", name_vi="Bộ Mới", name_en="New", parent="top", kind="government_agency", since=DAY)
    taken = take(changed)

    assert done(taken) == [(2, "change")]
    assert len(taken.outcomes[0].changes) == 4
    body = Organisation.objects.get(slug="a")
    assert list(body.names.values_list("name_vi", "valid_from", "valid_to")) == [
        ("Bộ a", START, EVE),
        ("Bộ Mới", DAY, None),
    ]
    assert list(body.parents.values_list("valid_from", flat=True)) == [DAY]
    assert done(take(changed)) == [(2, "same")]


def test_last_day_ends_a_body_and_a_new_body_may_have_ended(as_system):
    take(row(2, "a"))
    rows = (row(2, "a", valid_to=EVE), row(3, "b", valid_to=EVE))
    assert done(take(*rows)) == [(2, "end"), (3, "create")]
    assert set(Organisation.objects.values_list("valid_to", flat=True)) == {EVE}
    assert done(take(*rows)) == [(2, "same"), (3, "same")]


def test_every_wrong_row_is_named_and_nothing_is_kept(as_system):
    with transaction.atomic():
        taken = take(
            row(2, "ok"), row(3, "x", time_zone="Mars/Olympus"), row(4, "y", name_vi="Bộ y", since=DAY, kind="q")
        )
        transaction.set_rollback(True)
    assert [(one.row, one.column) for one in taken.problems] == [(3, None), (4, None)]
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        ([row(2, "a"), row(3, "b", parent="nobody")], 3),
        ([row(2, "a", parent="b"), row(3, "b", parent="a")], 2),
        ([row(2, "not a key")], 2),
        ([row(2, "a", country="CUB")], 2),
    ],
    ids=["unknown parent", "ring", "key", "country"],
)
def test_what_would_not_be_a_tree_is_named_with_its_row(as_system, rows, number):
    with transaction.atomic():
        taken = take(*rows)
        transaction.set_rollback(True)
    assert [one.row for one in taken.problems] == [number]


def test_body_with_others_below_it_is_not_ended_and_its_cell_is_named(as_system):
    take(row(2, "top"), row(3, "below", parent="top"))
    taken = take(row(2, "top", valid_to=EVE))
    assert [(one.row, one.column) for one in taken.problems] == [(2, "valid_to")]


def test_change_on_a_day_on_which_the_body_was_not_there_is_refused(as_system):
    take(row(2, "a"))
    taken = take(row(2, "a", name_vi="Bộ Khác", since=date(2019, 1, 1)))
    assert [one.row for one in taken.problems] == [2]
