"""Who is told of what happens to tasks and recommendations, in the transaction in which it happens."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from nhipcau.access import system
from nhipcau.accounts.models import Membership, Person, Role
from nhipcau.network.models import valid_on
from nhipcau.programme.models import RecommendationState
from nhipcau.workspace.domain.notices import notify
from nhipcau.workspace.queries.people import holding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhipcau.access import Actor
    from nhipcau.programme.models import Recommendation, TaskInstance

#: Who takes in for an office what another office gives it.
_RECEIVERS = (Role.FOCAL_OFFICER, Role.DRAFTER)


def tell_of_instances(*, actor: Actor, instances: Sequence[TaskInstance]) -> None:
    """Tell the focal officers and drafters of each office that a task was given to it."""
    people = _by_office([row.organisation_id for row in instances])
    for row in instances:
        if people[row.organisation_id]:
            notify(
                actor=actor,
                kind="programme.tasks.given",
                to=people[row.organisation_id],
                target=row,
                sentence=gettext_noop("%(office)s gives you the task “%(what)s”."),
                params={"office": row.task.organisation, "what": row.task.title_vi},
                url=reverse("programme:task_instance", args=[row.pk]),
            )


#: State reached -> kind of notice, and what is said.
_SAID = {
    RecommendationState.SENT: (
        "programme.recommendations.asked",
        gettext_noop("%(office)s recommends to you: “%(what)s”."),
    ),
    RecommendationState.ANSWERED: (
        "programme.recommendations.answered",
        gettext_noop("%(office)s answers your recommendation “%(what)s”."),
    ),
}


def tell_of_recommendation(*, actor: Actor, asked: Recommendation, again: str = "") -> None:
    """Tell the addressee of what is asked, and the asker of the answer; ``again`` tells one answer from another."""
    if asked.state not in _SAID:
        return
    kind, sentence = _SAID[RecommendationState(asked.state)]
    to_addressee = asked.state == RecommendationState.SENT
    office, speaker = (
        (asked.addressee_id, asked.organisation) if to_addressee else (asked.organisation_id, asked.addressee)
    )
    notify(
        actor=actor,
        kind=kind,
        to=holding(_RECEIVERS, [office]),
        target=asked,
        sentence=sentence,
        params={"office": speaker, "what": asked.title},
        url=reverse("programme:recommendation", args=[asked.pk]),
        effect=again,
    )


def _by_office(offices: Iterable[int]) -> dict[int, list[Person]]:
    """Who receives in each of these offices today: two queries, however many offices there are."""
    people: dict[int, list[Person]] = defaultdict(list)
    with system("notices"):
        held = Membership.objects.filter(
            valid_on(timezone.localdate()), organisation_id__in=list(offices), role__in=_RECEIVERS
        )
        pairs = set(held.order_by().values_list("organisation_id", "person_id"))
        known = Person.objects.in_bulk({person for _office, person in pairs})
    for office, person in sorted(pairs):
        people[office].append(known[person])
    return people
