from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.press.models import Digest


def take_digest(*, actor: Actor, digest: Digest, form: str) -> None:
    """Say that somebody takes a digest along as a file; what lies on other machines is known by this alone.

    Args:
        actor: somebody of the office whose digest it is.
        digest: what is taken.
        form: ``docx``, ``pdf``, ``xlsx``, ``json`` or ``html``.

    Raises:
        PermissionDeniedError: the actor is nobody of that office.
    """
    require("press.take_digest", actor, digest.organisation)
    with transaction.atomic():
        record(
            actor=actor,
            verb="press.take_digest",
            target=digest,
            organisation=digest.organisation,
            payload={"kind": form, "result_hash": digest.result_hash},
        )
