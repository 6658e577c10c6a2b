from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.workspace.domain.exports import office_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person
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


def take_numbers(*, actor: Person, asked: Mapping[str, str], rows: int) -> None:
    """Say that somebody takes numbers of the coverage along as a file.

    Args:
        actor: who takes it.
        asked: the period and what the numbers are narrowed to.
        rows: how many the file has.

    Raises:
        PermissionDeniedError: the actor is nobody who signed in.
    """
    require("workspace.export_list", actor)
    with transaction.atomic():
        record(
            actor=actor,
            verb="press.take_numbers",
            target=actor,
            organisation=office_of(actor),
            payload={"filters": dict(asked), "kind": "xlsx", "rows": rows},
        )
