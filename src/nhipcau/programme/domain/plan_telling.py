"""Who is told of the steps of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_noop

from nhipcau.accounts.models import Person, Role
from nhipcau.programme.models import Plan, PlanRecipient
from nhipcau.workspace.domain.notices import notify
from nhipcau.workspace.queries.people import holding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation

_CHECKERS = (Role.REVIEWER, Role.APPROVER)
_RECEIVERS = (Role.COORDINATOR, Role.FOCAL_OFFICER)

#: Step -> kind of notice, and what is said of it.
_SAID = {
    "programme.submit_plan": ("programme.plans.review", gettext_noop("%(who)s submits the plan “%(what)s”.")),
    "programme.send_back_plan": ("programme.plans.back", gettext_noop("%(who)s sends the plan “%(what)s” back.")),
    "programme.approve_plan": (
        "programme.plans.approved",
        gettext_noop("%(who)s approved the plan “%(what)s”; it can be issued."),
    ),
    "programme.issue_plan": ("programme.plans.arrived", gettext_noop("%(office)s sends you the plan “%(what)s”.")),
    "programme.recall_plan": ("programme.plans.recalled", gettext_noop("%(office)s recalls the plan “%(what)s”.")),
    "programme.accept_plan": (
        "programme.plans.answered",
        gettext_noop("%(office)s accepted the plan “%(what)s”."),
    ),
    "programme.return_plan": (
        "programme.plans.returned",
        gettext_noop("%(office)s asks for an amendment of the plan “%(what)s”."),
    ),
}
_TO_WRITERS = {"programme.send_back_plan", "programme.approve_plan"}
_TO_OFFICE = {"programme.accept_plan", "programme.return_plan"}


def tell_of_plan(*, actor: Actor, verb: str, plan: Plan, effect: str = "", office: Organisation | None = None) -> None:
    """Tell those to whom it falls to go on, in the transaction of the step; of the other steps nobody is told.

    Args:
        actor: who took the step.
        verb: the step.
        plan: the plan.
        effect: what sets this telling apart from the next one of the same step.
        office: who speaks, where it is not the plan's own office.
    """
    if verb not in _SAID:
        return
    kind, sentence = _SAID[verb]
    notify(
        actor=actor,
        kind=kind,
        to=_to(verb, plan),
        target=plan,
        sentence=sentence,
        params={"who": actor.actor_label, "what": plan, "office": office or plan.organisation},
        url=reverse("programme:plan", args=[plan.pk]),
        effect=f"{verb}:{effect}:{plan.version}:{plan.changed_at.isoformat()}",
    )


def _to(verb: str, plan: Plan) -> Iterable[Person]:
    if verb == "programme.submit_plan":
        return holding(_CHECKERS, [plan.organisation_id])
    writers = {int(actor_id.partition(":")[2]) for actor_id in plan.drafter_ids()}
    if verb in _TO_WRITERS:
        return list(Person.objects.filter(pk__in=writers))
    if verb in _TO_OFFICE:
        people = holding((Role.FOCAL_OFFICER, Role.APPROVER), [plan.organisation_id])
        return [*people, *Person.objects.filter(pk__in=writers - {person.pk for person in people})]
    rows = PlanRecipient.objects.filter(plan=plan)
    return holding(_RECEIVERS, list(rows.values_list("organisation_id", flat=True)))
