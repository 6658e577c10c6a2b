"""Activities of issued plans serve the tasks that they name: an office that plans a task has begun with it.

That something is planned does not make it done: the office says so itself, or what is held and reported does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau.programme.models import Plan, PlanActivity, PlanState, TaskInstance
from nhipcau.programme.serving import Serving, register

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def register_plan_serving() -> None:
    """Called once, from the ``ready`` of the room."""
    register("programme.plan_activities", serving_activities)


def serving_activities(tasks: Collection[int], offices: Collection[int] | None) -> Iterator[Serving]:
    """The activities of plans that stand which serve these tasks, for these offices or all of them."""
    given = TaskInstance.objects.filter(task_id__in=tasks)
    standing = Plan.objects.filter(state=PlanState.ISSUED)
    if offices is not None:
        given, standing = given.filter(organisation_id__in=offices), standing.filter(organisation_id__in=offices)
    rows = PlanActivity.objects.filter(
        task_id__in=given.order_by().values("pk"), plan_id__in=standing.order_by().values("pk"), removed_at__isnull=True
    )
    for row in rows.prefetch_related(Prefetch("plan"), Prefetch("task")).order_by("begins_on", "pk"):
        yield Serving(
            task_id=row.task.task_id,
            organisation_id=row.plan.organisation_id,
            label=row.title,
            url=f"{reverse('programme:plan', args=[row.plan_id])}#activity-{row.pk}",
            done=False,
            on=row.ends_on,
            kind=_("Planned activity"),
        )
