"""Bringing the register to the directives, tasks and schemes that come with the program."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.law.models import LegalBasis
from nhipcau.network.models import Organisation, RoleInNetwork
from nhipcau.network.queries import held_role
from nhipcau.programme import agencies
from nhipcau.programme.domain.fields import write
from nhipcau.programme.domain.findable import make_directive_findable, make_scheme_findable, make_task_findable
from nhipcau.programme.domain.schemes import PhaseContent, put_phases
from nhipcau.programme.models import (
    Clause,
    ClauseKind,
    Directive,
    DirectiveLink,
    Ending,
    LinkKind,
    Part,
    Scheme,
    Task,
    TaskKind,
    TaskState,
)
from nhipcau.workspace.domain.errors import IncompleteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.programme.rows import DirectiveRow, LinkRow, PhaseRow, SchemeRow, TaskRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What is to be loaded, in the order in which one needs the other."""

    directives: Sequence[DirectiveRow] = ()
    links: Sequence[LinkRow] = ()
    tasks: Sequence[TaskRow] = ()
    schemes: Sequence[SchemeRow] = ()
    phases: Sequence[PhaseRow] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows a load made, changed, found as they were, and left alone because they were changed here."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0


@dataclass(slots=True)
class _Load:
    """One load: who does it, into whose register, and what was done so far."""

    actor: Actor
    office: Organisation
    done: Counter[str] = field(default_factory=Counter)

    def put(self, row: Any, values: dict[str, Any], verb: str, target: Any = None) -> bool:
        """Write one row; whether it changed."""
        new = row.pk is None
        if not new and getattr(row, "entered_here", False):
            self.done["kept"] += 1
            return False
        changed = write(row, values)
        if not new and not changed:
            self.done["unchanged"] += 1
            return False
        row.save()
        self.done["created" if new else "changed"] += 1
        said = target or row
        record(actor=self.actor, verb=verb, target=said, organisation=self.office, payload=changed)
        return True


def load_programme(*, actor: Actor, programme: Programme) -> Loaded:
    """Enter what comes with the program into the register of the coordinating ministry. Twice changes nothing.

    What this installation has changed is left alone. One audit entry for each row that changed.

    Raises:
        PermissionDeniedError: the actor is not the system.
        IncompleteError: no office is the coordinating ministry today, or a row names what is not there.
    """
    office = held_role(RoleInNetwork.COORDINATING_MINISTRY, timezone.localdate())
    if office is None:
        raise IncompleteError(gettext("Load the organisations first: nobody is the coordinating ministry."))
    with transaction.atomic():
        require("programme.load_programme", actor, office)
        load = _Load(actor, office)
        directives = {row.slug: _directive(load, row) for row in programme.directives}
        _links(load, directives, programme.links)
        _tasks(load, directives, programme.tasks)
        for row in programme.schemes:
            _scheme(load, directives, row, [one for one in programme.phases if one.scheme == row.slug])
        for directive in directives.values():
            make_directive_findable(directive)
    return Loaded(**{name: load.done[name] for name in ("created", "changed", "unchanged", "kept")})


def _directive(load: _Load, row: DirectiveRow) -> Directive:
    found = Directive.objects.filter(slug=row.slug).first() or Directive(slug=row.slug, organisation=load.office)
    values = _plain(row, "slug", "basis")
    if row.basis:
        values |= _of_basis(row.basis)
    load.put(found, values, "programme.register_directive")
    return found


def _of_basis(slug: str) -> dict[str, Any]:
    """What the law room says of a document: it is said there once."""
    basis = LegalBasis.objects.filter(slug=slug).first()
    if basis is None:
        raise IncompleteError(gettext("%(key)s: no such legal basis.") % {"key": slug})
    same = ("number", "title_vi", "title_en", "issued_on", "valid_from", "valid_to", "source", "confidence")
    return {name: getattr(basis, name) for name in same} | {
        "basis": basis,
        "issuer": basis.issuer_vi,
        "note": basis.note_vi,
    }


def _links(load: _Load, directives: dict[str, Directive], rows: Iterable[LinkRow]) -> None:
    by_basis = {one.basis_id: one for one in directives.values() if one.basis_id}
    wanted: list[tuple[Directive, Directive, str, date | None, str]]
    wanted = [(directives[row.later], directives[row.earlier], row.kind, row.day, row.note) for row in rows]
    for basis in LegalBasis.objects.filter(pk__in=by_basis):
        for key, does in ((basis.replaced_by_id, LinkKind.REPLACES), (basis.amended_by_id, LinkKind.AMENDS)):
            if key in by_basis:
                later = by_basis[key]
                wanted.append((later, by_basis[basis.pk], does, later.valid_from, ""))
    for later, earlier, kind, day, note in wanted:
        found = DirectiveLink.objects.filter(later=later, earlier=earlier, kind=kind).first()
        found = found or DirectiveLink(later=later, earlier=earlier)
        load.put(found, {"kind": kind, "day": day, "note": note}, "programme.link_directive", earlier)


def _tasks(load: _Load, directives: dict[str, Directive], rows: Iterable[TaskRow]) -> None:
    clauses: dict[str, Clause] = {}
    for place, row in enumerate(rows, start=1):
        directive = directives[row.directive]
        clause = Clause.objects.filter(directive=directive, key=row.key).first()
        clauses[row.key] = clause = clause or Clause(directive=directive, key=row.key)
        same = ("kind", "number", "text_vi", "text_en", "finding", "source", "source_status")
        values = {name: getattr(row, name) for name in same}
        values |= {"parent": clauses.get(row.parent), "place": place}
        load.put(clause, values, "programme.add_clause", directive)
        _task(load, clause, row)


def _task(load: _Load, clause: Clause, row: TaskRow) -> None:
    task = Task.objects.filter(key=row.key).first() or Task(key=row.key, organisation=load.office)
    new, kept = task.pk is None, task.entered_here
    values: dict[str, Any] = {
        "clause": clause,
        "kind": TaskKind.TARGET if row.kind == ClauseKind.TARGET else TaskKind.TASK,
        "title_vi": row.text_vi,
        "title_en": row.text_en,
        "indicator": row.indicator,
        "deadline_text": row.deadline,
        "due_on": row.due_on,
        "not_found": list(row.not_found),
        "note": row.note,
        "source_note": _in_the_words_of_the_source(row),
    }
    if row.done_on is not None and not kept and not task.ending:
        ended = {"ending": Ending.DONE, "ended_on": row.done_on, "ending_note": row.done_note}
        values |= ended | {"state": TaskState.DONE}
    load.put(task, values, "programme.set_task")
    if kept:
        return
    for part, words in ((Part.LEAD, row.lead), (Part.COORDINATING, row.coordinating)):
        said = agencies.put(task, part, words)
        if said and not new:
            load.done["changed"] += 1
    make_task_findable(task)


def _in_the_words_of_the_source(row: TaskRow) -> str:
    """What was translated, line by line."""
    said = {
        "lead": row.lead_en,
        "coordinating": row.coordinating_en,
        "deadline": row.deadline_en,
        "indicator": row.indicator_en,
    }
    return "\n".join(f"{name}: {words}" for name, words in said.items() if words)


def _scheme(load: _Load, directives: dict[str, Directive], row: SchemeRow, phases: Sequence[PhaseRow]) -> None:
    scheme = Scheme.objects.filter(slug=row.slug).first() or Scheme(slug=row.slug, organisation=load.office)
    kept = scheme.entered_here
    values = _plain(row, "slug", "directive", "lead")
    values["directive"] = directives[row.directive] if row.directive else None
    values["lead"] = Organisation.objects.get(slug=row.lead) if row.lead else None
    load.put(scheme, values, "programme.register_scheme")
    if not kept:
        put_phases(scheme, [PhaseContent(**_plain(one, "scheme", "place")) for one in phases])
        make_scheme_findable(scheme)


def _plain(row: Any, *left_out: str) -> dict[str, Any]:
    return {one.name: getattr(row, one.name) for one in dataclasses.fields(row) if one.name not in left_out}
