"""Roles in the network pass from body to body by decree; bodies join and leave bodies of members."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from nhipcau.access.rights import require
from nhipcau.network.domain.checking import ONE_DAY
from nhipcau.network.domain.relations import store_held_roles, store_members
from nhipcau.network.models import BodyMembership, HeldRole, Position, RoleInNetwork
from nhipcau.network.rows import BodyMemberRow, HeldRoleRow

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation


def grant_held_role(
    *,
    actor: Actor,
    role: str,
    organisation: Organisation,
    valid_from: date,
    valid_to: date | None = None,
    basis: str = "",
    source: str = "",
    confidence: str = "medium",
) -> HeldRole:
    """A body holds a role in the network from a day on; whoever alone held it before holds it until the eve.

    Raises:
        PermissionDeniedError: the actor may not.
        OrganisationError: the body does not exist all that time, or another holds the role later on.
    """
    with transaction.atomic():
        require("network.manage_organisations", actor)
        row = HeldRoleRow(
            role=role,
            organisation=organisation.slug,
            valid_from=valid_from,
            valid_to=valid_to,
            basis=basis,
            source=source,
            confidence=confidence,
        )
        known = {organisation.slug: organisation}
        before = []
        if role in RoleInNetwork.values and RoleInNetwork(role).exclusive:
            held = HeldRole.objects.filter(role=role, organisation__sample=organisation.sample)
            for one in held.select_related("organisation"):
                known[one.organisation.slug] = one.organisation
                if one.valid_from < valid_from <= (one.valid_to or date.max):
                    before.append(dataclasses.replace(_row(one), valid_to=valid_from - ONE_DAY))
        store_held_roles(actor, [*before, row], known)
        found: HeldRole = HeldRole.objects.get(role=role, organisation=organisation, valid_from=valid_from)
        return found


def end_held_role(*, actor: Actor, held: HeldRole, last_day: date) -> HeldRole:
    """A body holds a role until this day, and nobody is granted it.

    Raises:
        PermissionDeniedError: the actor may not.
        OrganisationError: the day is before the role began, or after the body ended.
    """
    with transaction.atomic():
        require("network.manage_organisations", actor)
        known = {held.organisation.slug: held.organisation}
        store_held_roles(actor, [dataclasses.replace(_row(held), valid_to=last_day)], known)
        held.refresh_from_db()
        return held


def join_body(
    *,
    actor: Actor,
    body: Organisation,
    member: Organisation,
    valid_from: date,
    valid_to: date | None = None,
    position: str = Position.MEMBER,
    source: str = "",
    confidence: str = "medium",
) -> BodyMembership:
    """A body becomes a member of a body of members, such as a steering committee; with an end, until that day.

    Entered again with the same first day it is corrected.

    Raises:
        PermissionDeniedError: the actor may not.
        OrganisationError: one of them does not exist all that time, or it is a member already.
    """
    with transaction.atomic():
        require("network.manage_organisations", actor)
        row = BodyMemberRow(
            body=body.slug,
            member=member.slug,
            position=position,
            valid_from=valid_from,
            valid_to=valid_to,
            source=source,
            confidence=confidence,
        )
        store_members(actor, [row], {body.slug: body, member.slug: member})
        found: BodyMembership = BodyMembership.objects.get(body=body, member=member, valid_from=valid_from)
        return found


def _row(held: HeldRole) -> HeldRoleRow:
    return HeldRoleRow(
        role=held.role,
        organisation=held.organisation.slug,
        valid_from=held.valid_from,
        valid_to=held.valid_to,
        basis=held.basis,
        source=held.source,
        confidence=held.confidence,
    )
