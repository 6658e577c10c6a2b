from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.accounts.queries import access_for
from nhipcau.programme.figures import Asked, count
from tests.support.plans import ACTIVITY, issue_amendment, make_plan

pytestmark = pytest.mark.postgres_when_long


def test_plans_offer_what_is_planned_and_every_breakdown_adds_up(planning, signed_in_client):
    with access.system("test"):
        other = ACTIVITY | {"languages": [], "country": "", "budget": "49.5", "begins_on": "2027-12-01", "ends_on": ""}
        plan = make_plan(
            planning.office,
            state="issued",
            drafter=planning.drafter,
            approver=planning.approver,
            activities=(ACTIVITY, other | {"ends_on": "2027-12-02"}),
        )
    with access.opened(access_for(planning.drafter)):
        office = type(planning.office).objects.get(pk=planning.office.pk)
        year = Asked(organisation=office, begin=date(2027, 1, 1), end=date(2027, 12, 31), as_of=timezone.now())
        planned, money = count("programme.activities_planned", year), count("programme.budget_planned", year)
        today = timezone.localdate()
        issued = count(
            "programme.plans_issued", Asked(organisation=office, begin=today, end=today, as_of=timezone.now())
        )

    assert (planned.value, money.value, issued.value) == (Decimal(2), Decimal(300), Decimal(1))
    assert planned.by["language"] == {"fr": Decimal(1), "other": Decimal(1)}
    assert planned.by["country"] == {"europe": Decimal(1), "other": Decimal(1)}
    assert all(sum(by.values()) == money.value for by in money.by.values())
    assert [source.url for source in issued.sources] == [f"/ke-hoach/{plan.pk}/"]
    listed = signed_in_client(planning.drafter).get(planned.sources[0].url)
    assert len(listed.context["page"].object_list) == 2


def test_the_edition_counts_that_stood_at_the_moment(planning):
    with access.system("test"):
        plan = make_plan(planning.office, state="issued", drafter=planning.drafter, approver=planning.approver)
        before = timezone.now()
        issue_amendment(plan, planning.drafter, planning.approver)
        office = planning.office
        for moment in (before, timezone.now()):
            year = Asked(organisation=office, begin=date(2027, 1, 1), end=date(2027, 12, 31), as_of=moment)
            assert count("programme.activities_planned", year).value == 1
