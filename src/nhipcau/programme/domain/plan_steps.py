"""A plan on its way: one function for each step. The allowed steps are in docs/explanation/plans.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.accounts.models import Person
from nhipcau.programme.domain.plan_contents import head_of, keep_version, make_findable, write_recipients
from nhipcau.programme.domain.plan_held import expect, expect_writable, held_plan, note
from nhipcau.programme.domain.plan_telling import tell_of_plan
from nhipcau.programme.domain.standing import refresh_tasks
from nhipcau.programme.models import Plan, PlanActivity, PlanState, TaskInstance
from nhipcau.programme.plan_checks import missing_in
from nhipcau.programme.queries.plans import recipients_by_duty
from nhipcau.workspace.domain.comments import add_comment, unanswered
from nhipcau.workspace.domain.errors import IncompleteError
from nhipcau.workspace.domain.issuing import fix_issue
from nhipcau.workspace.models import Register

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.access import Actor


def submit_plan(*, actor: Actor, plan: Plan) -> Plan:
    """Submit a plan to those who review and approve it.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is submitted already.
        IncompleteError: a part or an activity lacks something, or a comment with which it was sent back has no answer.
    """
    with transaction.atomic():
        row = held_plan(plan)
        require("programme.submit_plan", actor, row)
        expect_writable(row)
        missing = missing_in(row)
        if missing:
            raise IncompleteError(str(missing[0].sentence), missing[0].field)
        if unanswered(row):
            raise IncompleteError(gettext("Answer every comment with which the plan was sent back first."), "comments")
        keep_version(actor=actor, plan=row)
        return _move(actor, "programme.submit_plan", row, PlanState.IN_REVIEW)


def withdraw_plan(*, actor: Actor, plan: Plan) -> Plan:
    """Take a plan back from review, to go on writing.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is not in review.
    """
    with transaction.atomic():
        row = held_plan(plan)
        require("programme.withdraw_plan", actor, row)
        expect(row, PlanState.IN_REVIEW)
        return _move(actor, "programme.withdraw_plan", row, PlanState.DRAFT)


def discard_plan(*, actor: Actor, plan: Plan, reason: str = "") -> Plan:
    """Put a plan aside that was begun; what was written stays readable. An amended plan stands as it was issued.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is past being written.
    """
    with transaction.atomic():
        row = held_plan(plan)
        require("programme.discard_plan", actor, row)
        expect_writable(row)
        return _move(actor, "programme.discard_plan", row, PlanState.DISCARDED, reason=reason.strip())


def send_back_plan(*, actor: Person, plan: Plan, reason: str) -> Plan:
    """Send a plan back to who wrote it, saying what is missing: a comment, to be answered before it comes again.

    Raises:
        PermissionDeniedError: the actor neither reviews nor approves for its office.
        WrongStateError: it is neither in review nor approved.
        IncompleteError: nothing is said.
    """
    with transaction.atomic():
        row = held_plan(plan)
        require("programme.send_back_plan", actor, row)
        expect(row, PlanState.IN_REVIEW, PlanState.APPROVED)
        if not reason.strip():
            raise IncompleteError(gettext("Say what is to be mended."), "reason")
        row.approver, row.approved_at = None, None
        add_comment(actor=actor, target=row, text=reason, must_answer=True)
        return _move(actor, "programme.send_back_plan", row, PlanState.SENT_BACK, reason=reason.strip())


def approve_plan(*, actor: Person, plan: Plan) -> Plan:
    """Approve a plan for its office. Who approves it will have signed it.

    Raises:
        PermissionDeniedError: the actor does not approve for its office, or wrote some of it.
        WrongStateError: it is not in review.
    """
    with transaction.atomic():
        row = held_plan(plan)
        require("programme.approve_plan", actor, row)
        expect(row, PlanState.IN_REVIEW)
        row.approver, row.approved_at = actor, timezone.now()
        return _move(actor, "programme.approve_plan", row, PlanState.APPROVED)


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
    with transaction.atomic():
        row = held_plan(plan)
        require("programme.issue_plan", actor, row)
        expect(row, PlanState.APPROVED)
        named = head_of(row)["recipients"]
        due = [office.pk for office in recipients_by_duty(row.organisation, timezone.localdate())]
        write_recipients(row, sorted({*named, *due}))
        signer = Person.objects.get(pk=row.approver_id)
        fixed = fix_issue(row, organisation=row.organisation, signer=signer, post=post, register=Register.PLANS)
        if row.amends_id is not None:
            _replace(actor, row)
        make_findable(row)
        moved = _move(actor, "programme.issue_plan", row, PlanState.ISSUED, changed=fixed)
        _refresh_tasks(row, Plan.objects.filter(pk=row.amends_id).first())
        return moved


def recall_plan(*, actor: Actor, plan: Plan, reason: str) -> Plan:
    """Recall an issued plan. Its recipients still read it, with the reason; the plan that it had replaced stands again.

    Raises:
        PermissionDeniedError: the actor does not approve for its office.
        WrongStateError: it is not issued, or is being amended.
        IncompleteError: no reason is given.
    """
    with transaction.atomic():
        row = held_plan(plan)
        require("programme.recall_plan", actor, row)
        expect(row, PlanState.ISSUED)
        if not reason.strip():
            raise IncompleteError(gettext("A plan is not recalled without a reason."), "reason")
        row.recalled_at, row.recall_reason = timezone.now(), reason.strip()
        moved = _move(actor, "programme.recall_plan", row, PlanState.RECALLED, reason=reason.strip())
        if row.amends_id is not None:
            before = held_plan(Plan.objects.get(pk=row.amends_id))
            before.state = PlanState.ISSUED
            before.save()
            note(actor, "programme.reinstate_plan", before, {"state": [PlanState.REPLACED.value, before.state]})
        _refresh_tasks(row, Plan.objects.filter(pk=row.amends_id).first())
        return moved


def _refresh_tasks(*plans: Plan | None) -> None:
    """Have the tasks that these plans serve, or served, say again how far they are."""
    keys = [plan.pk for plan in plans if plan is not None]
    served = PlanActivity.objects.filter(plan_id__in=keys, task__isnull=False).order_by().values("task")
    tasks = set(TaskInstance.objects.filter(pk__in=served).values_list("task_id", flat=True))
    if tasks:
        refresh_tasks(tasks, {plan.organisation_id for plan in plans if plan is not None})


def _replace(actor: Actor, row: Plan) -> None:
    before = held_plan(Plan.objects.get(pk=row.amends_id))
    expect(before, PlanState.ISSUED)
    before.state = PlanState.REPLACED
    before.save()
    note(actor, "programme.replace_plan", before, {"state": [PlanState.ISSUED.value, before.state]})


def _move(
    actor: Actor,
    verb: str,
    plan: Plan,
    state: PlanState,
    *,
    changed: Mapping[str, object] | None = None,
    reason: str = "",
) -> Plan:
    before, plan.state = plan.state, state
    plan.save()
    note(actor, verb, plan, {"state": [before, state.value], **(changed or {})}, reason)
    tell_of_plan(actor=actor, verb=verb, plan=plan)
    return plan
