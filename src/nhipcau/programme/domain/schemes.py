"""Schemes and master plans: entered, changed, their phases, their interim and final reviews."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.law.models import Confidence
from nhipcau.programme.domain.directives import free_slug
from nhipcau.programme.domain.fields import write
from nhipcau.programme.domain.findable import make_scheme_findable
from nhipcau.programme.domain.held import held
from nhipcau.programme.models import Finding, ReviewKind, Scheme, SchemePhase, SchemeReview
from nhipcau.workspace.domain.errors import IncompleteError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation
    from nhipcau.programme.models import Directive


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeContent:
    """What the register says of a scheme; fields as in the model. Money is in đồng."""

    kind: str
    title_vi: str
    title_en: str = ""
    directive: Directive | None = None
    lead: Organisation | None = None
    lead_words: str = ""
    begin: date | None = None
    end: date | None = None
    term: str = ""
    country: str = ""
    budget: Decimal | int | None = None
    budget_source: str = ""
    note: str = ""
    source: str = ""
    confidence: str = Confidence.HIGH
    finding: str = Finding.SOURCED


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseContent:
    """A phase: what it is called, its days, both included, and what is to be reached."""

    title: str
    begin: date | None = None
    end: date | None = None
    aim: str = ""


def register_scheme(
    *, actor: Actor, organisation: Organisation, content: SchemeContent, sample: bool = False
) -> Scheme:
    """Enter a scheme into the register of an office.

    Raises:
        PermissionDeniedError: the actor does not keep the register of that office.
        IncompleteError: something is missing or cannot be.
    """
    with transaction.atomic():
        require("programme.keep_directives", actor, organisation)
        scheme = Scheme(organisation=organisation, sample=sample, entered_here=True)
        scheme.slug = free_slug(Scheme, content.title_vi)
        changed = write(scheme, _values(content))
        scheme.save(force_insert=True)
        make_scheme_findable(scheme)
        _record(actor, "programme.register_scheme", scheme, changed)
    return scheme


def edit_scheme(
    *,
    actor: Actor,
    scheme: Scheme,
    content: SchemeContent,
    version: int,
    phases: Sequence[PhaseContent] | None = None,
) -> Scheme:
    """Change what the register says of a scheme, and its phases where they are given; the same changes nothing.

    Raises:
        PermissionDeniedError: the actor does not keep its register.
        ConflictError: somebody saved another version meanwhile.
        IncompleteError: something is missing or cannot be.
    """
    with transaction.atomic():
        found = held(Scheme, scheme)
        require("programme.edit_directive", actor, found)
        found.check_version(version)
        changed: dict[str, Any] = write(found.row, _values(content))
        if phases is not None:
            changed |= put_phases(found.row, phases)
        if changed:
            found.row.entered_here = True
            found.save_next()
            make_scheme_findable(found.row)
            _record(actor, "programme.edit_scheme", found.row, changed)
    return found.row


def put_phases(scheme: Scheme, phases: Sequence[PhaseContent]) -> dict[str, Any]:
    """Make these the phases of a scheme, in their order; ``{phases: [before, after]}`` where that changes something."""
    rows = list(SchemePhase.objects.filter(scheme=scheme))
    before = [PhaseContent(title=row.title, begin=row.begin, end=row.end, aim=row.aim) for row in rows]
    if before == list(phases):
        return {}
    for row in rows:
        row.delete()
    for place, phase in enumerate(phases, start=1):
        made = SchemePhase(scheme=scheme, place=place)
        write(made, _values(phase))
        made.save()
    return {"phases": [[phase.title for phase in before], [phase.title for phase in phases]]}


def set_review(*, actor: Actor, scheme: Scheme, kind: str, due_on: date) -> SchemeReview:
    """Say by when a scheme is to be reviewed on the way, or at its end.

    Raises:
        PermissionDeniedError: the actor does not keep its register.
        IncompleteError: it is to be reviewed so on that day already.
    """
    with transaction.atomic():
        require("programme.edit_directive", actor, scheme)
        if SchemeReview.objects.filter(scheme=scheme, kind=kind, due_on=due_on).exists():
            raise IncompleteError(gettext("Such a review is due that day already."), "due_on")
        review: SchemeReview = SchemeReview.objects.create(scheme=scheme, kind=ReviewKind(kind), due_on=due_on)
        _record(actor, "programme.set_review", scheme, {"kind": kind, "due_on": due_on})
    return review


def hold_review(*, actor: Actor, review: SchemeReview, held_on: date, result: str, document: str = "") -> SchemeReview:
    """Enter that a review was held, and what came of it; entered again it is corrected.

    Raises:
        PermissionDeniedError: the actor does not keep the register of the scheme.
        IncompleteError: the day is still to come, or nothing came of it.
    """
    with transaction.atomic():
        found = held(SchemeReview, review)
        scheme = found.row.scheme
        require("programme.edit_directive", actor, scheme)
        if held_on > timezone.localdate():
            raise IncompleteError(gettext("That day is still to come."), "held_on")
        if not result.strip():
            raise IncompleteError(gettext("Say in short what the review found."), "result")
        changed = write(found.row, {"held_on": held_on, "result": result, "document": document})
        if changed:
            found.row.save()
            _record(actor, "programme.hold_review", scheme, {"kind": found.row.kind} | changed)
    return found.row


def drop_review(*, actor: Actor, review: SchemeReview) -> None:
    """Take a review out that was entered wrongly and not held.

    Raises:
        PermissionDeniedError: the actor does not keep the register of the scheme.
        IncompleteError: it was held.
    """
    with transaction.atomic():
        found = held(SchemeReview, review)
        scheme = found.row.scheme
        require("programme.edit_directive", actor, scheme)
        if found.row.held_on is not None:
            raise IncompleteError(gettext("A review that was held stays."))
        _record(actor, "programme.drop_review", scheme, {"kind": found.row.kind, "due_on": found.row.due_on})
        found.row.delete()


def _values(content: Any) -> dict[str, Any]:
    return {field.name: getattr(content, field.name) for field in dataclasses.fields(content)}


def _record(actor: Actor, verb: str, scheme: Scheme, payload: Any) -> None:
    record(actor=actor, verb=verb, target=scheme, organisation=scheme.organisation, payload=payload)
