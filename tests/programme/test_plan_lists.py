from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhipcau import access
from nhipcau.accounts.queries import access_for
from nhipcau.programme.domain.plan_verdicts import return_plan
from nhipcau.programme.models import PlanRecipient
from nhipcau.programme.plan_due import due_plans, owed_plans
from tests.support.plans import ACTIVITY, make_plan

pytestmark = pytest.mark.postgres_when_long
AUTUMN = datetime(2026, 11, 2, 3, tzinfo=UTC)


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_the_same_however_many_rows_there_are(planning, signed_in_client, number):
    with access.system("test"):
        for year in range(2027, 2027 + number):
            make_plan(planning.office, drafter=planning.drafter, year=year, activities=(ACTIVITY,))
    client = signed_in_client(planning.drafter)
    for path, queries in (("/ke-hoach/", 10), ("/ke-hoach/hoat-dong/", 12)):
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
        assert (len(answer.context["page"].object_list), len(asked)) == (number, queries), path


def test_activities_are_narrowed_by_what_they_say(planning, signed_in_client):
    with access.system("test"):
        other = ACTIVITY | {"title": "Khác", "languages": [], "country": "", "category": "official"}
        plan = make_plan(planning.office, drafter=planning.drafter, activities=(ACTIVITY, other))
    client = signed_in_client(planning.drafter)

    def titles(query):
        page = client.get(f"/ke-hoach/hoat-dong/?{query}").context["page"]
        return {row.title for row in page.object_list}

    both = {"Tuần phim Việt Nam", "Khác"}
    assert titles("language=fr") == titles("country=FR") == titles("category=promotion") == {"Tuần phim Việt Nam"}
    assert titles("language=none") == titles("country=none") == titles("q=Khác") == {"Khác"}
    assert titles(f"plan={plan.pk}&year=2027&office=lap+ke+hoach") == both
    assert titles("standing=1") == titles("year=2028") == titles("whose=received") == set()


def due(person, at=AUTUMN):
    with access.opened(access_for(person)) as opened:
        return [(str(item.doing), item.state) for item in due_plans(opened, at)]


def test_an_annual_plan_is_due_until_it_is_issued(planning):
    assert due(planning.drafter) == [("Soạn", "missing")]
    with access.system("test"):
        assert [matter.due.isoformat() for matter in owed_plans(AUTUMN) if matter.organisation == planning.office] == [
            "2026-11-30T23:59:00+07:00"
        ]
        assert list(owed_plans(datetime(2026, 6, 1, tzinfo=UTC))) == []
        make_plan(planning.office, state="in_review", drafter=planning.drafter)
    assert (due(planning.drafter), due(planning.approver)) == ([], [("Duyệt", "in_review")])


def test_what_came_waits_for_the_coordinator_and_what_was_sent_back_for_the_writer(planning):
    with access.system("test"):
        plan = make_plan(planning.office, state="issued", drafter=planning.drafter, approver=planning.approver)
    assert due(planning.coordinator) == [("Trả lời", "waiting")]
    with access.opened(access_for(planning.coordinator)):
        receipt = PlanRecipient.objects.get(plan_id=plan.pk)
        return_plan(actor=planning.coordinator, receipt=receipt, reason="Thiếu dự toán.")
    assert (due(planning.coordinator), due(planning.drafter)) == ([], [("Điều chỉnh", "returned")])
