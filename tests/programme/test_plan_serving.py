import pytest

from nhipcau import access
from nhipcau.accounts.queries import access_for
from nhipcau.programme.domain import plan_steps
from nhipcau.programme.models import Plan, Task, TaskInstance
from tests.support.plans import ACTIVITY, make_plan
from tests.support.programme import make_instance

pytestmark = pytest.mark.postgres_when_long


def test_a_task_is_in_progress_from_the_day_a_plan_that_serves_it_is_issued(planning):
    with access.system("test"):
        given = make_instance(planning.office, giver=planning.ministry)
        plan = make_plan(
            planning.office,
            state="approved",
            drafter=planning.drafter,
            approver=planning.approver,
            activities=(ACTIVITY | {"task": given.pk},),
        )
        before = TaskInstance.objects.get(pk=given.pk).state
    with access.opened(access_for(planning.approver)):
        plan = plan_steps.issue_plan(actor=planning.approver, plan=Plan.objects.get(pk=plan.pk), post="Vụ trưởng")
    with access.system("test"):
        after, task = TaskInstance.objects.get(pk=given.pk).state, Task.objects.get(pk=given.task_id).state
    with access.opened(access_for(planning.approver)):
        plan_steps.recall_plan(actor=planning.approver, plan=plan, reason="Sai.")
    with access.system("test"):
        recalled = TaskInstance.objects.get(pk=given.pk).state

    assert (before, after, task, recalled) == ("given", "in_progress", "in_progress", "given")
