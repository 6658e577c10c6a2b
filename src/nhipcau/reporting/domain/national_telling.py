"""Who is told of the steps of a national report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_noop

from nhipcau.accounts.models import Person, Role
from nhipcau.reporting.models import NationalRecipient, NationalReport
from nhipcau.workspace.domain.notices import notify
from nhipcau.workspace.queries.people import holding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.access import Actor

_RECEIVERS = (Role.FOCAL_OFFICER, Role.LEADER, Role.COORDINATOR)

#: Step -> kind of notice, and what is said of it.
_SAID = {
    "reporting.submit_national": (
        "reporting.national.review",
        gettext_noop("%(who)s submits the national report “%(what)s”."),
    ),
    "reporting.send_back_national": (
        "reporting.national.back",
        gettext_noop("%(who)s sends the national report “%(what)s” back."),
    ),
    "reporting.approve_national": (
        "reporting.national.approved",
        gettext_noop("%(who)s approved the national report “%(what)s”; it can be issued."),
    ),
    "reporting.issue_national": (
        "reporting.national.arrived",
        gettext_noop("%(office)s sends you the national report “%(what)s”."),
    ),
    "reporting.recall_national": (
        "reporting.national.recalled",
        gettext_noop("%(office)s recalls the national report “%(what)s”."),
    ),
}


def tell_of_national(*, actor: Actor, verb: str, national: NationalReport) -> None:
    """Tell those to whom it falls to go on, in the transaction of the step; of the other steps nobody is told."""
    if verb not in _SAID:
        return
    kind, sentence = _SAID[verb]
    notify(
        actor=actor,
        kind=kind,
        to=_to(verb, national),
        target=national,
        sentence=sentence,
        params={"who": actor.actor_label, "what": national, "office": national.organisation},
        url=reverse("reporting:national", args=[national.pk]),
        effect=f"{verb}:{national.version}:{national.changed_at.isoformat()}",
    )


def _to(verb: str, national: NationalReport) -> Iterable[Person]:
    if verb == "reporting.submit_national":
        return holding((Role.REVIEWER, Role.APPROVER), [national.organisation_id])
    if verb in {"reporting.send_back_national", "reporting.approve_national"}:
        writers = {int(actor_id.partition(":")[2]) for actor_id in national.drafter_ids()}
        return list(Person.objects.filter(pk__in=writers))
    rows = NationalRecipient.objects.filter(national=national)
    return holding(_RECEIVERS, list(rows.values_list("organisation_id", flat=True)))
