"""What happens to one organisation: it is renamed, moved, put into another class, or it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.network.domain.errors import OrganisationError
from nhipcau.network.domain.releasing import children_after, release
from nhipcau.network.domain.spells import ended, moved, reclassed, renamed, shown_name
from nhipcau.network.domain.storing import standing_rows, store_rows
from nhipcau.network.rows import normal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation
    from nhipcau.network.rows import OrganisationRow


def rename_organisation(
    *,
    actor: Actor,
    organisation: Organisation,
    name_vi: str,
    name_en: str,
    day: date,
    source: str = "",
    confidence: str = "",
    reason: str = "",
) -> Organisation:
    """From a day on the same body bears other names; the names before stay in its history.

    Names that began on the very day are corrected.

    Raises:
        PermissionDeniedError: the actor may not.
        OrganisationError: it does not exist then, or was renamed later; nothing was changed.
    """

    def change(row: OrganisationRow) -> OrganisationRow:
        return renamed(row, name_vi, name_en, day, source=source, confidence=confidence)

    return _change(actor, organisation, change, "network.rename_organisation", reason)


def change_parent(
    *,
    actor: Actor,
    organisation: Organisation,
    parent: Organisation | None,
    day: date,
    source: str = "",
    confidence: str = "",
    reason: str = "",
) -> Organisation:
    """From a day on a body belongs to another body, or to none.

    Raises:
        PermissionDeniedError: the actor may not.
        OrganisationError: the tree would not be one on some day; nothing was changed.
    """

    def change(row: OrganisationRow) -> OrganisationRow:
        return moved(row, parent.slug if parent else None, day, source=source, confidence=confidence)

    return _change(actor, organisation, change, "network.change_parent", reason)


def change_kind(
    *,
    actor: Actor,
    organisation: Organisation,
    kind: str,
    day: date,
    source: str = "",
    confidence: str = "",
    reason: str = "",
) -> Organisation:
    """From a day on the same body is of another class.

    Raises:
        PermissionDeniedError: the actor may not.
        OrganisationError: it does not exist then, or there is no such class; nothing was changed.
    """

    def change(row: OrganisationRow) -> OrganisationRow:
        return reclassed(row, kind, day, source=source, confidence=confidence)

    return _change(actor, organisation, change, "network.change_kind", reason)


def close_organisation(*, actor: Actor, organisation: Organisation, last_day: date, reason: str = "") -> Organisation:
    """A body ends with a day and nobody takes over; its roles in the network and its memberships end with it.

    Figures stay with it. People keep their roles in it until their office administrator ends them.

    Raises:
        PermissionDeniedError: the actor may not.
        OrganisationError: it does not exist then, or something still belongs to it afterwards; nothing was changed.
    """
    with transaction.atomic():
        require("network.manage_organisations", actor)
        standing = standing_rows()
        below = children_after(organisation.slug, last_day, standing)
        if below:
            words = {"name": shown_name(standing[organisation.slug]), "below": ", ".join(map(shown_name, below))}
            raise OrganisationError(gettext("%(name)s cannot end while these belong to it: %(below)s.") % words)
        row = normal(ended(standing[organisation.slug], last_day))
        verbs = {row.slug: "network.close_organisation"}
        release(actor, organisation, last_day)
        return store_rows(actor, [row], standing, verbs=verbs, reason=reason)[row.slug]


def _change(
    actor: Actor,
    organisation: Organisation,
    change: Callable[[OrganisationRow], OrganisationRow],
    verb: str,
    reason: str,
) -> Organisation:
    with transaction.atomic():
        require("network.manage_organisations", actor)
        standing = standing_rows()
        row = normal(change(standing[organisation.slug]))
        return store_rows(actor, [row], standing, verbs={row.slug: verb}, reason=reason)[row.slug]
