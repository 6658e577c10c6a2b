from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.audit.models import Entry
from nhipcau.audit.purged import PURGE, runs, said
from nhipcau.audit.retention import PayloadRule, rules

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from nhipcau.access import Actor

#: Entries purged in one transaction, each of which leaves one entry of its own.
BATCH = 2000


def purge_payloads(*, actor: Actor, rule: PayloadRule, now: datetime | None = None) -> int:
    """Take away the payloads that a rule keeps no longer, and say how many that were.

    The hash of the payload and the name of the rule stay, so the chain stays whole; an entry says which entries were
    purged, and a payload gone without one is a fault. Safe to run twice.

    Raises:
        PermissionDeniedError: the actor is not the system.
    """
    require("audit.purge_payloads", actor)
    purged = 0
    while True:
        with transaction.atomic():
            due = list(_due(rule, now or timezone.now()).select_for_update().order_by("pk")[:BATCH])
            if not due:
                return purged
            keys = [entry.pk for entry in due]
            Entry.objects.filter(pk__in=keys).update(payload=None, purged_under=rule.name)
            payload = {"rule": rule.name, "number": len(keys), "entries": said(runs(keys))}
            record(actor=actor, verb=PURGE, target=due[-1], payload=payload)
        purged += len(keys)


def purge_due(*, actor: Actor, now: datetime | None = None) -> int:
    """Apply every rule that is declared, and say how many payloads went.

    Raises:
        PermissionDeniedError: the actor is not the system.
    """
    return sum(purge_payloads(actor=actor, rule=rule, now=now) for rule in rules())


def _due(rule: PayloadRule, now: datetime) -> QuerySet[Entry]:
    # Sealed first: what was purged before would be sealed without anybody having seen what it hashes.
    entries: QuerySet[Entry] = Entry.objects.filter(
        at__lt=now - rule.age, purged_under="", payload__isnull=False, sequence__isnull=False
    )
    if rule.verbs:
        entries = entries.filter(verb__in=rule.verbs)
    if rule.object_types:
        entries = entries.filter(object_type__in=rule.object_types)
    return entries.exclude(verb=PURGE)
