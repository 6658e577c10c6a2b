"""Who is told of the steps of a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_noop

from nhipcau.accounts.models import Person, Role
from nhipcau.workspace.domain.notices import notify
from nhipcau.workspace.models import Letter, LetterRecipient
from nhipcau.workspace.queries.people import holding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.access import Actor

_CHECKERS = (Role.REVIEWER, Role.APPROVER)
_RECEIVERS = (Role.FOCAL_OFFICER, Role.OFFICE_ADMINISTRATOR)

#: Step -> kind of notice, and what is said of it.
_SAID = {
    "workspace.submit_letter": ("workspace.letters.review", gettext_noop("%(who)s submits the letter “%(what)s”.")),
    "workspace.send_back_letter": ("workspace.letters.back", gettext_noop("%(who)s sends the letter “%(what)s” back.")),
    "workspace.approve_letter": (
        "workspace.letters.approved",
        gettext_noop("%(who)s approved the letter “%(what)s”; it can be issued."),
    ),
    "workspace.issue_letter": (
        "workspace.letters.arrived",
        gettext_noop("%(office)s sends you the letter “%(what)s”."),
    ),
    "workspace.recall_letter": (
        "workspace.letters.recalled",
        gettext_noop("%(office)s recalls the letter “%(what)s”."),
    ),
}


def tell_of_letter(*, actor: Actor, verb: str, letter: Letter) -> None:
    """Tell those to whom it falls to go on, in the transaction of the step; of the other steps nobody is told."""
    if verb not in _SAID:
        return
    kind, sentence = _SAID[verb]
    notify(
        actor=actor,
        kind=kind,
        to=_to(verb, letter),
        target=letter,
        sentence=sentence,
        params={"who": actor.actor_label, "what": letter, "office": letter.organisation},
        url=reverse("workspace:letter", args=[letter.pk]),
        effect=f"{verb}:{letter.version}:{letter.changed_at.isoformat()}",
    )


def _to(verb: str, letter: Letter) -> Iterable[Person]:
    if verb == "workspace.submit_letter":
        return holding(_CHECKERS, [letter.organisation_id])
    if verb in {"workspace.send_back_letter", "workspace.approve_letter"}:
        writers = {int(actor_id.partition(":")[2]) for actor_id in letter.drafter_ids()}
        return list(Person.objects.filter(pk__in=writers))
    rows = LetterRecipient.objects.filter(letter=letter)
    return holding(_RECEIVERS, list(rows.values_list("organisation_id", flat=True)))
