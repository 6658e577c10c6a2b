"""A plan on its way: one function for each step. The allowed steps are in docs/explanation/plans.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from nhipcau.programme.domain.plan_contents import head_of, keep_version, make_findable, write_recipients
from nhipcau.programme.domain.plan_held import WAY, expect, note
from nhipcau.programme.domain.standing import refresh_tasks
from nhipcau.programme.models import PLAN_WRITABLE, Plan, PlanActivity, PlanState, TaskInstance
from nhipcau.programme.plan_checks import missing_in
from nhipcau.programme.queries.plans import recipients_by_duty
from nhipcau.workspace.domain.errors import IncompleteError
from nhipcau.workspace.models import Register

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person


def submit_plan(*, actor: Actor, plan: Plan) -> Plan:
    """Submit a plan to those who review and approve it.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is submitted already.
        IncompleteError: a part or an activity lacks something, or a comment with which it was sent back has no answer.
    """
    with transaction.atomic():
        row = WAY.begin(actor, "submit", plan, *PLAN_WRITABLE)
        missing = missing_in(row)
        if missing:
            raise IncompleteError(str(missing[0].sentence), missing[0].field)
        WAY.expect_answered(row)
        keep_version(actor=actor, plan=row)
        return WAY.move(actor, "submit", row, PlanState.IN_REVIEW)


def withdraw_plan(*, actor: Actor, plan: Plan) -> Plan:
    """Take a plan back from review, to go on writing.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is not in review.
    """
    return WAY.withdraw(actor, plan)


def discard_plan(*, actor: Actor, plan: Plan, reason: str = "") -> Plan:
    """Put a plan aside that was begun; what was written stays readable. An amended plan stands as it was issued.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is past being written.
    """
    return WAY.discard(actor, plan, reason)


def send_back_plan(*, actor: Person, plan: Plan, reason: str) -> Plan:
    """Send a plan back to who wrote it, saying what is missing: a comment, to be answered before it comes again.

    Raises:
        PermissionDeniedError: the actor neither reviews nor approves for its office.
        WrongStateError: it is neither in review nor approved.
        IncompleteError: nothing is said.
    """
    return WAY.send_back(actor, plan, reason)


def approve_plan(*, actor: Person, plan: Plan) -> Plan:
    """Approve a plan for its office. Who approves it will have signed it.

    Raises:
        PermissionDeniedError: the actor does not approve for its office, or wrote some of it.
        WrongStateError: it is not in review.
    """
    return WAY.approve(actor, plan)


def issue_plan(*, actor: Actor, plan: Plan, post: str) -> Plan:
    """Issue an approved plan: number, date, signer and post are fixed, and its recipients see it from now on.

    The signer is who approved it. Plans are numbered in a book of their own. It goes to whoever coordinates the network
    on this day, though another body did when it was begun. The plan that it amends is replaced.

    Args:
        actor: an approver of its office.
        plan: the plan.
        post: the signer's post as it is printed.

    Raises:
        PermissionDeniedError: the actor does not approve for its office.
        WrongStateError: it is not approved, or the plan that it amends does not stand any more.
        IncompleteError: symbol, place or post is missing.
    """

    def also(row: Plan) -> None:
        named = head_of(row)["recipients"]
        due = [office.pk for office in recipients_by_duty(row.organisation, timezone.localdate())]
        write_recipients(row, sorted({*named, *due}))
        if row.amends_id is not None:
            _replace(actor, row)
        make_findable(row)

    with transaction.atomic():
        issued = WAY.issue(actor, plan, post, register=Register.PLANS, also=also)
        _refresh_tasks(issued, Plan.objects.filter(pk=issued.amends_id).first())
        return issued


def recall_plan(*, actor: Actor, plan: Plan, reason: str) -> Plan:
    """Recall an issued plan. Its recipients still read it, with the reason; the plan that it had replaced stands again.

    Raises:
        PermissionDeniedError: the actor does not approve for its office.
        WrongStateError: it is not issued, or is being amended.
        IncompleteError: no reason is given.
    """
    with transaction.atomic():
        recalled = WAY.recall(actor, plan, reason)
        if recalled.amends_id is not None:
            before = WAY.locked(recalled.amends_id)
            before.state = PlanState.ISSUED
            before.save()
            note(actor, "programme.reinstate_plan", before, {"state": [PlanState.REPLACED.value, before.state]})
        _refresh_tasks(recalled, Plan.objects.filter(pk=recalled.amends_id).first())
        return recalled


def _refresh_tasks(*plans: Plan | None) -> None:
    """Have the tasks that these plans serve, or served, say again how far they are."""
    keys = [plan.pk for plan in plans if plan is not None]
    served = PlanActivity.objects.filter(plan_id__in=keys, task__isnull=False).order_by().values("task")
    tasks = set(TaskInstance.objects.filter(pk__in=served).values_list("task_id", flat=True))
    if tasks:
        refresh_tasks(tasks, {plan.organisation_id for plan in plans if plan is not None})


def _replace(actor: Actor, row: Plan) -> None:
    before = WAY.locked(row.amends_id)
    expect(before, PlanState.ISSUED)
    before.state = PlanState.REPLACED
    before.save()
    note(actor, "programme.replace_plan", before, {"state": [PlanState.ISSUED.value, before.state]})
