"""Work on many rows at once: each row through its own rule and its own entry, all of them or none, and back again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.workspace.models import BulkRun

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from nhipcau.accounts.models import Person
    from nhipcau.ui.listing import Bulk, Listing

#: How long the notice offers to put everything back.
UNDO_WITHIN = timedelta(minutes=10)


class BulkError(Exception):
    """Work on many rows that is not done; the sentence says why."""


def run_bulk(*, actor: Person, listing: Listing, bulk: Bulk, rows: Iterable[Any]) -> BulkRun:
    """Do it with every row with which it can be done, in one transaction; the others are passed over.

    Raises:
        PermissionDeniedError: the actor may not do this with one of the rows; nothing is done.
        BulkError: there is no row with which it can be done.
    """
    with transaction.atomic():
        require("workspace.run_bulk", actor)
        chosen = [row for row in rows if bulk.effect(row).possible]
        if not chosen:
            raise BulkError(gettext("There is no row with which this can be done."))
        done = [[row.pk, bulk.run(actor, row)] for row in chosen]
        run: BulkRun = BulkRun.objects.create(
            person=actor,
            listing=listing.name,
            action=bulk.name,
            model=chosen[0]._meta.label_lower,
            rows=done,
            done_at=timezone.now(),
        )
        payload = {"list": listing.name, "action": bulk.name, "rows": [key for key, _token in done]}
        record(actor=actor, verb="workspace.run_bulk", target=run, payload=payload)
    return run


def undo_bulk(*, actor: Person, run: BulkRun, bulk: Bulk) -> int:
    """Put back what was done, row by row; how many. A row that is gone, or was changed since, stays as it is.

    Raises:
        PermissionDeniedError: somebody else did it, or the actor may no longer do this with one of the rows.
        BulkError: it cannot be undone, its time is over, or it is undone already.
    """
    with transaction.atomic():
        require("workspace.undo_bulk", actor, run)
        current = BulkRun.objects.select_for_update().filter(pk=run.pk).first()
        if current is None or bulk.undo is None or not may_be_undone(current, timezone.now()):
            raise BulkError(gettext("This can no longer be undone."))
        model: Any = apps.get_model(current.model)
        tokens = {key: token for key, token in current.rows}  # noqa: C416 - pairs from JSON are lists
        undone = [row.pk for row in model.objects.filter(pk__in=tokens) if bulk.undo(actor, row, tokens[row.pk])]
        current.undone_at = timezone.now()
        current.save(update_fields=["undone_at"])
        payload = {"list": current.listing, "action": current.action, "rows": undone}
        record(actor=actor, verb="workspace.undo_bulk", target=current, payload=payload)
    return len(undone)


def may_be_undone(run: BulkRun, now: datetime) -> bool:
    """Whether its time is not over at an aware moment, and nobody has undone it."""
    return run.undone_at is None and bool(run.done_at > now - UNDO_WITHIN)
