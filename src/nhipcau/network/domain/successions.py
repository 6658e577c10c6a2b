"""One body follows another: merged, split, reorganised, a duty handed over. Old figures stay with the old body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.network.domain.checking import ONE_DAY
from nhipcau.network.domain.errors import OrganisationError
from nhipcau.network.domain.relations import store_successions
from nhipcau.network.domain.releasing import children_after, release
from nhipcau.network.domain.spells import ended, handed_over, require_alive, shown_name
from nhipcau.network.domain.storing import standing_rows, store_rows
from nhipcau.network.models import Organisation, Succession, SuccessionKind
from nhipcau.network.rows import OrganisationRow, SuccessionRow, normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from nhipcau.access import Actor


def merge_organisations(
    *,
    actor: Actor,
    members: Sequence[Organisation],
    into: Organisation | OrganisationRow,
    day: date,
    basis: str = "",
    source: str = "",
    confidence: str = "medium",
    reason: str = "",
) -> Organisation:
    """Bodies become one on a day: an existing body that goes on, or a new one that begins on that day.

    The members end on the eve; what belonged to them belongs to the successor; their roles in the network and their
    memberships end and are granted anew where the law says so. A single member that becomes a new body was reorganised.

    Returns:
        The successor.

    Raises:
        PermissionDeniedError: the actor may not.
        OrganisationError: a member does not exist on the eve, or the successor on the day; nothing was changed.
    """
    with transaction.atomic():
        require("network.manage_organisations", actor)
        standing = standing_rows()
        heir = _heir(into, day, standing)
        going = {one.slug: one for one in members if one.slug != heir.slug}
        ending = [standing[key] for key in going]
        if not ending:
            raise OrganisationError(gettext("Nobody is merged: name the bodies that end."))
        rows = {row.slug: normal(ended(row, day - ONE_DAY)) for row in ending}
        rows.setdefault(heir.slug, heir)
        for gone in ending:
            for child in children_after(gone.slug, day - ONE_DAY, standing):
                if child.slug not in going:
                    now = rows.get(child.slug, child)
                    rows[child.slug] = normal(handed_over(now, gone.slug, heir.slug, day))
        for one in going.values():
            release(actor, one, day - ONE_DAY)
        verbs = dict.fromkeys(rows, "network.change_parent") | {heir.slug: _verb_of_heir(heir, standing)}
        verbs |= {row.slug: "network.merge_organisation" for row in ending}
        known = store_rows(actor, rows.values(), standing, verbs=verbs, reason=reason)
        alone = len(ending) == 1 and heir.slug not in standing
        kind = SuccessionKind.RENAME if alone else SuccessionKind.MERGE
        common: dict[str, Any] = {"kind": kind, "day": day, "basis": basis, "source": source, "confidence": confidence}
        facts = [SuccessionRow(predecessor=row.slug, successor=heir.slug, **common) for row in ending]
        store_successions(actor, facts, known)
        return known[heir.slug]


def split_organisation(
    *,
    actor: Actor,
    organisation: Organisation,
    parts: Sequence[Organisation | OrganisationRow],
    day: date,
    survives: bool = False,
    basis: str = "",
    source: str = "",
    confidence: str = "medium",
    reason: str = "",
) -> list[Organisation]:
    """Parts of a body become bodies of their own on a day, or go to others; the rest of it goes on or there is none.

    Returns:
        The bodies that hold the parts.

    Raises:
        PermissionDeniedError: the actor may not.
        OrganisationError: it does not exist on the eve, a part cannot be, or something still belongs to a body that
            would end; nothing was changed.
    """
    with transaction.atomic():
        require("network.manage_organisations", actor)
        standing = standing_rows()
        old = standing[organisation.slug]
        require_alive(old, day - ONE_DAY)
        heirs = [_heir(part, day, standing) for part in parts]
        if not heirs:
            raise OrganisationError(gettext("Nothing is split off: name the bodies that take over."))
        rows = {heir.slug: heir for heir in heirs}
        if not survives:
            below = [row for row in children_after(old.slug, day - ONE_DAY, standing) if row.slug not in rows]
            if below:
                words = {"name": shown_name(old), "below": ", ".join(map(shown_name, below))}
                raise OrganisationError(gettext("%(name)s cannot end while these belong to it: %(below)s.") % words)
            rows[old.slug] = normal(ended(old, day - ONE_DAY))
            release(actor, organisation, day - ONE_DAY)
        verbs = {heir.slug: _verb_of_heir(heir, standing) for heir in heirs} | {old.slug: "network.split_organisation"}
        known = store_rows(actor, rows.values(), standing, verbs=verbs, reason=reason)
        common: dict[str, Any] = {"kind": SuccessionKind.SPLIT, "day": day, "basis": basis, "source": source}
        facts = [
            SuccessionRow(predecessor=old.slug, successor=heir.slug, confidence=confidence, **common) for heir in heirs
        ]
        store_successions(actor, facts, known)
        return [known[heir.slug] for heir in heirs]


def transfer_duty(
    *,
    actor: Actor,
    giver: Organisation,
    taker: Organisation,
    day: date,
    duty: str = "",
    part_vi: str = "",
    part_en: str = "",
    basis: str = "",
    source: str = "",
    confidence: str = "medium",
) -> Succession:
    """A duty passes from one body to another on a day; both may go on, or the giver has ended on the eve.

    ``duty`` is one of :class:`nhipcau.network.models.Duty`, where figures counted under it pass with it; ``part_vi``
    and ``part_en`` say in words what passes.

    Raises:
        PermissionDeniedError: the actor may not.
        OrganisationError: one of them is not there on its day, or neither a duty nor words say what passes.
    """
    with transaction.atomic():
        require("network.manage_organisations", actor)
        if not duty and not part_vi:
            raise OrganisationError(gettext("Say which duty passes over."))
        known = {one.slug: one for one in (giver, taker)}
        row = SuccessionRow(
            predecessor=giver.slug,
            successor=taker.slug,
            kind=SuccessionKind.TRANSFER,
            day=day,
            duty=duty,
            part_vi=part_vi,
            part_en=part_en,
            basis=basis,
            source=source,
            confidence=confidence,
        )
        store_successions(actor, [row], known)
        found: Succession = Succession.objects.get(predecessor=giver, successor=taker, day=day)
        return found


def _heir(into: Organisation | OrganisationRow, day: date, standing: dict[str, OrganisationRow]) -> OrganisationRow:
    """The row of the body that takes over: as it stands, or new and beginning on the day."""
    if isinstance(into, OrganisationRow):
        if into.slug in standing:
            raise OrganisationError(
                gettext("%(key)s: there is an organisation with this key already.") % {"key": into.slug}
            )
        if into.valid_from != day:
            raise OrganisationError(gettext("%(name)s must begin on the day.") % {"name": shown_name(into)})
        return normal(into)
    row = standing[into.slug]
    require_alive(row, day)
    return row


def _verb_of_heir(heir: OrganisationRow, standing: Iterable[str]) -> str:
    return "network.change_organisation" if heir.slug in standing else "network.create_organisation"
