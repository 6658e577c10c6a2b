"""Successions, roles in the network, members of bodies: checked against the bodies they join, then stored."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from nhipcau.audit.domain.record import record
from nhipcau.network.domain.checking import ONE_DAY
from nhipcau.network.domain.errors import OrganisationError
from nhipcau.network.models import BodyMembership, HeldRole, RoleInNetwork, Succession, SuccessionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation
    from nhipcau.network.rows import BodyMemberRow, HeldRoleRow, Nation, SuccessionRow

#: Found by the caller, so they need not be asked for again.
_JOINED = {"predecessor", "successor", "organisation", "body", "member"}


def load_relations(actor: Actor, nation: Nation, known: Mapping[str, Organisation]) -> int:
    """Enter or change what the nation says; what it does not name stays. How many rows were written.

    Raises:
        OrganisationError: naming the bodies and what cannot be.
    """
    written = [
        *store_successions(actor, nation.successions, known),
        *store_held_roles(actor, nation.held_roles, known),
        *store_members(actor, nation.members, known),
    ]
    return len(written)


def store_successions(
    actor: Actor, rows: Iterable[SuccessionRow], known: Mapping[str, Organisation]
) -> list[Succession]:
    """Each succession joins two bodies of the same nation, real or sample, that are there on the days it speaks of."""
    rows = list(rows)
    if not rows:
        return []
    standing = {(s.predecessor_id, s.successor_id, s.day): s for s in Succession.objects.all()}
    written = []
    for row in rows:
        before, after = _body(row.predecessor, known), _body(row.successor, known)
        _check_succession(row, before, after)
        key = (before.pk, after.pk, row.day)
        one = standing.setdefault(key, Succession(predecessor=before, successor=after, day=row.day))
        fields = ("kind", "duty", "part_vi", "part_en", "basis", "source", "confidence")
        if _brought_to(one, row, fields, f"{row.predecessor}, {row.successor}"):
            payload = {"predecessor": row.predecessor, "kind": row.kind, "day": row.day, "part": row.part_vi}
            record(actor=actor, verb="network.enter_succession", target=one, organisation=after, payload=payload)
            written.append(one)
    return written


def _check_succession(row: SuccessionRow, before: Organisation, after: Organisation) -> None:
    words = {"before": row.predecessor, "after": row.successor}
    if before == after:
        raise OrganisationError(gettext("%(before)s: nobody succeeds itself.") % words)
    eve = row.day - ONE_DAY
    if before.sample is not after.sample:
        raise OrganisationError(gettext("%(before)s, %(after)s: a real body and a sample one do not follow.") % words)
    if not (before.valid_from <= eve and (before.valid_to or date.max) >= eve):
        raise OrganisationError(gettext("%(before)s: it does not exist on the eve of its succession.") % words)
    if not (after.valid_from <= row.day <= (after.valid_to or date.max)):
        raise OrganisationError(gettext("%(after)s: it does not exist on the day it takes over.") % words)
    ends = row.kind in (SuccessionKind.MERGE, SuccessionKind.RENAME)
    if ends and before.valid_to != eve:
        raise OrganisationError(gettext("%(before)s: what is merged or reorganised ends the day before.") % words)


def store_held_roles(actor: Actor, rows: Iterable[HeldRoleRow], known: Mapping[str, Organisation]) -> list[HeldRole]:
    """A role that only one body may hold is held by one body of each nation on any day."""
    rows = list(rows)
    if not rows:
        return []
    held = HeldRole.objects.select_related("organisation")
    standing = {(h.role, h.organisation_id, h.valid_from): h for h in held}
    written = []
    for row in rows:
        holder = _body(row.organisation, known)
        _check_life(row, holder)
        key = (row.role, holder.pk, row.valid_from)
        one = standing.setdefault(key, HeldRole(role=row.role, organisation=holder, valid_from=row.valid_from))
        if _brought_to(one, row, ("valid_to", "basis", "source", "confidence"), row.organisation):
            payload = {"role": row.role, "from": row.valid_from, "to": row.valid_to, "basis": row.basis}
            record(actor=actor, verb="network.enter_held_role", target=one, organisation=holder, payload=payload)
            written.append(one)
    if written:
        _check_held_once(standing.values())
    return written


def _check_held_once(roles: Iterable[HeldRole]) -> None:
    held: dict[tuple[Any, ...], list[HeldRole]] = {}
    for one in roles:
        alone = RoleInNetwork(one.role).exclusive
        whose: Any = one.organisation.sample if alone else one.organisation_id
        held.setdefault((one.role, alone, whose), []).append(one)
    for spells in held.values():
        for earlier, later in pairwise(sorted(spells, key=lambda one: one.valid_from)):
            if earlier.valid_to is None or later.valid_from <= earlier.valid_to:
                words = {"role": later.get_role_display(), "key": later.organisation.slug}
                raise OrganisationError(gettext("%(key)s: “%(role)s” is held by another body then.") % words)


def store_members(
    actor: Actor, rows: Iterable[BodyMemberRow], known: Mapping[str, Organisation]
) -> list[BodyMembership]:
    """Both bodies exist while one is a member of the other, and a body is a member once at a time."""
    rows = list(rows)
    if not rows:
        return []
    standing = {(m.body_id, m.member_id, m.valid_from): m for m in BodyMembership.objects.all()}
    changed = []
    for row in rows:
        body, member = _body(row.body, known), _body(row.member, known)
        if body == member:
            raise OrganisationError(gettext("%(key)s: nobody is a member of itself.") % {"key": row.body})
        _check_life(row, body)
        _check_life(row, member)
        key = (body.pk, member.pk, row.valid_from)
        one = standing.setdefault(key, BodyMembership(body=body, member=member, valid_from=row.valid_from))
        if _given(one, row, ("position", "valid_to", "source", "confidence")):
            changed.append(one)
    _check_member_once(standing.values())
    for one in sorted(changed, key=lambda one: one.valid_from):
        _save(one, f"{one.body.slug}, {one.member.slug}")
        payload = {"body": one.body.slug, "position": one.position, "from": one.valid_from, "to": one.valid_to}
        record(actor=actor, verb="network.enter_member", target=one, organisation=one.member, payload=payload)
    return changed


def _check_member_once(memberships: Iterable[BodyMembership]) -> None:
    spells = sorted(memberships, key=lambda one: (one.body_id, one.member_id, one.valid_from))
    for earlier, later in pairwise(spells):
        same = (earlier.body_id, earlier.member_id) == (later.body_id, later.member_id)
        if same and (earlier.valid_to is None or later.valid_from <= earlier.valid_to):
            words = {"member": later.member.slug, "body": later.body.slug}
            raise OrganisationError(gettext("%(member)s: it is a member of %(body)s twice at a time.") % words)


def _body(key: str, known: Mapping[str, Organisation]) -> Organisation:
    if key not in known:
        raise OrganisationError(gettext("%(key)s: it is not in the network.") % {"key": key})
    return known[key]


def _check_life(row: HeldRoleRow | BodyMemberRow, body: Organisation) -> None:
    last = row.valid_to or date.max
    if not (body.valid_from <= row.valid_from <= last <= (body.valid_to or date.max)):
        sentence = gettext("%(key)s: something of it begins before it exists or goes on after its end.")
        raise OrganisationError(sentence % {"key": body.slug})


def _brought_to(one: Any, row: Any, fields: tuple[str, ...], name: str) -> bool:
    """Give the object the row's fields and save it; False where it had them."""
    if not _given(one, row, fields):
        return False
    _save(one, name)
    return True


def _given(one: Any, row: Any, fields: tuple[str, ...]) -> bool:
    """Give the object the row's fields; False where it had them and is stored."""
    differs = one.pk is None or any(getattr(one, field) != getattr(row, field) for field in fields)
    for field in fields:
        setattr(one, field, getattr(row, field))
    return differs


def _save(one: Any, name: str) -> None:
    try:
        one.clean_fields(exclude=_JOINED)
    except ValidationError as error:
        raise OrganisationError(f"{name}: {' '.join(error.messages)}") from error
    one.save()
