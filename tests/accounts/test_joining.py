from datetime import date, timedelta

import pytest
from django.utils import timezone

from nhipcau.access import PermissionDeniedError, SystemActor, opened, system
from nhipcau.accounts.domain.invitations import InvitationError, accept_invitation, invitation_by, invite
from nhipcau.accounts.domain.joining import admit_person, reinstate_person
from nhipcau.accounts.domain.leaving import dismiss_person
from nhipcau.accounts.domain.people import PersonError
from nhipcau.accounts.domain.roles import MembershipError, grant_membership
from nhipcau.accounts.models import Invitation, Membership, Person
from nhipcau.accounts.queries import access_for
from nhipcau.audit.models import Entry
from tests.support.people import PASSWORD, START, make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ACTOR = SystemActor("test")
NEW = {"email": "Moi@Example.org ", "name": "Phạm  Thị Mới", "roles": ["drafter", "reviewer"], "valid_from": START}


@pytest.fixture
def ours(two_offices):
    """Our office, with its administrator's access open."""
    with opened(access_for(two_offices.ours.administrator)):
        yield two_offices.ours


def admit(office, actor, **given):
    return admit_person(actor=actor, organisation=office, **NEW | given)


def test_administrator_admits_somebody_with_account_roles_and_invitation(ours):
    admitted = admit(ours.office, ours.administrator)

    person = admitted.person
    assert (person.email, person.name, person.is_active) == ("moi@example.org", "Phạm Thị Mới", True)
    assert not person.has_usable_password()
    assert {held.role for held in admitted.memberships} == {"drafter", "reviewer"}
    assert admitted.made
    assert invitation_by(admitted.token) == admitted.invitation
    with system("test"):
        verbs = list(
            Entry.objects.filter(organisation_id=ours.office.pk, actor_id=ours.administrator.actor_id)
            .order_by("pk")
            .values_list("verb", flat=True)
        )
    assert verbs == [
        "accounts.create_person",
        "accounts.grant_membership",
        "accounts.grant_membership",
        "accounts.invite",
    ]


def test_nobody_is_admitted_into_another_office(two_offices, ours):
    with pytest.raises(PermissionDeniedError):
        admit(two_offices.theirs.office, ours.administrator)
    with opened(access_for(ours.drafter)), pytest.raises(PermissionDeniedError):
        admit(ours.office, ours.drafter)
    assert not Person.objects.filter(email="moi@example.org").exists()


@pytest.mark.parametrize("roles", [[], ["coordinator"], ["drafter", "auditor"]])
def test_nobody_is_admitted_with_a_role_that_cannot_be_given(ours, roles):
    with pytest.raises((PermissionDeniedError, PersonError)):
        admit(ours.office, ours.administrator, roles=roles)
    assert not Person.objects.filter(email="moi@example.org").exists()


def test_somebody_from_another_office_keeps_their_account(two_offices, ours):
    them = two_offices.theirs.drafter
    admitted = admit(ours.office, ours.administrator, email=them.email, name=them.name)
    assert (admitted.person, admitted.made, admitted.invitation) == (them, False, None)
    with pytest.raises(PersonError, match=them.name):
        admit(ours.office, ours.administrator, email=them.email, name="Người Khác")


def test_system_owner_names_the_first_administrator(as_system):
    owner, office = make_person(is_system_owner=True), make_office()
    with opened(access_for(owner)):
        admitted = admit(office, owner, roles=["office_administrator"])
        assert invitation_by(admitted.token).person.email == "moi@example.org"
        with pytest.raises(PermissionDeniedError):
            admit(office, owner, email="khac@example.org", roles=["drafter"])


def test_link_is_kept_as_a_hash_and_sets_the_first_password_once(ours):
    admitted = admit(ours.office, ours.administrator)
    kept = Invitation.objects.values_list("token_hash", flat=True).get()
    assert admitted.token not in kept

    with pytest.raises(PersonError):
        accept_invitation(token=admitted.token, password="ngắn")
    person = accept_invitation(token=admitted.token, password=PASSWORD)

    assert person.check_password(PASSWORD)
    assert Invitation.objects.get().accepted_at is not None
    assert invitation_by(admitted.token) is None
    with pytest.raises(InvitationError):
        accept_invitation(token=admitted.token, password=PASSWORD + "2")
    with system("test"):
        assert Entry.objects.filter(verb="accounts.accept_invitation", actor_id=person.actor_id).count() == 1


def test_link_ends_with_its_days(ours):
    admitted = admit(ours.office, ours.administrator)
    Invitation.objects.update(expires_at=timezone.now())
    assert invitation_by(admitted.token) is None
    with pytest.raises(InvitationError):
        accept_invitation(token=admitted.token, password=PASSWORD)


def test_new_link_ends_the_one_before(ours):
    first = admit(ours.office, ours.administrator)
    _, second = invite(actor=ours.administrator, person=first.person, organisation=ours.office)
    assert invitation_by(first.token) is None
    assert invitation_by(second) is not None


def test_nobody_is_invited_who_has_a_password_or_no_role(ours):
    with pytest.raises(InvitationError):
        invite(actor=ours.administrator, person=ours.drafter, organisation=ours.office)
    with system("test"):
        nobody = make_person(password=None)
    with pytest.raises(InvitationError):
        invite(actor=ours.administrator, person=nobody, organisation=ours.office)


def test_no_office_opens_an_account_that_has_rights_in_another(two_offices, ours):
    """Otherwise whoever admits a newcomer of another office could take over what they may do there."""
    theirs = two_offices.theirs
    with opened(access_for(theirs.administrator)):
        newcomer = admit(theirs.office, theirs.administrator, roles=["approver"])
    with pytest.raises(PermissionDeniedError):
        admit(ours.office, ours.administrator, roles=["viewer"])
    grant_membership(
        actor=ours.administrator, person=newcomer.person, organisation=ours.office, role="viewer", valid_from=START
    )
    with pytest.raises(PermissionDeniedError):
        invite(actor=ours.administrator, person=newcomer.person, organisation=ours.office)
    assert invitation_by(newcomer.token) is None


def test_who_comes_back_sets_a_new_password(ours):
    yesterday = timezone.localdate() - timedelta(days=1)
    dismiss_person(actor=ours.administrator, person=ours.drafter, organisation=ours.office, last_day=yesterday)
    ours.drafter.refresh_from_db()
    assert not ours.drafter.is_active

    back = reinstate_person(
        actor=ours.administrator,
        person=ours.drafter,
        organisation=ours.office,
        roles=["drafter"],
        valid_from=timezone.localdate(),
    )

    assert back.person.is_active
    assert not back.person.check_password(PASSWORD)
    assert accept_invitation(token=back.token, password=PASSWORD + "2") == ours.drafter
    assert Membership.objects.filter(person=ours.drafter, role="drafter").count() == 2


def test_nothing_is_half_done(ours):
    with pytest.raises(MembershipError):
        admit(ours.office, ours.administrator, valid_from=date(2019, 1, 1))
    assert not Person.objects.filter(email="moi@example.org").exists()
