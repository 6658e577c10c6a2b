from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.access import PermissionDeniedError, SystemActor, opened, system
from nhipcau.access.rights import require
from nhipcau.accounts.domain.deputies import DeputyshipError, deputise, take_back_deputyship
from nhipcau.accounts.domain.roles import (
    MembershipError,
    end_membership,
    grant_membership,
    withdraw_membership,
)
from nhipcau.accounts.models import Deputyship, Membership, Role
from nhipcau.accounts.queries import access_for
from nhipcau.audit.models import Entry
from tests.support.deputies import make_deputy
from tests.support.people import START, make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ACTOR = SystemActor("test")
DAY = timedelta(days=1)
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


@pytest.fixture
def office(as_system):
    return make_office()


@pytest.fixture
def approver(office):
    return make_person("Trần Thị Duyệt", office=office, roles=["approver"])


@pytest.fixture
def drafter(office):
    return make_person("Lê Văn Thảo", office=office, roles=["drafter"])


def stand_in(deputy, principal, office, role="approver", *, actor=ACTOR, **given):
    basis = {"valid_from": FIRST, "valid_to": LAST, "note": "Đi công tác"}
    return deputise(actor=actor, principal=principal, deputy=deputy, organisation=office, role=role, **basis | given)


def test_deputy_holds_the_role_from_the_first_day_to_the_last(office, approver, drafter):
    stand_in(drafter, approver, office)

    held = [drafter.holds("approver", office.pk, day) for day in (FIRST - DAY, FIRST, LAST, LAST + DAY)]
    assert held == [False, True, True, False]
    assert drafter.holds("approver", None, FIRST)
    assert not drafter.holds("approver", make_office().pk, FIRST)
    assert drafter.stands_in_for(FIRST) == [approver.actor_id]
    assert drafter.stands_in_for(LAST + DAY) == approver.stands_in_for(FIRST) == []


def test_access_of_a_deputy_counts_the_role_on_the_day_in_viet_nam(office, approver, drafter):
    stand_in(drafter, approver, office)
    at = timezone.make_aware(timezone.datetime(2026, 3, 31, 23, 59))

    during, after = access_for(drafter, at), access_for(drafter, at + timedelta(minutes=1))

    assert during.memberships == {("drafter", office.pk), ("approver", office.pk)}
    assert during.deputised == {("approver", office.pk): (approver.actor_id,)}
    assert (after.memberships, after.deputised) == ({("drafter", office.pk)}, {})


def test_access_is_found_in_one_query(office, approver, drafter, django_assert_num_queries):
    make_deputy(drafter, approver, office)
    with django_assert_num_queries(1):
        access = access_for(drafter)
    with opened(access), django_assert_num_queries(0):
        assert drafter.holds("approver", office.pk, timezone.localdate())
        assert drafter.stands_in_for(timezone.localdate()) == [approver.actor_id]


def test_own_role_is_no_deputyship(office, approver):
    other = make_person(office=office, roles=["approver"])
    make_deputy(other, approver, office)
    assert access_for(other).deputised == {}


def test_two_principals_of_one_role_are_both_named(office, approver, drafter):
    other = make_person(office=office, roles=["approver"])
    make_deputy(drafter, other, office)
    make_deputy(drafter, approver, office)
    assert access_for(drafter).deputised == {("approver", office.pk): (approver.actor_id, other.actor_id)}


def test_deputyship_ends_with_the_role(office, approver, drafter):
    stand_in(drafter, approver, office)
    later = stand_in(drafter, approver, office, valid_from=date(2026, 5, 1), valid_to=date(2026, 5, 2))

    end_membership(actor=ACTOR, membership=Membership.objects.get(role="approver"), last_day=date(2026, 3, 10))

    running = Deputyship.objects.exclude(pk=later.pk).get()
    later.refresh_from_db()
    assert (running.valid_to, running.ended_at) == (date(2026, 3, 10), None)
    assert (later.valid_from, later.ended_at is not None) == (date(2026, 5, 1), True)
    assert not drafter.holds("approver", office.pk, date(2026, 3, 11))
    assert Entry.objects.filter(verb="accounts.shorten_deputyship").count() == 2


def test_deputyship_gives_nothing_where_the_role_is_gone_in_any_other_way(office, approver, drafter):
    stand_in(drafter, approver, office)
    Membership.objects.filter(role="approver").update(valid_to=date(2026, 3, 10))
    assert drafter.holds("approver", office.pk, date(2026, 3, 10))
    assert not drafter.holds("approver", office.pk, date(2026, 3, 11))


def test_deputyship_stays_where_the_role_goes_on(office, approver, drafter):
    held = Membership.objects.get(role="approver")
    end_membership(actor=ACTOR, membership=held, last_day=date(2026, 12, 31))
    grant_membership(actor=ACTOR, person=approver, organisation=office, role="approver", valid_from=date(2027, 1, 1))
    across = stand_in(drafter, approver, office, valid_from=date(2026, 12, 1), valid_to=date(2027, 1, 31))

    assert [drafter.holds("approver", office.pk, day) for day in (across.valid_from, across.valid_to)] == [True, True]
    with pytest.raises(MembershipError, match="hiệu lực"):
        withdraw_membership(actor=ACTOR, membership=held)
    withdraw_membership(actor=ACTOR, membership=Membership.objects.get(valid_from=date(2027, 1, 1)))
    across.refresh_from_db()
    assert across.valid_to == date(2026, 12, 31)


def test_deputy_hands_nothing_on(office, approver, drafter):
    third = make_person(office=office, roles=["drafter"])
    stand_in(drafter, approver, office)
    with pytest.raises(DeputyshipError):
        stand_in(third, drafter, office)


@pytest.mark.parametrize(
    "given",
    [
        {"valid_from": date(2019, 12, 31)},
        {"valid_from": LAST, "valid_to": FIRST},
        {"role": "publisher"},
        {"note": ""},
        {"note": "", "number": "12/QĐ-UQ"},
        {"decided_on": FIRST},
        {"number": "12/QĐ-UQ", "decided_on": FIRST + DAY},
        {"case": "Vụ việc"},
        {"role": "king"},
    ],
    ids=[
        "before the role",
        "backwards",
        "a role not held",
        "nothing in writing",
        "no date of the decision",
        "no number of the decision",
        "decided too late",
        "a case",
        "no role",
    ],
)
def test_deputyship_that_cannot_be_is_refused(office, approver, drafter, given):
    with pytest.raises(DeputyshipError):
        stand_in(drafter, approver, office, **given)
    assert not Deputyship.objects.exists()


def test_nobody_is_their_own_deputy(office, approver):
    with pytest.raises(DeputyshipError):
        stand_in(approver, approver, office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deputyship.objects.create(
            principal=approver,
            deputy=approver,
            organisation=office,
            role="approver",
            note="x",
            valid_from=FIRST,
            valid_to=LAST,
        )


def test_deputy_belongs_to_the_office_and_may_sign_in(office, approver, drafter):
    with pytest.raises(DeputyshipError):
        stand_in(make_person(office=make_office(), roles=["approver"]), approver, office)
    drafter.is_active = False
    drafter.save()
    with pytest.raises(DeputyshipError):
        stand_in(drafter, approver, office)


def test_same_deputy_is_not_named_twice_for_a_day(office, approver, drafter):
    first = stand_in(drafter, approver, office)
    with pytest.raises(DeputyshipError):
        stand_in(drafter, approver, office, valid_from=LAST, valid_to=LAST + DAY)
    stand_in(drafter, approver, office, valid_from=LAST + DAY, valid_to=LAST + 2 * DAY)
    first.valid_from, first.valid_to = timezone.localdate(), timezone.localdate() + DAY
    first.save()
    take_back_deputyship(actor=ACTOR, deputyship=first)
    assert stand_in(drafter, approver, office).pk


def test_spokesperson_authorises_for_one_case_and_no_further(office, drafter):
    spokesperson = make_person(office=office, roles=["spokesperson"])
    written = {"number": "7/GUQ", "decided_on": FIRST, "note": ""}
    for missing in ({"case": ""}, {"case": "Vụ việc", "number": "", "decided_on": None, "note": "x"}):
        with pytest.raises(DeputyshipError):
            stand_in(drafter, spokesperson, office, "spokesperson", **written | missing)

    stand_in(drafter, spokesperson, office, "spokesperson", case="Vụ việc", **written)

    assert drafter.holds("authorised_spokesperson", office.pk, FIRST)
    assert not drafter.holds("spokesperson", office.pk, FIRST)
    authorised = make_person(office=office, roles=["authorised_spokesperson"])
    with pytest.raises(DeputyshipError):
        stand_in(drafter, authorised, office, "authorised_spokesperson")


def test_principal_and_administrator_name_a_deputy_and_the_deputy_does_not(two_offices):
    ours, theirs = two_offices.ours, two_offices.theirs
    with system("test"):
        approver = make_person(office=ours.office, roles=["approver"])
        other = make_person(office=ours.office, roles=["viewer"])
    for actor in (approver, ours.administrator):
        with opened(access_for(actor)):
            made = stand_in(ours.drafter, approver, ours.office, actor=actor, number="", note="x")
            assert made.created_by == actor.actor_id
            take_back_deputyship(actor=actor, deputyship=_today(made))
    for actor, deputy in (
        (ours.drafter, other),
        (ours.drafter, ours.drafter),
        (ours.administrator, ours.administrator),
        (theirs.administrator, ours.drafter),
    ):
        with opened(access_for(actor)), pytest.raises(PermissionDeniedError):
            stand_in(deputy, approver, ours.office, actor=actor)


def _today(deputyship):
    deputyship.valid_from, deputyship.valid_to = timezone.localdate(), timezone.localdate() + DAY
    deputyship.save()
    return deputyship


def test_deputyship_is_taken_back_at_once(office, approver, drafter):
    made = make_deputy(drafter, approver, office)
    assert drafter.holds("approver", office.pk, timezone.localdate())

    with opened(access_for(drafter)):
        take_back_deputyship(actor=drafter, deputyship=made)

    assert not drafter.holds("approver", office.pk, timezone.localdate())
    with pytest.raises(DeputyshipError):
        take_back_deputyship(actor=ACTOR, deputyship=made)


def test_deputyship_is_seen_by_the_office_alone(two_offices):
    ours, theirs = two_offices.ours, two_offices.theirs
    with system("test"):
        approver = make_person(office=ours.office, roles=["approver"])
        made = make_deputy(ours.drafter, approver, ours.office)
    seen = {}
    for person in (approver, ours.drafter, ours.administrator, theirs.administrator):
        with opened(access_for(person)):
            seen[person] = list(Deputyship.objects.all())
    assert list(seen.values()) == [[made], [made], [made], []]


def test_deputy_of_the_administrator_grants_and_the_record_says_for_whom(two_offices):
    ours = two_offices.ours
    with system("test"):
        make_deputy(ours.drafter, ours.administrator, ours.office, "office_administrator")
        new = make_person()
    with opened(access_for(ours.drafter)):
        grant_membership(actor=ours.drafter, person=new, organisation=ours.office, role="viewer", valid_from=START)
        with pytest.raises(PermissionDeniedError):
            grant_membership(
                actor=ours.drafter, person=ours.drafter, organisation=ours.office, role="approver", valid_from=START
            )
    with system("test"):
        entry = Entry.objects.filter(verb="accounts.grant_membership").latest("pk")
    assert (entry.actor_id, entry.deputy_of) == (ours.drafter.actor_id, ours.administrator.actor_id)


def test_rule_of_a_deputy_is_judged_per_office(two_offices):
    ours, theirs = two_offices.ours, two_offices.theirs
    with system("test"):
        make_deputy(ours.drafter, ours.administrator, ours.office, "office_administrator")
    with opened(access_for(ours.drafter)):
        standing = require("accounts.manage_memberships", ours.drafter, ours.office)
        assert standing.deputy_of == ours.administrator.actor_id
        with pytest.raises(PermissionDeniedError):
            require("accounts.manage_memberships", ours.drafter, theirs.office)


_days = st.integers(0, 40).map(lambda number: date(2026, 1, 1) + number * DAY)
_spans = st.tuples(_days, st.one_of(st.none(), _days))


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=st.lists(_spans, min_size=1, max_size=5))
def test_nobody_ever_holds_the_same_role_twice_on_a_day(as_system, spans):
    office, person = make_office(), make_person()
    for first, last in spans:
        try:
            grant_membership(
                actor=ACTOR, person=person, organisation=office, role="drafter", valid_from=first, valid_to=last
            )
        except MembershipError:
            continue
    rows = list(Membership.objects.filter(person=person))
    for number in range(50):
        day = date(2026, 1, 1) + number * DAY
        held = [row for row in rows if row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)]
        assert len(held) <= 1
        assert person.holds("drafter", office.pk, day) == bool(held)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(roles=st.lists(_spans, min_size=1, max_size=3), given=st.lists(st.tuples(_days, _days), max_size=3), ends=_days)
def test_no_deputy_ever_outlives_the_role(as_system, roles, given, ends):
    office, principal = make_office(), make_person()
    deputy = make_person(office=office, roles=["viewer"])
    for first, last in roles:
        try:
            grant_membership(
                actor=ACTOR, person=principal, organisation=office, role="approver", valid_from=first, valid_to=last
            )
        except MembershipError:
            continue
    for first, last in given:
        try:
            stand_in(deputy, principal, office, valid_from=first, valid_to=last)
        except DeputyshipError:
            continue
    for held in Membership.objects.filter(person=principal):
        try:
            end_membership(actor=ACTOR, membership=held, last_day=ends)
        except MembershipError:
            continue
    written = list(Deputyship.objects.filter(deputy=deputy, ended_at=None))
    for number in range(45):
        day = date(2026, 1, 1) + number * DAY
        role = principal.holds("approver", office.pk, day)
        named = any(row.valid_from <= day <= row.valid_to for row in written)
        assert not named or role
        assert deputy.holds("approver", office.pk, day) == named


def test_every_role_but_one_can_be_stood_in_for(office):
    principal = make_person(office=office, roles=Role.values)
    deputy = make_person(office=office, roles=["viewer"])
    refused = []
    for role in Role.values:
        try:
            make_deputy(deputy, principal, office, role)
        except DeputyshipError:
            refused.append(role)
    assert refused == ["authorised_spokesperson"]
