"""What a recipient does with a plan: takes it in, accepts it, or sends it back to be amended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.programme.domain.plan_held import WAY, expect, held_plan
from nhipcau.programme.domain.plan_telling import tell_of_plan
from nhipcau.programme.models import Plan, PlanRecipient, PlanState, Verdict
from nhipcau.text import nfc
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError

if TYPE_CHECKING:
    from nhipcau.accounts.models import Person


def receive_plan(*, actor: Person, receipt: PlanRecipient) -> PlanRecipient:
    """Take in a plan that was issued to the actor's office: the moment, the person, the number of the incoming book.

    Raises:
        PermissionDeniedError: the actor does not take in for that office, or may not read this plan.
        WrongStateError: it was taken in already.
    """
    return WAY.receive(actor, receipt)


def accept_plan(*, actor: Person, receipt: PlanRecipient) -> PlanRecipient:
    """Accept a plan for the office that received it; where it was not taken in yet, it is now.

    Raises:
        PermissionDeniedError: the actor does not answer for that office.
        WrongStateError: the plan does not stand any more, or was answered already.
    """
    return _judge(actor, receipt, "programme.accept_plan", Verdict.ACCEPTED, "")


def return_plan(*, actor: Person, receipt: PlanRecipient, reason: str) -> PlanRecipient:
    """Send a plan back to the office that issued it: it stands until the amendment that is asked for is issued.

    Raises:
        PermissionDeniedError: the actor does not answer for that office.
        WrongStateError: the plan does not stand any more, or was answered already.
        IncompleteError: nothing is said.
    """
    said = nfc(reason).replace("\r\n", "\n").strip()
    if not said:
        raise IncompleteError(gettext("Say what is to be amended."), "reason")
    return _judge(actor, receipt, "programme.return_plan", Verdict.RETURNED, said)


def _judge(actor: Person, receipt: PlanRecipient, verb: str, verdict: Verdict, reason: str) -> PlanRecipient:
    with transaction.atomic():
        plan, row = _held(receipt)
        require(verb, actor, row)
        expect(plan, PlanState.ISSUED)
        if row.verdict:
            raise WrongStateError(gettext("This plan was answered already."))
        if row.received_at is None:
            WAY.take_in(actor, plan, row)
        row.verdict, row.reason, row.decided_at, row.decided_by = verdict, reason, timezone.now(), actor
        row.save()
        payload = {"verdict": ["", verdict.value]}
        record(actor=actor, verb=verb, target=plan, organisation=row.organisation, payload=payload, reason=reason)
        tell_of_plan(actor=actor, verb=verb, plan=plan, effect=str(row.pk), office=row.organisation)
    return row


def _held(receipt: PlanRecipient) -> tuple[Plan, PlanRecipient]:
    plan = held_plan(receipt.plan)
    row: PlanRecipient | None = PlanRecipient.objects.filter(pk=receipt.pk, plan=plan).first()
    if row is None:
        raise PermissionDeniedError(gettext("This plan is not there for you."))
    return plan, row
