"""Rows into tables and tables into rows. Only the functions of this package call it, inside a transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from nhipcau.audit.domain.record import record
from nhipcau.network.domain.checking import check_body, check_network
from nhipcau.network.domain.errors import OrganisationError
from nhipcau.network.models import (
    Jurisdiction,
    Organisation,
    OrganisationClass,
    OrganisationCode,
    OrganisationName,
    OrganisationParent,
)
from nhipcau.network.rows import ClassRow, CodeRow, CountryRow, NameRow, OrganisationRow, ParentRow, normal
from nhipcau.text import fold, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhipcau.access import Actor

_HISTORY = (OrganisationName, OrganisationParent, OrganisationClass, OrganisationCode, Jurisdiction)
_SORT_KEY_LENGTH = 900


def standing_rows() -> dict[str, OrganisationRow]:
    """The network as it is, as rows, by key: seven queries however many bodies there are."""
    bodies = Organisation.objects.prefetch_related("names", "parents__parent", "classes", "codes", "jurisdictions")
    return {body.slug: row_of(body) for body in bodies}


def row_of(body: Organisation) -> OrganisationRow:
    """One body with its history, in the form of :func:`nhipcau.network.rows.normal`."""
    classes = body.classes.all()
    return normal(
        OrganisationRow(
            slug=body.slug,
            kind=body.kind,
            names=tuple(NameRow(name_vi=n.name_vi, name_en=n.name_en, **_dated(n)) for n in body.names.all()),
            valid_from=body.valid_from,
            valid_to=body.valid_to,
            parents=tuple(ParentRow(parent=p.parent.slug, **_dated(p)) for p in body.parents.all()),
            kinds=tuple(ClassRow(kind=c.kind, **_dated(c)) for c in classes if c.main),
            also=tuple(ClassRow(kind=c.kind, **_dated(c)) for c in classes if not c.main),
            codes=tuple(CodeRow(scheme=c.scheme, code=c.code, **_dated(c)) for c in body.codes.all()),
            jurisdictions=tuple(CountryRow(country=c.country, **_dated(c)) for c in body.jurisdictions.all()),
            country=body.country,
            province=body.province,
            time_zone=body.time_zone,
            sample=body.sample,
            source=body.source,
            confidence=body.confidence,
        )
    )


def store_rows(
    actor: Actor,
    rows: Iterable[OrganisationRow],
    standing: Mapping[str, OrganisationRow],
    *,
    verbs: Mapping[str, str] | None = None,
    reason: str = "",
) -> dict[str, Organisation]:
    """Check, store and record the rows that differ from what stands.

    Args:
        actor: who does it.
        rows: normal rows.
        standing: the whole network before, by key.
        verbs: by key of the body, what is done to it where that is more than entering or changing.
        reason: the actor's own words.

    Returns:
        Every body of the network by key.

    Raises:
        OrganisationError: something about a row, or about the tree with it, cannot be.
    """
    changed = [row for row in rows if standing.get(row.slug) != row]
    for row in changed:
        check_body(row)
    check_network({**standing, **{row.slug: row for row in changed}})
    known: dict[str, Organisation] = {one.slug: one for one in Organisation.objects.all()}
    for row in changed:
        known[row.slug] = _store_body(row, known.get(row.slug))
    _store_history(changed, known)
    for row in changed:
        before = standing.get(row.slug)
        plain = "network.change_organisation" if before else "network.create_organisation"
        record(
            actor=actor,
            verb=(verbs or {}).get(row.slug, plain),
            target=known[row.slug],
            organisation=known[row.slug],
            payload=_payload(row, before),
            reason=reason,
        )
    return known


def _store_body(row: OrganisationRow, body: Organisation | None) -> Organisation:
    body = body or Organisation(slug=row.slug)
    last = row.names[-1]
    body.kind, body.country, body.province, body.time_zone = row.kind, row.country, row.province, row.time_zone
    body.name_vi, body.name_en = last.name_vi, last.name_en
    body.sort_key = sort_key(last.name_vi)[:_SORT_KEY_LENGTH]
    body.valid_from, body.valid_to = row.valid_from, row.valid_to
    body.sample, body.source, body.confidence = row.sample, row.source, row.confidence
    try:
        body.clean_fields()
    except ValidationError as error:
        raise OrganisationError(f"{row.slug}: {' '.join(error.messages)}") from error
    body.save()
    return body


def _store_history(rows: list[OrganisationRow], known: Mapping[str, Organisation]) -> None:
    """The parts of the history anew, table by table: the old first, since days may pass from one body to another."""
    bodies = [known[row.slug] for row in rows]
    for model in _HISTORY:
        model.objects.filter(organisation__in=bodies).delete()
    made: dict[Any, list[Any]] = {model: [] for model in _HISTORY}
    for row in rows:
        body = known[row.slug]
        for name in row.names:
            words = f" {fold(f'{name.name_vi} / {name.name_en}')} "
            key = sort_key(name.name_vi)[:_SORT_KEY_LENGTH]
            given = {"name_vi": name.name_vi, "name_en": name.name_en, "sort_key": key, "folded": words}
            made[OrganisationName].append(OrganisationName(**given, **_kept(name, row, body)))
        for link in row.parents:
            made[OrganisationParent].append(OrganisationParent(parent=known[link.parent], **_kept(link, row, body)))
        for part, main in [(kind, True) for kind in row.kinds] + [(kind, False) for kind in row.also]:
            made[OrganisationClass].append(OrganisationClass(kind=part.kind, main=main, **_kept(part, row, body)))
        for code in row.codes:
            made[OrganisationCode].append(
                OrganisationCode(scheme=code.scheme, code=code.code, **_kept(code, row, body))
            )
        for place in row.jurisdictions:
            made[Jurisdiction].append(Jurisdiction(country=place.country, **_kept(place, row, body)))
    for model, parts in made.items():
        _check_lengths(parts)
        model.objects.bulk_create(parts)


def _check_lengths(parts: list[Any]) -> None:
    """A bulk insert checks no field; PostgreSQL would refuse with an error of its own, SQLite not at all."""
    for part in parts:
        try:
            part.clean_fields(exclude=["organisation", "parent", "folded", "sort_key"])
        except ValidationError as error:
            raise OrganisationError(f"{part.organisation.slug}: {' '.join(error.messages)}") from error


def _dated(part: Any) -> dict[str, Any]:
    """The days, source and confidence of a part, as arguments of its row."""
    fields = ("valid_from", "valid_to", "source", "confidence")
    return {field: getattr(part, field) for field in fields}


def _kept(part: Any, row: OrganisationRow, body: Organisation) -> dict[str, Any]:
    """The same of a row, as fields of its model."""
    return {
        "organisation": body,
        "valid_from": part.valid_from,
        "valid_to": part.valid_to,
        "source": part.source or row.source,
        "confidence": part.confidence or row.confidence,
    }


def _payload(row: OrganisationRow, before: OrganisationRow | None) -> dict[str, object]:
    """``{field: [before, after]}`` of what differs; of a new body, of what is not empty."""
    after = _told(row)
    earlier = _told(before) if before else dict.fromkeys(after)
    return {
        field: [earlier[field], value]
        for field, value in after.items()
        if earlier[field] != value and (before or value not in (None, "", [], False))
    }


def _told(row: OrganisationRow) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "names": [_spell(n, name=n.name_vi, name_en=n.name_en) for n in row.names],
        "parents": [_spell(p, parent=p.parent) for p in row.parents],
        "kinds": [_spell(c, kind=c.kind) for c in row.kinds],
        "also": [_spell(c, kind=c.kind) for c in row.also],
        "codes": [_spell(c, code=c.code) for c in row.codes],
        "jurisdictions": [_spell(c, country=c.country) for c in row.jurisdictions],
        "country": row.country,
        "province": row.province,
        "time_zone": row.time_zone,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "sample": row.sample,
        "source": row.source,
        "confidence": row.confidence,
    }


def _spell(part: Any, **what: str) -> dict[str, Any]:
    """One part of the history with its days, as the record keeps it."""
    return {**what, "valid_from": part.valid_from, "valid_to": part.valid_to}
