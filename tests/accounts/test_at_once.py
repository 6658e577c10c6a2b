"""What two people do at the same moment: neither sees the other's row, and still nothing is held twice."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from nhipcau import access
from nhipcau.access import SystemActor
from nhipcau.accounts.domain.deputies import DeputyshipError, deputise
from nhipcau.accounts.domain.invitations import InvitationError, accept_invitation
from nhipcau.accounts.domain.joining import admit_person
from nhipcau.accounts.domain.roles import MembershipError, grant_membership
from nhipcau.accounts.models import Deputyship, Membership, Person
from tests.support.people import ACTOR, PASSWORD, START, make_office, make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
TIMES = 4


def at_once(do, refused):
    """How often it was done when several do it at one moment; the others were refused with the named error."""
    start, done, failed = threading.Barrier(TIMES), [], []

    def run(place):
        start.wait()
        try:
            with access.system("test"):
                do(place)
            done.append(place)
        except refused:
            failed.append(place)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(TIMES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) + len(failed) == TIMES
    return len(done)


def test_role_is_given_once():
    with access.system("test"):
        office, person = make_office(), make_person()

    def give(place):
        first = START + timedelta(days=place)
        grant_membership(
            actor=SystemActor("test"), person=person, organisation=office, role="drafter", valid_from=first
        )

    assert at_once(give, MembershipError) == 1
    with access.system("test"):
        assert Membership.objects.filter(person=person).count() == 1


def test_deputy_is_named_once():
    with access.system("test"):
        office = make_office()
        principal = make_person(office=office, roles=["approver"])
        deputy = make_person(office=office, roles=["drafter"])

    def name(place):
        days = {"valid_from": date(2026, 3, 1 + place), "valid_to": date(2026, 3, 31)}
        people = {"principal": principal, "deputy": deputy, "organisation": office}
        deputise(actor=SystemActor("test"), role="approver", note="x", **people, **days)

    assert at_once(name, DeputyshipError) == 1
    with access.system("test"):
        assert Deputyship.objects.count() == 1


def test_link_sets_one_password():
    with access.system("test"):
        given = {"email": "moi@example.org", "name": "Phạm Thị Mới", "roles": ["drafter"], "valid_from": START}
        token = admit_person(actor=ACTOR, organisation=make_office(), **given).token

    assert at_once(lambda place: accept_invitation(token=token, password=f"{PASSWORD} {place}"), InvitationError) == 1
    with access.system("test"):
        person = Person.objects.get(email="moi@example.org")
    assert sum(person.check_password(f"{PASSWORD} {place}") for place in range(TIMES)) == 1
