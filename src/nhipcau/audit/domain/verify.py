from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.audit.heads import read_heads
from nhipcau.audit.ledger import sealed_rows, unsealed_rows
from nhipcau.audit.models import Entry
from nhipcau.audit.verifying import Verifier

if TYPE_CHECKING:
    from pathlib import Path

    from nhipcau.access import Actor
    from nhipcau.audit.verifying import Verdict

#: Faults that the entry of a verification names; the command names up to a thousand.
KEPT = 20


def verify_chain(*, actor: Actor, heads: Path | None = None) -> Verdict:
    """Read the whole record and name everything that is not as it was sealed; that it was read is recorded.

    Args:
        actor: the system.
        heads: the file of heads; that of the settings where none is given.

    Raises:
        PermissionDeniedError: the actor is not the system.
        OSError: the file of heads cannot be read.
    """
    require("audit.verify_chain", actor)
    # The file before the database: a head noted meanwhile would seem to be cut off.
    verifier = Verifier(read_heads(heads or settings.AUDIT_HEADS))
    verifier.sealed(sealed_rows())
    verifier.unsealed(unsealed_rows())
    verdict = verifier.done()
    last = Entry.objects.filter(sequence__isnull=False).order_by("-sequence").first()
    if last is not None:
        with transaction.atomic():
            record(
                actor=actor,
                verb="audit.verify_chain",
                target=last,
                payload={
                    "entries": verdict.count,
                    "unsealed": verdict.unsealed,
                    "faults": len(verdict.faults) + verdict.more,
                    "first_faults": [fault.plain() for fault in verdict.faults[:KEPT]],
                },
            )
    return verdict
