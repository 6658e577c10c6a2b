"""Sealing the figures of a campaign: their hash goes into the audit chain in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.reporting.domain.held import held_campaign
from nhipcau.reporting.models import Seal
from nhipcau.reporting.sealed import pack_of
from nhipcau.workspace.domain.errors import IncompleteError

if TYPE_CHECKING:
    from datetime import datetime

    from nhipcau.accounts.models import Person
    from nhipcau.reporting.models import Campaign


def seal_figures(*, actor: Person, campaign: Campaign, moment: datetime, reason: str) -> Seal:
    """Seal the figures of a campaign as they were submitted by a moment.

    The hash of the pack stands in the audit entry, whose payload is chained: who changes a figure afterwards, in the
    database itself, is found out, and so is who changes the seal.

    Args:
        actor: a coordinator of the campaign's office.
        campaign: the campaign.
        moment: what had come in by then; not in the future.
        reason: what it is sealed for.

    Raises:
        PermissionDeniedError: the actor is none.
        IncompleteError: no reason is given, the moment is to come, or nothing had come in.
    """
    with transaction.atomic():
        row = held_campaign(campaign)
        require("reporting.seal_figures", actor, row)
        if not reason.strip():
            raise IncompleteError(gettext("Figures are not sealed without a reason."), "reason")
        now = timezone.now()
        if moment > now:
            raise IncompleteError(gettext("What is still to come cannot be sealed."), "moment")
        pack = pack_of(row, moment)
        if not pack.parts:
            raise IncompleteError(gettext("Nothing had come in by then."), "moment")
        seal: Seal = Seal.objects.create(
            campaign=row,
            organisation=row.organisation,
            moment=moment,
            hash=pack.hash,
            parts={str(key): value for key, value in pack.parts.items()},
            reason=reason.strip(),
            sealed_at=now,
            sealed_by=actor,
            sample=row.sample,
        )
        record(
            actor=actor,
            verb="reporting.seal_figures",
            target=seal,
            organisation=row.organisation,
            payload={"campaign": row.pk, "moment": moment, "hash": pack.hash, "submissions": len(pack.parts)},
            reason=reason.strip(),
        )
    return seal
