"""What every write to a plan begins with, and its way from draft to issue."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_lazy

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.programme.domain.plan_telling import tell_of_plan
from nhipcau.programme.models import PLAN_OUT, Plan, PlanActivity, PlanPart, PlanState
from nhipcau.workspace.domain.way import Way

WAY: Way[Plan] = Way(
    model=Plan,
    states=PlanState,
    out=PLAN_OUT,
    room="programme",
    noun="plan",
    tell=lambda actor, verb, row: tell_of_plan(actor=actor, verb=verb, plan=row),
    gone=gettext_lazy("This plan is not there for you."),
    elsewhere=gettext_lazy("The plan is in the state “%(state)s” now, so this cannot be done."),
    open_comments=gettext_lazy("Answer every comment with which the plan was sent back first."),
    without_reason=gettext_lazy("A plan is not recalled without a reason."),
    taken_in=gettext_lazy("This plan was taken in already."),
)
expect, expect_writable, note = WAY.expect, WAY.expect_writable, WAY.note


def held_plan(plan: Plan) -> Plan:
    """The plan as it is now, locked until the transaction ends.

    Raises:
        PermissionDeniedError: the access now open does not see it.
    """
    return WAY.locked(plan.pk)


def held_activity(activity: PlanActivity) -> tuple[Plan, PlanActivity]:
    """The plan of an activity, locked, and the activity as it is now: one lock, so that writers never deadlock.

    Raises:
        PermissionDeniedError: the access now open does not see it.
    """
    plan = WAY.locked(activity.plan_id)
    row: PlanActivity | None = PlanActivity.objects.filter(pk=activity.pk, plan=plan).first()
    if row is None:
        raise PermissionDeniedError(gettext("This activity is not there for you."))
    row.plan = plan
    return plan, row


def held_part(part: PlanPart) -> tuple[Plan, PlanPart]:
    """The plan of a part, locked, and the part as it is now.

    Raises:
        PermissionDeniedError: the access now open does not see it.
    """
    plan = WAY.locked(part.plan_id)
    row: PlanPart | None = PlanPart.objects.filter(pk=part.pk, plan=plan).first()
    if row is None:
        raise PermissionDeniedError(gettext("This part is not there for you."))
    row.plan = plan
    return plan, row
