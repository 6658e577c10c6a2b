"""Putting organisations into the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.network.models import Organisation, OrganisationName, OrganisationParent
from nhipcau.network.rows import NameRow, OrganisationRow, ParentRow
from nhipcau.text import nfc, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from nhipcau.access import Actor


class OrganisationError(Exception):
    """A body cannot be entered as it was given; the sentence says which and why."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many bodies a load made, changed, and found as they were."""

    created: int
    changed: int
    unchanged: int


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
        sample=sample,
        source=source,
        confidence=confidence,
    )
    with transaction.atomic():
        require("network.manage_organisations", actor)
        if Organisation.objects.filter(slug=slug).exists():
            raise OrganisationError(gettext("%(key)s: there is an organisation with this key already.") % {"key": slug})
        _load(actor, [row])
        entered: Organisation = Organisation.objects.get(slug=slug)
    return entered


def load_organisations(*, actor: Actor, rows: Iterable[OrganisationRow]) -> Loaded:
    """Bring the network to what the rows say; what they do not name stays as it is. Doing it twice changes nothing.

    Raises:
        PermissionDeniedError: the actor may not.
        OrganisationError: something in a row cannot be; nothing of the load was kept.
    """
    with transaction.atomic():
        require("network.manage_organisations", actor)
        return _load(actor, list(rows))


def _load(actor: Actor, rows: Sequence[OrganisationRow]) -> Loaded:
    standing = _standing()
    changed = [row for row in rows if standing.get(row.slug) != row]
    for row in changed:
        _check(row)
    known: dict[str, Organisation] = {one.slug: one for one in Organisation.objects.all()}
    for row in changed:
        known[row.slug] = _store(row, known.get(row.slug))
    for row in changed:
        _store_history(row, known)
    for row in changed:
        verb = "network.change_organisation" if row.slug in standing else "network.create_organisation"
        record(actor=actor, verb=verb, target=known[row.slug], organisation=known[row.slug], payload=_payload(row))
    created = sum(row.slug not in standing for row in changed)
    return Loaded(created=created, changed=len(changed) - created, unchanged=len(rows) - len(changed))


def _standing() -> dict[str, OrganisationRow]:
    """The network as it is, as rows, by key: three queries however many bodies there are."""
    bodies = Organisation.objects.prefetch_related("names", "parents__parent")
    return {body.slug: _row_of(body) for body in bodies}


def _row_of(body: Organisation) -> OrganisationRow:
    return OrganisationRow(
        slug=body.slug,
        kind=body.kind,
        names=tuple(
            NameRow(name_vi=n.name_vi, name_en=n.name_en, valid_from=n.valid_from, valid_to=n.valid_to)
            for n in body.names.all()
        ),
        valid_from=body.valid_from,
        valid_to=body.valid_to,
        parents=tuple(
            ParentRow(parent=p.parent.slug, valid_from=p.valid_from, valid_to=p.valid_to) for p in body.parents.all()
        ),
        country=body.country,
        province=body.province,
        sample=body.sample,
        source=body.source,
        confidence=body.confidence,
    )


def _check(row: OrganisationRow) -> None:
    """Names cover the life of the body without gap or overlap; parents lie within it without overlap."""
    days = {"key": row.slug}
    if not row.names or row.names[0].valid_from != row.valid_from or row.names[-1].valid_to != row.valid_to:
        raise OrganisationError(gettext("%(key)s: its names must cover its life from first day to last.") % days)
    for earlier, later in zip(row.names, row.names[1:], strict=False):
        if earlier.valid_to is None or (later.valid_from - earlier.valid_to).days != 1:
            raise OrganisationError(gettext("%(key)s: each name must begin the day after the one before.") % days)
    for before, after in zip(row.parents, row.parents[1:], strict=False):
        if before.valid_to is None or after.valid_from <= before.valid_to:
            raise OrganisationError(gettext("%(key)s: it can belong to one parent at a time only.") % days)


def _store(row: OrganisationRow, body: Organisation | None) -> Organisation:
    body = body or Organisation(slug=row.slug)
    last = row.names[-1]
    body.kind, body.country, body.province = row.kind, row.country, row.province
    body.name_vi, body.name_en = nfc(last.name_vi), nfc(last.name_en)
    body.sort_key = sort_key(last.name_vi)[: Organisation._meta.get_field("sort_key").max_length]
    body.valid_from, body.valid_to = row.valid_from, row.valid_to
    body.sample, body.source, body.confidence = row.sample, row.source, row.confidence
    try:
        body.clean_fields()
        body.validate_constraints()
    except ValidationError as error:
        raise OrganisationError(f"{row.slug}: {' '.join(error.messages)}") from error
    body.save()
    return body


def _store_history(row: OrganisationRow, known: dict[str, Organisation]) -> None:
    body = known[row.slug]
    OrganisationName.objects.filter(organisation=body).delete()
    OrganisationParent.objects.filter(organisation=body).delete()
    common = {"organisation": body, "source": row.source, "confidence": row.confidence}
    for name in row.names:
        OrganisationName.objects.create(
            name_vi=nfc(name.name_vi),
            name_en=nfc(name.name_en),
            valid_from=name.valid_from,
            valid_to=name.valid_to,
            **common,
        )
    for link in row.parents:
        if link.parent not in known:
            sentence = gettext("%(key)s: it belongs to %(parent)s, which is not in the network.")
            raise OrganisationError(sentence % {"key": row.slug, "parent": link.parent})
        parent = known[link.parent]
        OrganisationParent.objects.create(parent=parent, valid_from=link.valid_from, valid_to=link.valid_to, **common)


def _payload(row: OrganisationRow) -> dict[str, object]:
    return {
        "kind": row.kind,
        "names": [[n.name_vi, n.name_en, n.valid_from, n.valid_to] for n in row.names],
        "parents": [[p.parent, p.valid_from, p.valid_to] for p in row.parents],
        "exists": [row.valid_from, row.valid_to],
        "sample": row.sample,
    }
