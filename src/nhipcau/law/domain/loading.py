"""Bringing the tables to what comes with the program."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.law.errors import LawError
from nhipcau.law.models import Deadline, LegalBasis
from nhipcau.text import nfc

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from nhipcau.access import Actor
    from nhipcau.law.rows import BasisRow, DeadlineRow

_LINKS = ("amended_by", "replaced_by")


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows a load made, changed, found as they were, and left alone because they were changed here."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0


def load_legal_data(*, actor: Actor, bases: Iterable[BasisRow], deadlines: Iterable[DeadlineRow]) -> Loaded:
    """Enter legal bases and deadlines; what they do not name stays as it is. Doing it twice changes nothing.

    A kind of deadline in which this installation replaced a rule is left alone: its people know better than the table
    that comes with the program. One audit entry for each row that changed.

    Raises:
        PermissionDeniedError: the actor may not.
        LawError: something in a row cannot be; nothing of the load was kept.
    """
    with transaction.atomic():
        require("law.manage_law", actor)
        done = [*_load_bases(actor, list(bases)), *_load_deadlines(actor, list(deadlines))]
    return Loaded(**{name: done.count(name) for name in ("created", "changed", "unchanged", "kept")})


def _load_bases(actor: Actor, rows: list[BasisRow]) -> Iterable[str]:
    known: dict[str, LegalBasis] = {basis.slug: basis for basis in LegalBasis.objects.all()}
    links = {basis.pk: basis.slug for basis in known.values()}
    before = {
        slug: {name: links.get(getattr(basis, f"{name}_id"), "") for name in _LINKS} for slug, basis in known.items()
    }
    done = {row.slug: _store(known, row.slug, LegalBasis, _plain(row, *_LINKS)) for row in rows}
    for row in rows:
        basis = known[row.slug]
        for name in _LINKS:
            setattr(basis, name, _of(known, getattr(row, name)))
        said = before.get(row.slug, dict.fromkeys(_LINKS, ""))
        if said != {name: getattr(row, name) for name in _LINKS}:
            basis.save()
            done[row.slug] = "created" if done[row.slug] == "created" else "changed"
    for slug, what in done.items():
        if what != "unchanged":
            _note(actor, f"law.{'enter' if what == 'created' else 'change'}_basis", known[slug])
    return done.values()


def _load_deadlines(actor: Actor, rows: list[DeadlineRow]) -> Iterable[str]:
    bases: dict[str, LegalBasis] = {basis.slug: basis for basis in LegalBasis.objects.all()}
    known: dict[Any, Deadline] = {(one.kind, one.valid_from): one for one in Deadline.objects.all()}
    ours = {one.kind for one in known.values() if one.entered_here}
    done = []
    for row in rows:
        if row.kind in ours:
            done.append("kept")
            continue
        fields = _plain(row, "basis") | {"basis_id": _of(bases, row.basis).pk, "actors": list(row.actors)}
        key = (row.kind, row.valid_from)
        done.append(_store(known, key, Deadline, fields))
        if done[-1] != "unchanged":
            _note(actor, f"law.{'enter' if done[-1] == 'created' else 'change'}_deadline", known[key])
    return done


def _plain(row: BasisRow | DeadlineRow, *left_out: str) -> dict[str, Any]:
    """The row's own fields, texts in normal form C."""
    fields = {field.name: getattr(row, field.name) for field in dataclasses.fields(row) if field.name not in left_out}
    return {name: nfc(value) if isinstance(value, str) else value for name, value in fields.items()}


def _store(known: dict[Any, Any], key: Any, model: Any, fields: dict[str, Any]) -> str:
    """Create or change one row; what it did."""
    row = known.get(key)
    if row is not None and all(getattr(row, name) == value for name, value in fields.items()):
        return "unchanged"
    created = row is None
    row = known.setdefault(key, model()) if row is None else row
    for name, value in fields.items():
        setattr(row, name, value)
    try:
        row.clean_fields()
        row.validate_constraints()
    except ValidationError as error:
        raise LawError(f"{key}: {' '.join(error.messages)}") from error
    row.save()
    return "created" if created else "changed"


def _of(known: dict[str, LegalBasis], slug: str) -> Any:
    if not slug:
        return None
    if slug not in known:
        raise LawError(gettext("%(key)s: no such legal basis.") % {"key": slug})
    return known[slug]


def _note(actor: Actor, verb: str, row: Model) -> None:
    payload = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and getattr(row, field.attname) not in ("", None)
    }
    record(actor=actor, verb=verb, target=row, payload=payload)
