"""Who may do what with recommendations: the office that asks, and the one that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from nhipcau.access.rights import holds, is_not_among_drafters, is_system
from nhipcau.accounts.models import Role
from nhipcau.programme.models import WAITING, Recommendation, RecommendationState
from nhipcau.workspace.rules.attached import speaks_for_an_office_that_has_it
from nhipcau.workspace.rules.letters import RECEIVERS, WRITERS, in_office

if TYPE_CHECKING:
    from nhipcau.access import Actor


@rules.predicate
def is_being_written(_actor: Actor, asked: Recommendation | None) -> bool:
    """Files come and go until it is sent."""
    return asked is not None and asked.state == RecommendationState.DRAFT


@rules.predicate
def answers_it(actor: Actor, asked: Recommendation | None) -> bool:
    """The addressee puts the papers of its answer to it."""
    answering = holds(*WRITERS, Role.APPROVER)
    return asked is not None and asked.state in WAITING and bool(answering(actor, asked.addressee))


# What a document recommends was approved with it; the coordinator recommends in reviews of others' work.
rules.add_perm("programme.ask", is_system | holds(Role.APPROVER, Role.COORDINATOR))
rules.add_perm("programme.draft_recommendation", is_system | holds(*WRITERS, Role.COORDINATOR))
rules.add_perm("programme.edit_recommendation", is_system | in_office(*WRITERS, Role.COORDINATOR))
# Nobody sends what they wrote, the system neither.
rules.add_perm("programme.send_recommendation", in_office(Role.APPROVER) & is_not_among_drafters)
rules.add_perm("programme.withdraw_recommendation", is_system | in_office(*WRITERS, Role.APPROVER, Role.COORDINATOR))
rules.add_perm("programme.close_recommendation", is_system | in_office(*WRITERS, Role.APPROVER, Role.COORDINATOR))
rules.add_perm("programme.receive_recommendation", is_system | holds(*RECEIVERS))
rules.add_perm("programme.answer_recommendation", is_system | holds(Role.APPROVER))
rules.add_perm(
    "programme.attach_to_recommendation", (is_being_written & in_office(*WRITERS, Role.COORDINATOR)) | answers_it
)
rules.add_perm("programme.comment_recommendation", speaks_for_an_office_that_has_it)
