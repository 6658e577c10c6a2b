"""What every write to a plan begins with: the row as it is now, locked, in a state that allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.audit.domain.record import record
from nhipcau.programme.models import PLAN_WRITABLE, Plan, PlanActivity, PlanPart, PlanState
from nhipcau.workspace.domain.errors import WrongStateError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.access import Actor


def held_plan(plan: Plan) -> Plan:
    """The plan as it is now, locked until the transaction ends.

    Raises:
        PermissionDeniedError: the access now open does not see it.
    """
    return _locked(plan.pk)


def held_activity(activity: PlanActivity) -> tuple[Plan, PlanActivity]:
    """The plan of an activity, locked, and the activity as it is now: one lock, so that writers never deadlock.

    Raises:
        PermissionDeniedError: the access now open does not see it.
    """
    plan = _locked(activity.plan_id)
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
    plan = _locked(part.plan_id)
    row: PlanPart | None = PlanPart.objects.filter(pk=part.pk, plan=plan).first()
    if row is None:
        raise PermissionDeniedError(gettext("This part is not there for you."))
    row.plan = plan
    return plan, row


def _locked(key: int) -> Plan:
    row: Plan | None = Plan.objects.select_for_update().filter(pk=key).first()
    if row is None:
        raise PermissionDeniedError(gettext("This plan is not there for you."))
    return row


def expect(plan: Plan, *states: PlanState) -> None:
    """Refuse where the plan is in none of these states.

    Raises:
        WrongStateError: it is not.
    """
    if plan.state not in states:
        sentence = gettext("The plan is in the state “%(state)s” now, so this cannot be done.")
        raise WrongStateError(sentence % {"state": plan.get_state_display()})


def expect_writable(plan: Plan) -> None:
    """Refuse where the plan is not being written.

    Raises:
        WrongStateError: it is not.
    """
    expect(plan, *PLAN_WRITABLE)


def note(actor: Actor, verb: str, plan: Plan, payload: Mapping[str, object] | None = None, reason: str = "") -> None:
    """The audit entry of a change to a plan or to what is in it."""
    record(actor=actor, verb=verb, target=plan, organisation=plan.organisation, payload=payload or {}, reason=reason)
