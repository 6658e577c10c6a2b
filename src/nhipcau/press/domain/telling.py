"""Who is told of the steps of a digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_noop

from nhipcau.accounts.models import Person, Role
from nhipcau.press.models import Digest, DigestRecipient
from nhipcau.workspace.domain.notices import notify
from nhipcau.workspace.queries.people import holding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.access import Actor

_CHECKERS = (Role.REVIEWER, Role.APPROVER)
_RECEIVERS = (Role.PRESS_ANALYST, Role.FOCAL_OFFICER, Role.LEADER)

#: Step -> kind of notice, and what is said of it.
_SAID = {
    "press.submit_digest": ("press.digests.review", gettext_noop("%(who)s submits the press digest “%(what)s”.")),
    "press.send_back_digest": ("press.digests.back", gettext_noop("%(who)s sends the press digest “%(what)s” back.")),
    "press.approve_digest": (
        "press.digests.approved",
        gettext_noop("%(who)s approved the press digest “%(what)s”; it can be issued."),
    ),
    "press.issue_digest": (
        "press.digests.arrived",
        gettext_noop("%(office)s sends you the press digest “%(what)s”."),
    ),
    "press.recall_digest": (
        "press.digests.recalled",
        gettext_noop("%(office)s recalls the press digest “%(what)s”."),
    ),
    "press.draft_notice": (
        "press.digests.review",
        gettext_noop("%(who)s has written a correction of the press digest “%(what)s”; somebody else publishes it."),
    ),
    "press.publish_notice": (
        "press.digests.recalled",
        gettext_noop("%(office)s corrects the press digest “%(what)s”."),
    ),
}
_TO_CHECKERS = {"press.submit_digest", "press.draft_notice"}
_TO_WRITERS = {"press.send_back_digest", "press.approve_digest"}


def tell_of_digest(*, actor: Actor, verb: str, digest: Digest, effect: str = "") -> None:
    """Tell those to whom it falls to go on, in the transaction of the step; of the other steps nobody is told."""
    if verb not in _SAID:
        return
    kind, sentence = _SAID[verb]
    notify(
        actor=actor,
        kind=kind,
        to=_to(verb, digest),
        target=digest,
        sentence=sentence,
        params={"who": actor.actor_label, "what": digest, "office": digest.organisation},
        url=reverse("press:digest", args=[digest.pk]),
        effect=f"{verb}:{effect}:{digest.version}:{digest.changed_at.isoformat()}",
    )


def _to(verb: str, digest: Digest) -> Iterable[Person]:
    if verb in _TO_CHECKERS:
        return holding(_CHECKERS, [digest.organisation_id])
    if verb in _TO_WRITERS:
        writers = {int(actor_id.partition(":")[2]) for actor_id in digest.drafter_ids()}
        return list(Person.objects.filter(pk__in=writers))
    rows = DigestRecipient.objects.filter(digest=digest)
    return holding(_RECEIVERS, list(rows.values_list("organisation_id", flat=True)))
