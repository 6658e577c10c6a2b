"""Which steps a person may take with a plan now. The domain functions check all of it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rules
from django.utils.translation import gettext_lazy as _

from nhipcau.programme.models import PLAN_WRITABLE, Plan, PlanRecipient, PlanState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhipcau.access import Actor


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: verb, word on the button, icon, key, from which states, whether it asks first."""

    verb: str
    word: Any
    icon: str
    key: str
    states: Sequence[str]
    asks: bool = False

    @property
    def view(self) -> str:
        """The route."""
        return f"programme:plan_{self.verb}"


_SENT_BACK_FROM = (PlanState.IN_REVIEW, PlanState.APPROVED)
#: In the order in which they are offered; the first that may be taken is the page's primary action.
STEPS = (
    Step("issue", _("Issue"), "send", "i", (PlanState.APPROVED,), asks=True),
    Step("approve", _("Approve"), "check", "d", (PlanState.IN_REVIEW,)),
    Step("edit", _("Write"), "pencil", "e", PLAN_WRITABLE, asks=True),
    Step("submit", _("Submit"), "arrow-right", "t", PLAN_WRITABLE),
    Step("send_back", _("Send back"), "arrow-back-up", "l", _SENT_BACK_FROM, asks=True),
    Step("withdraw", _("Take back"), "arrow-back-up", "r", (PlanState.IN_REVIEW,)),
    Step("amend", _("Amend"), "pencil", "h", (PlanState.ISSUED,), asks=True),
    Step("recall", _("Recall"), "arrow-back-up", "u", (PlanState.ISSUED,), asks=True),
    Step("discard", _("Discard"), "trash", "x", PLAN_WRITABLE, asks=True),
)


def steps_for(actor: Actor, plan: Plan) -> list[Step]:
    """The steps that this actor may take with the plan as it is."""
    return [
        step
        for step in STEPS
        if plan.state in step.states and rules.has_perm(f"programme.{step.verb}_plan", actor, plan)
    ]


@dataclass(frozen=True, slots=True)
class Answering:
    """What the reader may do with a receipt of their office: take the plan in, accept it, send it back."""

    receipt: PlanRecipient
    receive: bool
    judge: bool


def answers_for(actor: Actor, plan: Plan, receipts: Iterable[PlanRecipient]) -> list[Answering]:
    """The receipts with which this actor may still do something."""
    found = []
    for receipt in receipts:
        receive = receipt.received_at is None and rules.has_perm("programme.receive_plan", actor, receipt)
        stands = plan.state == PlanState.ISSUED and not receipt.verdict
        judge = stands and rules.has_perm("programme.accept_plan", actor, receipt)
        if receive or judge:
            found.append(Answering(receipt, receive, judge))
    return found
