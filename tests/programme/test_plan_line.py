"""The line from a task to an accepted plan, in the order in which people walk it, through the screens."""

import pytest

from nhipcau import access
from nhipcau.programme.models import Plan, PlanActivity, PlanRecipient, TaskInstance
from tests.support.people import ACTOR
from tests.support.plans import ACTIVITY
from tests.support.programme import make_clause, make_task

pytestmark = pytest.mark.postgres_when_long


@pytest.fixture
def people(planning, signed_in_client):
    from nhipcau.programme.domain.plan_templates import load_plan_template

    with access.system("test"):
        load_plan_template(actor=ACTOR)
    return {name: signed_in_client(getattr(planning, name)) for name in ("drafter", "approver", "coordinator")}


def test_the_line_from_a_directive_to_an_accepted_plan(planning, people):
    drafter, approver, coordinator = people["drafter"], people["approver"], people["coordinator"]
    with access.system("test"):
        task = make_task(planning.ministry, clause=make_clause(planning.ministry))
    coordinator.post(f"/nhiem-vu/{task.pk}/giao/", {"kind": "ministry"})
    with access.system("test"):
        given = TaskInstance.objects.get(task=task, organisation=planning.office)
    began = drafter.post(
        "/ke-hoach/moi/", {"organisation": planning.office.pk, "kind": "annual", "year_from": 2027, "source": ""}
    )
    with access.system("test"):
        plan = Plan.objects.get()
        parts = {part.key: part for part in plan.parts.all()}
    assert began["Location"] == f"/ke-hoach/{plan.pk}/soan/"
    assert drafter.get(began["Location"]).status_code == 200

    for key in ("focal", "directing"):
        part = parts[key]
        drafter.post(f"/ke-hoach/phan/{part.pk}/", {"text": "Không có.", "version": part.version})
    drafter.post(f"/ke-hoach/{plan.pk}/hoat-dong/")
    with access.system("test"):
        row = PlanActivity.objects.get()
    typed = ACTIVITY | {"budget": "1.250,5", "begins_on": "10/05/2027", "main_language": "fr", "task": given.pk}
    wrong = drafter.post(
        f"/ke-hoach/muc/{row.pk}/luu/", {"budget": "abc", "version": 1}, headers={"HX-Request": "true"}
    )
    drafter.post(f"/ke-hoach/muc/{row.pk}/luu/", typed | {"version": row.version})
    head = {"title": plan.title, "symbol": "KH-BM", "place": "Hà Nội", "classification": "internal", "version": 1}
    drafter.post(f"/ke-hoach/{plan.pk}/dau-van-ban/", head | {"to": planning.ministry.pk})
    drafter.post(f"/ke-hoach/{plan.pk}/trinh/")
    approver.post(f"/ke-hoach/{plan.pk}/duyet/")
    approver.post(f"/ke-hoach/{plan.pk}/ban-hanh/", {"post": "VỤ TRƯỞNG"})
    with access.system("test"):
        receipt = PlanRecipient.objects.get()
    shown = coordinator.get(f"/ke-hoach/{plan.pk}/").content.decode()
    coordinator.post(f"/ke-hoach/noi-nhan/{receipt.pk}/chap-nhan/")

    with access.system("test"):
        plan, row, receipt = Plan.objects.get(), PlanActivity.objects.get(), PlanRecipient.objects.get()
    assert (plan.state, plan.number_and_symbol, receipt.verdict) == ("issued", "01/KH-BM", "accepted")
    assert (str(row.budget), row.languages, f"{row.begins_on}") == ("1250.500", ["fr"], "2027-05-10")
    assert "Tuần phim Việt Nam" in shown
    assert "kept-not" in wrong.content.decode()
    with access.system("test"):
        assert TaskInstance.objects.get(pk=given.pk).state == "in_progress"


def test_every_screen_of_a_plan_opens(planning, people):
    from tests.support.plans import make_plan

    with access.system("test"):
        plan = make_plan(planning.office, drafter=planning.drafter)
        row = plan.activities.get()
    for path in ("", "soan/", "dau-van-ban/", "so-sanh/", "huy/"):
        assert people["drafter"].get(f"/ke-hoach/{plan.pk}/{path}").status_code == 200, path
    for path in (f"muc/{row.pk}/", "", "moi/", "hoat-dong/"):
        assert people["drafter"].get(f"/ke-hoach/{path}").status_code == 200, path
