"""Who may do what with plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules

from nhipcau.access import current
from nhipcau.access.classification import TAKERS, Classification
from nhipcau.access.rights import holds, is_not_among_drafters, is_system
from nhipcau.accounts.models import Role
from nhipcau.programme.models import PLAN_OUT, PLAN_WRITABLE, PlanState
from nhipcau.workspace.models import host_of
from nhipcau.workspace.rules import letters
from nhipcau.workspace.rules.attached import SPEAKERS

if TYPE_CHECKING:
    from nhipcau.access import Actor

#: Who writes plans for an office.
PLANNERS = letters.WRITERS
#: Who takes in what comes for an office; in the coordinating ministry its coordinators.
PLAN_RECEIVERS = (*letters.RECEIVERS, Role.COORDINATOR)
#: Who answers an office for another one.
JUDGES = (Role.COORDINATOR, Role.APPROVER)


def in_office(*roles: str) -> rules.predicates.Predicate:
    """The actor holds one of the roles in the office of the plan, or of the plan that the row belongs to."""
    held = holds(*roles)

    @rules.predicate(f"{' or '.join(roles)} of its office")
    def there(actor: Actor, row: Any) -> bool:
        plan = getattr(row, "plan", row)
        return plan is not None and bool(held(actor, plan.organisation))

    checked: rules.predicates.Predicate = there
    return checked


@rules.predicate
def is_being_written(_actor: Actor, row: Any) -> bool:
    """What is issued is what was approved, so files come and go while the plan is written."""
    return row is not None and row.state in PLAN_WRITABLE


@rules.predicate
def is_to_be_signed(_actor: Actor, row: Any) -> bool:
    """The signed copy is made of what was approved."""
    return row is not None and row.state in {PlanState.APPROVED, *PLAN_OUT}


@rules.predicate
def speaks_for_an_office_that_has_it(actor: Actor, plan: Any) -> bool:
    """The actor, whose access is open, speaks for the owner, or for an office that it was sent to."""
    if plan is None or current().actor != actor:
        return False
    host, mine = host_of(plan), current().organisations(*SPEAKERS, Role.COORDINATOR)
    return host.office(plan).pk in mine or any(office.pk in mine for office in host.receivers(plan))


@rules.predicate
def may_take_it_along(actor: Actor, plan: Any) -> bool:
    """The actor, whose access is open, is of an office that has it; a restricted one is the owner's to hand out."""
    if plan is None or current().actor != actor:
        return False
    host = host_of(plan)
    if plan.classification == Classification.RESTRICTED:
        return host.office(plan).pk in current().organisations(*TAKERS)
    mine = current().organisations()
    return host.office(plan).pk in mine or any(office.pk in mine for office in host.receivers(plan))


writes = in_office(*PLANNERS)
signs = in_office(Role.APPROVER)
checks = in_office(Role.REVIEWER, Role.APPROVER)

rules.add_perm("programme.draft_plan", is_system | holds(*PLANNERS))
rules.add_perm("programme.edit_plan", is_system | writes)
rules.add_perm("programme.submit_plan", is_system | writes)
rules.add_perm("programme.withdraw_plan", is_system | writes)
rules.add_perm("programme.discard_plan", is_system | writes)
rules.add_perm("programme.amend_plan", is_system | writes)
# What was written and dropped on the way stays inside the office.
rules.add_perm("programme.read_plan_versions", writes | checks | in_office(Role.LEADER))
rules.add_perm("programme.send_back_plan", checks)
# Nobody approves what they wrote, the system neither: it writes nothing that goes out unseen.
rules.add_perm("programme.approve_plan", signs & is_not_among_drafters)
rules.add_perm("programme.issue_plan", signs)
rules.add_perm("programme.recall_plan", signs)
rules.add_perm("programme.comment_plan", speaks_for_an_office_that_has_it)
rules.add_perm("programme.take_plan", may_take_it_along)
rules.add_perm("programme.attach_to_plan", is_being_written & writes)
rules.add_perm("programme.sign_plan", is_to_be_signed & (writes | signs))
# Of a receipt: it is the receiving office that counts.
rules.add_perm("programme.receive_plan", is_system | letters.in_office(*PLAN_RECEIVERS))
rules.add_perm("programme.accept_plan", letters.in_office(*JUDGES))
rules.add_perm("programme.return_plan", letters.in_office(*JUDGES))
# What all plans must contain is said by the coordinating ministry.
rules.add_perm("programme.publish_plan_template", is_system | holds(Role.COORDINATOR))
