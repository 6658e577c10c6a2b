from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.accounts.queries import access_for
from nhipcau.network.domain.successions import merge_organisations
from nhipcau.programme.domain.plan_verdicts import accept_plan, receive_plan
from nhipcau.programme.models import Plan, PlanRecipient
from nhipcau.programme.queries.plan_arrivals import arrivals
from tests.support.people import ACTOR, make_office, make_person
from tests.support.plans import make_plan

pytestmark = pytest.mark.both_databases
YEAR = 2027


def as_person(person):
    return access.opened(access_for(person))


def take_in(planning, plan, verb=receive_plan):
    with as_person(planning.coordinator):
        verb(actor=planning.coordinator, receipt=PlanRecipient.objects.get(plan_id=plan.pk))


def rows_of(planning, day=None):
    with as_person(planning.coordinator):
        rows = arrivals(ministry=planning.ministry, year=YEAR, day=day or timezone.localdate())
        return {row.pk: row for row in rows}


def test_offices_stand_in_the_order_of_arrival_and_missing_ones_are_named(planning):
    with access.system("test"):
        second, missing, waiting = make_office("Bộ Thứ Hai"), make_office("Bộ Chưa Gửi"), make_office("Bộ Chưa Nhận")
        first = make_plan(planning.office, state="issued", drafter=planning.drafter, approver=planning.approver)
        later = make_plan(second, state="issued")
        make_plan(waiting, state="issued")
        make_plan(missing, state="in_review")
    take_in(planning, later)
    take_in(planning, first, accept_plan)

    rows = rows_of(planning)

    shown = {pk: (row.plan_state, row.rank if row.received else None) for pk, row in rows.items()}
    assert shown == {
        second.pk: ("received", 1),
        planning.office.pk: ("accepted", 2),
        waiting.pk: ("issued", None),
        missing.pk: ("missing", None),
    }


def test_the_successor_answers_and_the_old_units_plan_stays_in_sight(planning):
    today = timezone.localdate()
    with access.system("test"):
        old = make_office("Sở Cũ Một", kind="provincial_department")
        other = make_office("Sở Cũ Hai", kind="provincial_department")
        sent = make_plan(old, state="issued")
    take_in(planning, sent)
    with access.system("test"):
        Plan.objects.filter(pk=sent.pk).update(issued_on=today - timedelta(days=3))
        heir = make_office("Sở Mới", kind="provincial_department", valid_from=today)
        merge_organisations(actor=ACTOR, members=[old, other], into=heir, day=today)
        reader = make_person(office=heir, roles=["drafter"])

    after, before = rows_of(planning), rows_of(planning, today - timedelta(days=1))

    assert {old.pk, other.pk} & after.keys() == set()
    assert after[heir.pk].plan_state == "old_units"
    assert [[plan.pk for plan in each.predecessor.sent_plans] for each in after[heir.pk].before] == [[], [sent.pk]]
    assert heir.pk not in before
    assert (before[old.pk].plan_state, before[other.pk].plan_state) == ("issued", "missing")
    with as_person(reader):
        assert Plan.objects.filter(pk=sent.pk).exists()


def test_an_amendment_does_not_make_an_office_late(planning):
    from tests.support.plans import issue_amendment

    with access.system("test"):
        plan = make_plan(planning.office, state="issued", drafter=planning.drafter, approver=planning.approver)
    take_in(planning, plan, accept_plan)
    with access.system("test"):
        came = PlanRecipient.objects.get(plan=plan).received_at
        made = issue_amendment(plan, planning.drafter, planning.approver)

    row = rows_of(planning)[planning.office.pk]

    assert (row.plan_key, row.received, row.plan_state) == (made.pk, came, "received")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_however_many_offices_there_are(planning, signed_in_client, number):
    with access.system("test"):
        for each in range(number):
            make_office(f"Bộ {each}")
    client = signed_in_client(planning.coordinator)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get("/ke-hoach/tinh-hinh-gui/")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/ke-hoach/tinh-hinh-gui/")
    assert answer.status_code == 200
    assert len(asked) == 17


def test_it_is_for_coordinators(planning, signed_in_client):
    assert signed_in_client(planning.drafter).get("/ke-hoach/tinh-hinh-gui/").status_code == 403
