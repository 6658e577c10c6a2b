from datetime import date

import pytest

from nhipcau.access import PermissionDeniedError, SystemActor, opened, system
from nhipcau.accounts.domain.focal import (
    FocalDutyError,
    add_focal_training,
    assign_focal_duty,
    change_focal_share,
    end_focal_duty,
)
from nhipcau.accounts.models import FocalDuty, FocalTraining, Membership
from nhipcau.accounts.queries import access_for
from tests.support.people import START, make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ACTOR = SystemActor("test")
CHANGE, LAST = date(2026, 3, 1), date(2026, 6, 30)


def assign(person, office, *, actor=ACTOR, **given):
    basis = {"share": 40, "valid_from": START, "number": "5/QĐ-M", "decided_on": START, "issuer": "Bộ Mẫu"}
    return assign_focal_duty(actor=actor, person=person, organisation=office, **basis | given)


def test_duty_gives_the_role_and_takes_it_again(as_system):
    person, office = make_person(), make_office()
    duty = assign(person, office)
    assert person.holds("focal_officer", office.pk, LAST)

    end_focal_duty(actor=ACTOR, duty=duty, last_day=CHANGE)

    assert person.holds("focal_officer", office.pk, CHANGE)
    assert not person.holds("focal_officer", office.pk, LAST)


def test_role_that_is_held_already_is_not_given_again(as_system):
    office = make_office()
    person = make_person(office=office, roles=["focal_officer"])
    assign(person, office)
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"share": 0},
        {"share": 101},
        {"number": ""},
        {"decided_on": None},
        {"valid_to": date(2019, 12, 31)},
        {"issuer": "x" * 301},
    ],
)
def test_duty_that_cannot_be_is_refused(as_system, given):
    with pytest.raises(FocalDutyError):
        assign(make_person(), make_office(), **given)
    assert not FocalDuty.objects.exists()


def test_nobody_is_focal_officer_of_an_office_twice_on_a_day(as_system):
    person, office = make_person(), make_office()
    assign(person, office, valid_to=CHANGE)
    with pytest.raises(FocalDutyError):
        assign(person, office, valid_from=CHANGE)


def test_share_changes_from_a_day_and_the_past_stays(as_system):
    duty = assign(make_person(), make_office(), valid_to=LAST)

    after = change_focal_share(actor=ACTOR, duty=duty, share=100, first_day=CHANGE)

    duty.refresh_from_db()
    assert (duty.share, duty.valid_to) == (40, date(2026, 2, 28))
    assert (after.share, after.valid_from, after.valid_to, after.number) == (100, CHANGE, LAST, "5/QĐ-M")
    assert after.is_full_time
    same = change_focal_share(actor=ACTOR, duty=after, share=80, first_day=CHANGE)
    assert (same.pk, same.share) == (after.pk, 80)
    with pytest.raises(FocalDutyError):
        change_focal_share(actor=ACTOR, duty=duty, share=10, first_day=LAST)


def test_only_the_office_names_its_focal_officers_and_their_courses(two_offices):
    ours, theirs = two_offices.ours, two_offices.theirs
    with opened(access_for(ours.administrator)):
        duty = assign(ours.drafter, ours.office, actor=ours.administrator)
        add_focal_training(
            actor=ours.administrator, duty=duty, course="Bồi dưỡng thông tin đối ngoại", held_from=CHANGE
        )
        with pytest.raises(FocalDutyError):
            add_focal_training(actor=ours.administrator, duty=duty, course=" ", held_from=CHANGE)
    for actor in (theirs.administrator, ours.drafter):
        with opened(access_for(actor)), pytest.raises(PermissionDeniedError):
            end_focal_duty(actor=actor, duty=duty, last_day=CHANGE)


def test_all_know_the_focal_officers_and_the_office_alone_their_courses(two_offices):
    ours, theirs = two_offices.ours, two_offices.theirs
    with system("test"):
        duty = assign(ours.drafter, ours.office)
        add_focal_training(actor=ACTOR, duty=duty, course="Bồi dưỡng", held_from=CHANGE)
    seen = {}
    for person in (ours.drafter, ours.administrator, theirs.administrator):
        with opened(access_for(person)):
            seen[person] = (FocalDuty.objects.count(), FocalTraining.objects.count())
    assert list(seen.values()) == [(1, 1), (1, 1), (1, 0)]


def test_coordinator_of_the_coordinating_ministry_knows_all_courses(two_offices):
    from nhipcau.network.models import HeldRole

    ours = two_offices.ours
    with system("test"):
        duty = assign(ours.drafter, ours.office)
        add_focal_training(actor=ACTOR, duty=duty, course="Bồi dưỡng", held_from=CHANGE)
        ministry = make_office()
        coordinator = make_person(office=ministry, roles=["coordinator"])
    seen = []
    with opened(access_for(coordinator)):
        seen.append(FocalTraining.objects.count())
    with system("test"):
        HeldRole.objects.create(
            organisation=ministry, role="coordinating_ministry", valid_from=START, source="test", confidence="high"
        )
    with opened(access_for(coordinator)):
        seen.append(FocalTraining.objects.count())
    assert seen == [0, 1]
