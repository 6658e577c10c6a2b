from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau.access import PermissionDeniedError, SystemActor, opened, system
from nhipcau.accounts.domain.focal import assign_focal_duty
from nhipcau.accounts.domain.joining import admit_person
from nhipcau.accounts.domain.leaving import dismiss_person, leaving, move_person
from nhipcau.accounts.domain.roles import MembershipError, grant_membership
from nhipcau.accounts.models import Deputyship, FocalDuty, Membership
from nhipcau.accounts.queries import access_for
from nhipcau.accounts.tasks import close_accounts_of_leavers
from nhipcau.audit.models import Entry
from tests.support.deputies import make_deputy
from tests.support.people import START, make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ACTOR = SystemActor("test")
DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def office(two_offices, today):
    """Our office: the drafter is focal officer, stands in for an approver, and is an approver from next month on."""
    ours = two_offices.ours
    with system("test"):
        ours.approver = make_person(office=ours.office, roles=["approver"])
        ours.other = make_person(office=ours.office, roles=["drafter"])
        assign_focal_duty(actor=ACTOR, person=ours.drafter, organisation=ours.office, share=30, valid_from=START)
        make_deputy(ours.drafter, ours.approver, ours.office)
        make_deputy(ours.other, ours.drafter, ours.office, "drafter")
        grant_membership(
            actor=ACTOR, person=ours.drafter, organisation=ours.office, role="approver", valid_from=today + 30 * DAY
        )
    return ours


def dismiss(office, last_day, person=None, actor=None):
    return dismiss_person(
        actor=actor or office.administrator,
        person=person or office.drafter,
        organisation=office.office,
        last_day=last_day,
        reason="Nghỉ hưu",
    )


def test_preview_names_what_ends(office, today):
    with opened(access_for(office.administrator)):
        left = leaving(actor=office.administrator, person=office.drafter, organisation=office.office, last_day=today)
    assert {held.role for held in left.ended} == {"drafter", "focal_officer"}
    assert {held.role for held in left.withdrawn} == {"approver"}
    assert [held.role for held in left.stood_in] == ["drafter"]
    assert [held.role for held in left.standing_in] == ["approver"]
    assert [duty.share for duty in left.duties] == [30]
    assert (left.kept, left.elsewhere, left.closes) == ([], False, True)


def test_everything_ends_with_the_last_day_and_nothing_is_deleted(office, today):
    with opened(access_for(office.administrator)):
        dismiss(office, today)

    with system("test"):
        held = dict(Membership.objects.filter(person=office.drafter).values_list("role", "valid_to"))
        assert held == {"drafter": today, "focal_officer": today}
        assert FocalDuty.objects.get().valid_to == today
        assert set(Deputyship.objects.values_list("valid_to", flat=True)) == {today}
        assert office.drafter.holds("approver", office.office.pk, today)
        assert not office.drafter.holds("approver", office.office.pk, today + DAY)
        office.drafter.refresh_from_db()
        assert office.drafter.is_active
        entry = Entry.objects.get(verb="accounts.dismiss_person")
    assert (entry.organisation_id, entry.reason) == (office.office.pk, "Nghỉ hưu")


def test_whoever_has_left_already_is_out_at_once(office, today, signed_in_client):
    client = signed_in_client(office.drafter)
    assert client.get("/").status_code == 200

    with opened(access_for(office.administrator)):
        dismiss(office, today - DAY)

    with system("test"):
        office.drafter.refresh_from_db()
        assert not office.drafter.is_active
        assert not office.drafter.holds("approver", office.office.pk, today)
        assert Entry.objects.filter(verb="accounts.close_account").count() == 1
    assert client.get("/").status_code == 302


def test_account_is_closed_the_day_after_by_the_worker(office, today):
    with opened(access_for(office.administrator)):
        dismiss(office, today)
    assert close_accounts_of_leavers() == 0
    with system("test"):
        Membership.objects.filter(person=office.drafter).update(valid_to=today - DAY)
    assert close_accounts_of_leavers() == 1
    assert close_accounts_of_leavers() == 0
    with system("test"):
        office.drafter.refresh_from_db()
        assert not office.drafter.is_active
        office.administrator.refresh_from_db()
        assert office.administrator.is_active


def test_account_stays_open_for_another_office(two_offices, office, today):
    with system("test"):
        grant_membership(
            actor=ACTOR, person=office.drafter, organisation=two_offices.theirs.office, role="viewer", valid_from=START
        )
    with opened(access_for(office.administrator)):
        left = dismiss(office, today - DAY)
    assert (left.elsewhere, left.closes) == (True, False)
    with system("test"):
        office.drafter.refresh_from_db()
        assert office.drafter.is_active
        assert office.drafter.holds("viewer", two_offices.theirs.office.pk, today)
        assert not office.drafter.holds("drafter", office.office.pk, today)


def test_only_the_office_lets_its_people_go(two_offices, office, today):
    for actor in (two_offices.theirs.administrator, office.approver):
        with opened(access_for(actor)), pytest.raises(PermissionDeniedError):
            dismiss(office, today, actor=actor)
    with opened(access_for(office.administrator)), pytest.raises(MembershipError):
        dismiss(office, today, person=two_offices.theirs.drafter)
    with system("test"):
        assert not Membership.objects.filter(valid_to=today).exists()


def test_role_that_the_office_did_not_give_is_ended_first(office, today):
    with system("test"):
        grant_membership(
            actor=ACTOR, person=office.drafter, organisation=office.office, role="auditor", valid_from=START
        )
    with opened(access_for(office.administrator)), pytest.raises(MembershipError, match="kiểm tra nhật ký"):
        dismiss(office, today)
    with system("test"):
        assert not Membership.objects.filter(valid_to=today).exists()


def test_last_administrator_does_not_leave(office, today):
    with opened(access_for(office.administrator)), pytest.raises(MembershipError):
        dismiss(office, today, person=office.administrator)


def test_link_that_nobody_used_ends(office, today):
    with opened(access_for(office.administrator)):
        new = admit_person(
            actor=office.administrator,
            organisation=office.office,
            email="moi@example.org",
            name="Phạm Thị Mới",
            roles=["drafter"],
            valid_from=START,
        )
        dismiss(office, today, person=new.person)
        new.invitation.refresh_from_db()
        assert new.invitation.withdrawn_at is not None


def test_somebody_moves_from_one_office_to_another(office, today):
    with system("test"):
        destination = make_office()
        for role in ("office_administrator",):
            grant_membership(
                actor=ACTOR, person=office.administrator, organisation=destination, role=role, valid_from=START
            )
    given = {"origin": office.office, "destination": destination, "roles": ["drafter", "translator"]}
    with opened(access_for(office.administrator)):
        move_person(actor=office.administrator, person=office.drafter, first_day=today + DAY, **given)
    with system("test"):
        assert office.drafter.holds("drafter", office.office.pk, today)
        assert not office.drafter.holds("drafter", office.office.pk, today + DAY)
        assert not office.drafter.holds("translator", destination.pk, today)
        assert office.drafter.holds("translator", destination.pk, today + DAY)


def test_nobody_moves_somebody_into_an_office_that_they_do_not_administer(two_offices, office, today):
    theirs = two_offices.theirs
    given = {"person": office.drafter, "origin": office.office, "destination": theirs.office}
    for actor in (office.administrator, theirs.administrator):
        with opened(access_for(actor)), pytest.raises((PermissionDeniedError, MembershipError)):
            move_person(actor=actor, roles=["drafter"], first_day=today, **given)
    with system("test"):
        assert not Membership.objects.filter(organisation=theirs.office, person=office.drafter).exists()
        assert office.drafter.holds("drafter", office.office.pk, today + DAY)
