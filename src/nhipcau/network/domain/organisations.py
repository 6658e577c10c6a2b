"""Putting organisations into the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.network.domain.errors import OrganisationError
from nhipcau.network.domain.relations import load_relations
from nhipcau.network.domain.storing import standing_rows, store_rows
from nhipcau.network.rows import HOME_ZONE, NameRow, Nation, OrganisationRow, ParentRow, normal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation

__all__ = ["Loaded", "OrganisationError", "create_organisation", "load_nation", "load_organisations"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many bodies a load made, changed, and found as they were; and facts between bodies that it entered."""

    created: int
    changed: int
    unchanged: int
    between: int = 0


def create_organisation(
    *,
    actor: Actor,
    slug: str,
    kind: str,
    name_vi: str,
    name_en: str,
    valid_from: date,
    valid_to: date | None = None,
    parent: Organisation | None = None,
    country: str = "",
    province: str = "",
    time_zone: str = HOME_ZONE,
    sample: bool = False,
    source: str = "",
    confidence: str = "unverified",
) -> Organisation:
    """Enter one body with the names and the parent that it has from its first day to its last.

    Raises:
        PermissionDeniedError: the actor may not.
        OrganisationError: something about it cannot be; nothing was entered.
    """
    row = OrganisationRow(
        slug=slug,
        kind=kind,
        names=(NameRow(name_vi=name_vi, name_en=name_en, valid_from=valid_from, valid_to=valid_to),),
        valid_from=valid_from,
        valid_to=valid_to,
        parents=(ParentRow(parent=parent.slug, valid_from=valid_from, valid_to=valid_to),) if parent else (),
        country=country,
        province=province,
        time_zone=time_zone,
        sample=sample,
        source=source,
        confidence=confidence,
    )
    with transaction.atomic():
        require("network.manage_organisations", actor)
        standing = standing_rows()
        if slug in standing:
            raise OrganisationError(gettext("%(key)s: there is an organisation with this key already.") % {"key": slug})
        return store_rows(actor, [normal(row)], standing)[slug]


def load_organisations(*, actor: Actor, rows: Iterable[OrganisationRow]) -> Loaded:
    """Bring the network to what the rows say; what they do not name stays as it is. Doing it twice changes nothing.

    Raises:
        PermissionDeniedError: the actor may not.
        OrganisationError: something in a row cannot be; nothing of the load was kept.
    """
    return load_nation(actor=actor, nation=Nation(bodies=tuple(rows)))


def load_nation(*, actor: Actor, nation: Nation) -> Loaded:
    """The same for bodies and what holds between them: successions, roles in the network, members of bodies.

    Raises:
        PermissionDeniedError: the actor may not.
        OrganisationError: something in it cannot be; nothing of the load was kept.
    """
    with transaction.atomic():
        require("network.manage_organisations", actor)
        rows = [normal(row) for row in nation.bodies]
        standing = standing_rows()
        known = store_rows(actor, rows, standing)
        between = load_relations(actor, nation, known)
    created = sum(row.slug not in standing for row in rows)
    unchanged = sum(standing.get(row.slug) == row for row in rows)
    changed = len(rows) - created - unchanged
    return Loaded(created=created, changed=changed, unchanged=unchanged, between=between)
