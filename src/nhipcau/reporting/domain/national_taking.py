"""That somebody takes what was reported along as a file; what lies on other machines is known by this alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.reporting.models import NationalReport, Seal, Submission


def take_national(*, actor: Actor, national: NationalReport, form: str) -> None:
    """Say that somebody takes a national report along.

    Args:
        actor: somebody of its office, or of one that it was sent to.
        national: what is taken.
        form: ``docx``, ``pdf`` or ``xlsx``.

    Raises:
        PermissionDeniedError: the actor is nobody of these.
    """
    require("reporting.take_national", actor, national)
    _say(actor, "reporting.take_national", national, form)


def take_seal(*, actor: Actor, seal: Seal, form: str) -> None:
    """Say that somebody takes sealed figures along.

    Raises:
        PermissionDeniedError: the actor is nobody of the office that sealed them.
    """
    require("reporting.take_seal", actor, seal)
    _say(actor, "reporting.take_seal", seal, form)


def take_submission(*, actor: Actor, submission: Submission, form: str) -> None:
    """Say that somebody takes a submitted report along.

    Raises:
        PermissionDeniedError: the actor is nobody of the office that submitted it or of the one that received it.
    """
    require("reporting.take_submission", actor, submission)
    _say(actor, "reporting.take_submission", submission, form)


def _say(actor: Actor, verb: str, target: NationalReport | Seal | Submission, form: str) -> None:
    with transaction.atomic():
        record(actor=actor, verb=verb, target=target, organisation=target.organisation, payload={"kind": form})
