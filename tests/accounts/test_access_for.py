from datetime import UTC, date, datetime

import pytest

from nhipcau.access import SystemActor
from nhipcau.accounts.domain.roles import grant_membership
from nhipcau.accounts.queries import access_for, sample_people
from tests.support.people import make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def held(as_system):
    """A drafter in January 2026, an approver from February on, in one office."""
    person, office = make_person(), make_office()
    spans = {"drafter": (date(2026, 1, 1), date(2026, 1, 31)), "approver": (date(2026, 2, 1), None)}
    for role, (begin, end) in spans.items():
        grant_membership(
            actor=SystemActor("test"), person=person, organisation=office, role=role, valid_from=begin, valid_to=end
        )
    return person, office


@pytest.mark.parametrize(
    ("at", "roles"),
    [
        # Midnight in Ha Noi is 17:00 UTC of the day before.
        (datetime(2025, 12, 31, 16, 59, tzinfo=UTC), set()),
        (datetime(2025, 12, 31, 17, 0, tzinfo=UTC), {"drafter"}),
        (datetime(2026, 1, 31, 16, 59, tzinfo=UTC), {"drafter"}),
        (datetime(2026, 1, 31, 17, 0, tzinfo=UTC), {"approver"}),
    ],
)
def test_access_holds_the_roles_of_the_day_in_viet_nam(held, at, roles):
    person, office = held

    access = access_for(person, at)

    assert access.memberships == {(role, office.pk) for role in roles}
    assert (access.actor, access.person_id, access.at, access.everything) == (person, person.pk, at, False)


def test_access_names_the_organisations_of_a_role(held):
    person, office = held
    access = access_for(person)
    assert access.organisations() == access.organisations("approver") == {office.pk}
    assert access.organisations("drafter") == frozenset()
    assert access.organisations("drafter", "approver") == {office.pk}


def test_access_is_found_without_one_being_open(two_offices):
    assert access_for(two_offices.ours.drafter).organisations() == {two_offices.ours.office.pk}


def test_sample_people_are_those_who_may_be_shown_and_sign_in(as_system):
    office = make_office()
    shown = make_person("Người Mẫu", office=office, roles=["viewer"], sample=True)
    make_person("Người Thật", office=office, roles=["viewer"])
    left = make_person("Người Mẫu Đã Nghỉ", office=office, roles=["viewer"], sample=True)
    left.is_active = False
    left.save()

    assert [held.person for held in sample_people()] == [shown]
