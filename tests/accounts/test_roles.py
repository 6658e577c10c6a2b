from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from nhipcau.access import NoAccessOpenError, PermissionDeniedError, SystemActor, opened, system
from nhipcau.accounts.domain.roles import MembershipError, end_membership, grant_membership, withdraw_membership
from nhipcau.accounts.models import Membership, Role
from nhipcau.accounts.queries import access_for, memberships_on
from nhipcau.audit.models import Entry
from tests.support.people import START, make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ACTOR = SystemActor("test")
DAY = timedelta(days=1)


def grant(person, office, role="drafter", valid_from=START, valid_to=None, *, actor=ACTOR):
    return grant_membership(
        actor=actor, person=person, organisation=office, role=role, valid_from=valid_from, valid_to=valid_to
    )


def test_every_role_of_the_field_can_be_held(as_system):
    person, office = make_person(), make_office()
    for role in Role:
        grant(person, office, role)
    assert set(memberships_on(person, START).values_list("role", flat=True)) == set(Role.values)
    assert len(Role.values) == 18


def test_role_is_held_from_its_first_day_to_its_last(as_system):
    person, office = make_person(), make_office()
    last = date(2026, 6, 30)
    grant(person, office, "approver", START, last)

    held = [person.holds("approver", office.pk, day) for day in (START - DAY, START, last, last + DAY)]
    assert held == [False, True, True, False]
    assert not person.holds("reviewer", office.pk, START)
    assert not person.holds("approver", make_office().pk, START)
    assert person.holds("approver", None, START)
    assert not person.holds("reviewer", None, START)


def test_grant_is_on_record_for_the_office(as_system):
    person, office = make_person(), make_office()
    grant(person, office, "approver")

    entry = Entry.objects.get(verb="accounts.grant_membership")
    assert (entry.organisation_id, entry.changes) == (
        office.pk,
        {"person": f"person:{person.pk}", "role": "approver", "valid_from": "2020-01-01", "valid_to": None},
    )


def test_administrator_grants_in_their_own_office_only(two_offices):
    ours, theirs = two_offices.ours, two_offices.theirs
    with opened(access_for(ours.administrator)):
        assert grant(theirs.drafter, ours.office, actor=ours.administrator).pk
        with pytest.raises(PermissionDeniedError):
            grant(theirs.drafter, theirs.office, "approver", actor=ours.administrator)
    with opened(access_for(ours.drafter)), pytest.raises(PermissionDeniedError):
        grant(ours.drafter, ours.office, "approver", actor=ours.drafter)


def test_system_owner_gives_nobody_a_role(as_system):
    owner = make_person(is_system_owner=True)
    with pytest.raises(PermissionDeniedError):
        grant(owner, make_office(), "approver", actor=owner)


def test_right_to_grant_ends_with_the_role(two_offices):
    ours = two_offices.ours
    with system("test"):
        held = Membership.objects.get(person=ours.administrator)
        end_membership(actor=ACTOR, membership=held, last_day=date(2025, 1, 1))
    with opened(access_for(ours.administrator)), pytest.raises(PermissionDeniedError):
        grant(ours.drafter, ours.office, "approver", actor=ours.administrator)


@pytest.mark.parametrize(
    ("valid_from", "valid_to"),
    [
        (date(2019, 12, 31), None),
        (date(2021, 1, 1), date(2020, 1, 1)),
        (date(2024, 1, 1), None),
        (date(2024, 1, 1), date(2025, 1, 2)),
    ],
    ids=["before the office", "backwards", "open beyond the office", "beyond the office"],
)
def test_role_lies_within_the_life_of_the_office(as_system, valid_from, valid_to):
    office = make_office(valid_to=date(2025, 1, 1))
    with pytest.raises(MembershipError):
        grant(make_person(), office, "drafter", valid_from, valid_to)
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "fits"),
    [
        (date(2021, 6, 1), None, False),
        (date(2020, 1, 1), date(2021, 1, 1), False),
        (date(2020, 1, 1), None, False),
        (date(2021, 12, 31), date(2022, 6, 1), False),
        (date(2020, 1, 1), date(2020, 12, 31), True),
        (date(2022, 1, 1), None, True),
    ],
)
def test_same_role_is_not_held_twice_on_a_day(as_system, valid_from, valid_to, fits):
    person, office = make_person(), make_office()
    grant(person, office, "drafter", date(2021, 1, 1), date(2021, 12, 31))
    grant(person, office, "reviewer", date(2021, 1, 1), date(2021, 12, 31))
    if fits:
        assert grant(person, office, "drafter", valid_from, valid_to).pk
        return
    with pytest.raises(MembershipError):
        grant(person, office, "drafter", valid_from, valid_to)


def test_role_that_does_not_exist_is_refused(as_system):
    with pytest.raises(MembershipError):
        grant(make_person(), make_office(), "king")


def test_role_ends_with_a_day_and_its_past_stays(as_system):
    person, office = make_person(), make_office()
    held = grant(person, office)

    end_membership(actor=ACTOR, membership=held, last_day=date(2025, 1, 1))

    assert person.holds("drafter", office.pk, date(2025, 1, 1))
    assert not person.holds("drafter", office.pk, date(2025, 1, 2))
    assert Entry.objects.get(verb="accounts.end_membership").changes == {"valid_to": [None, "2025-01-01"]}


@pytest.mark.parametrize("last_day", [START - DAY, date(2025, 1, 2)], ids=["before it began", "after it ended"])
def test_role_is_not_ended_on_a_day_outside_it(as_system, last_day):
    held = grant(make_person(), make_office(), valid_to=date(2025, 1, 1))
    with pytest.raises(MembershipError):
        end_membership(actor=ACTOR, membership=held, last_day=last_day)
    assert Membership.objects.get().valid_to == date(2025, 1, 1)


def test_database_refuses_a_role_that_ends_before_it_begins(as_system):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            person=make_person(), organisation=make_office(), role="drafter", valid_from=START, valid_to=START - DAY
        )


def test_memberships_are_seen_by_the_office_and_their_holder(two_offices):
    ours, theirs = two_offices.ours, two_offices.theirs
    with system("test"):
        left = make_person()
        grant(left, ours.office, valid_to=date(2021, 1, 1))

    def seen(person):
        with opened(access_for(person)):
            return {(m.person, m.role) for m in Membership.objects.prefetch_related("person")}

    of_ours = {(ours.drafter, "drafter"), (ours.administrator, "office_administrator"), (left, "drafter")}
    assert seen(ours.drafter) == seen(ours.administrator) == of_ours
    assert seen(theirs.drafter) == {(theirs.drafter, "drafter"), (theirs.administrator, "office_administrator")}
    assert seen(left) == {(left, "drafter")}
    with pytest.raises(NoAccessOpenError):
        Membership.objects.exists()


def test_nobody_gives_a_role_to_themselves(two_offices):
    ours = two_offices.ours
    with system("test"):
        owner = make_person(is_system_owner=True)
    for actor in (ours.administrator, owner):
        with opened(access_for(actor)), pytest.raises(PermissionDeniedError):
            grant(actor, ours.office, "coordinator" if actor == owner else "approver", actor=actor)


def test_system_owner_sets_an_office_up_and_gives_no_right_to_its_content(two_offices):
    office, person = two_offices.ours.office, two_offices.theirs.drafter
    with system("test"):
        owner = make_person(is_system_owner=True)
    granted = set()
    for role in Role.values:
        with opened(access_for(owner)):
            try:
                grant(person, office, role, actor=owner)
            except PermissionDeniedError:
                continue
            granted.add(role)
            assert Membership.objects.filter(person=person, role=role).exists()
    assert granted == {"office_administrator", "coordinator", "auditor"}


def test_office_does_not_name_its_own_auditors_and_coordinators(two_offices):
    ours = two_offices.ours
    refused = set()
    for role in Role.values:
        with opened(access_for(ours.administrator)):
            try:
                grant(make_person_quietly(), ours.office, role, actor=ours.administrator)
            except PermissionDeniedError:
                refused.add(role)
    assert refused == {"coordinator", "auditor"}
    with system("test"):
        auditor = grant(make_person(), ours.office, "auditor")
    with opened(access_for(ours.administrator)), pytest.raises(PermissionDeniedError):
        end_membership(actor=ours.administrator, membership=auditor, last_day=date(2026, 1, 1))


def make_person_quietly():
    with system("test"):
        return make_person()


def test_last_administrator_names_another_before_they_go(two_offices):
    ours = two_offices.ours
    today = timezone.localdate()
    with system("test"):
        held = Membership.objects.get(person=ours.administrator)
        other = make_person()
    with opened(access_for(ours.administrator)):
        with pytest.raises(MembershipError, match="quản trị viên"):
            end_membership(actor=ours.administrator, membership=held, last_day=today)
        grant(other, ours.office, "office_administrator", today, today, actor=ours.administrator)
        with pytest.raises(MembershipError, match="quản trị viên"):
            end_membership(actor=ours.administrator, membership=held, last_day=today)
        Membership.objects.filter(person=other).update(valid_to=None)
        end_membership(actor=ours.administrator, membership=held, last_day=today)
    with system("test"):
        assert Membership.objects.get(person=ours.administrator).valid_to == today


def test_system_owner_may_leave_an_office_without_an_administrator(two_offices):
    with system("test"):
        owner = make_person(is_system_owner=True)
        held = Membership.objects.get(person=two_offices.ours.administrator)
    with opened(access_for(owner)):
        end_membership(actor=owner, membership=held, last_day=date(2026, 1, 1))
        assert Membership.objects.get(pk=held.pk).valid_to == date(2026, 1, 1)


def test_role_that_has_not_begun_is_withdrawn_and_the_record_keeps_it(as_system):
    person, office = make_person(), make_office()
    tomorrow = timezone.localdate() + DAY
    withdraw_membership(actor=ACTOR, membership=grant(person, office, valid_from=tomorrow))

    assert not Membership.objects.exists()
    assert Entry.objects.get(verb="accounts.withdraw_membership").changes == {
        "person": person.actor_id,
        "role": "drafter",
        "valid_from": [tomorrow.isoformat(), None],
        "valid_to": [None, None],
    }
    with pytest.raises(MembershipError, match="hiệu lực"):
        withdraw_membership(actor=ACTOR, membership=grant(person, office, valid_from=tomorrow - DAY))
