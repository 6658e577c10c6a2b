"""What a body leaves behind when it ends: what belonged to it, its roles in the network, its memberships."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext

from nhipcau.audit.domain.record import record
from nhipcau.network.domain.errors import OrganisationError
from nhipcau.network.models import BodyMembership, HeldRole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation
    from nhipcau.network.rows import OrganisationRow


def children_after(key: str, last: date, standing: Mapping[str, OrganisationRow]) -> list[OrganisationRow]:
    """The bodies that belong to this one on some day after ``last``."""
    return [
        row
        for row in standing.values()
        if any(link.parent == key and (link.valid_to or date.max) > last for link in row.parents)
    ]


def release(actor: Actor, organisation: Organisation, last: date) -> None:
    """End with this day the roles in the network that a body holds and what it is a member of, or has as members.

    Raises:
        OrganisationError: one of them is entered for a time that begins only afterwards.
    """
    memberships = BodyMembership.objects.select_related("body", "member")
    found: list[tuple[str, Any]] = [
        *(("network.end_held_role", one) for one in HeldRole.objects.filter(organisation=organisation)),
        *(("network.end_member", one) for one in memberships.filter(Q(body=organisation) | Q(member=organisation))),
    ]
    for verb, one in found:
        if one.valid_from > last:
            words = {"name": str(organisation), "what": str(one)}
            raise OrganisationError(gettext("%(name)s: “%(what)s” is entered for a time after its end.") % words)
        if one.valid_to is None or one.valid_to > last:
            before, one.valid_to = one.valid_to, last
            one.save(update_fields=["valid_to"])
            payload = {"valid_to": [before, last]}
            record(actor=actor, verb=verb, target=one, organisation=organisation, payload=payload)
