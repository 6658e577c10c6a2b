"""The register of directives: entered, changed, linked, taken apart into clauses."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.law.models import Confidence
from nhipcau.programme.domain.fields import write
from nhipcau.programme.domain.findable import make_directive_findable
from nhipcau.programme.domain.held import held
from nhipcau.programme.models import Clause, ClauseKind, Directive, DirectiveLink, Finding, LinkKind
from nhipcau.text import fold
from nhipcau.workspace.domain.errors import IncompleteError

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.law.models import LegalBasis
    from nhipcau.network.models import Organisation

#: What the law room says of a document that it holds too.
LAW_SAYS = ("number", "title_vi", "title_en", "issuer", "issued_on", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveContent:
    """What the register says of a directive; fields as in the model."""

    kind: str
    title_vi: str
    issuer: str
    number: str = ""
    title_en: str = ""
    signer_name: str = ""
    signer_post: str = ""
    issued_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    source: str = ""
    confidence: str = Confidence.HIGH
    finding: str = Finding.SOURCED
    basis: LegalBasis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseContent:
    """What a clause says; ``place`` orders it among those of its parent, None puts it last."""

    text_vi: str
    kind: str = ClauseKind.ARTICLE
    number: str = ""
    text_en: str = ""
    parent: Clause | None = None
    place: int | None = None
    finding: str = Finding.SOURCED
    source: str = ""


def register_directive(
    *, actor: Actor, organisation: Organisation, content: DirectiveContent, sample: bool = False
) -> Directive:
    """Enter a directive into the register of an office.

    Raises:
        PermissionDeniedError: the actor does not keep the register of that office.
        IncompleteError: something is missing or cannot be.
    """
    with transaction.atomic():
        require("programme.keep_directives", actor, organisation)
        directive = Directive(organisation=organisation, sample=sample, entered_here=True)
        directive.slug = free_slug(Directive, f"{content.number or content.title_vi}")
        changed = write(directive, _said(content))
        directive.save(force_insert=True)
        make_directive_findable(directive)
        _record(actor, "programme.register_directive", directive, changed)
    return directive


def edit_directive(*, actor: Actor, directive: Directive, content: DirectiveContent, version: int) -> Directive:
    """Change what the register says of a directive; the same again changes nothing.

    Raises:
        PermissionDeniedError: the actor does not keep its register.
        ConflictError: somebody saved another version meanwhile.
        IncompleteError: something is missing or cannot be, or is the law room's to say.
    """
    with transaction.atomic():
        found = held(Directive, directive)
        require("programme.edit_directive", actor, found)
        found.check_version(version)
        changed = write(found.row, _said(content))
        theirs = [name for name in LAW_SAYS if name in changed and found.row.basis_id is not None]
        if theirs:
            raise IncompleteError(gettext("The legal basis says this of the document."), theirs[0])
        if changed:
            found.row.entered_here = True
            found.save_next()
            make_directive_findable(found.row)
            _record(actor, "programme.edit_directive", found.row, changed)
    return found.row


def link_directives(
    *, actor: Actor, later: Directive, earlier: Directive, kind: str, day: date | None = None, note: str = ""
) -> DirectiveLink:
    """Say that a later directive amends, replaces or carries out an earlier one; again changes its day and note.

    Raises:
        PermissionDeniedError: the actor does not keep both registers.
        IncompleteError: it is the same directive.
    """
    with transaction.atomic():
        for one in (later, earlier):
            require("programme.edit_directive", actor, one)
        if later.pk == earlier.pk:
            raise IncompleteError(gettext("A directive is not linked to itself."), "other")
        row = DirectiveLink.objects.filter(later=later, earlier=earlier, kind=kind).first()
        row = row or DirectiveLink(later=later, earlier=earlier, kind=LinkKind(kind))
        changed = write(row, {"day": day, "note": note})
        if row.pk is None or changed:
            row.save()
            payload = {"kind": row.kind, "directive": str(later), "day": day}
            _record(actor, "programme.link_directive", earlier, payload)
    return row


def unlink_directives(*, actor: Actor, link: DirectiveLink) -> None:
    """Take back what was said of two directives.

    Raises:
        PermissionDeniedError: the actor does not keep both registers.
    """
    with transaction.atomic():
        for one in (link.later, link.earlier):
            require("programme.edit_directive", actor, one)
        payload = {"kind": link.kind, "directive": str(link.later)}
        _record(actor, "programme.unlink_directive", link.earlier, payload)
        link.delete()


def add_clause(*, actor: Actor, directive: Directive, content: ClauseContent) -> Clause:
    """Add a clause to a directive.

    Raises:
        PermissionDeniedError: the actor does not keep its register.
        IncompleteError: it has no text, or belongs under a clause of another directive.
    """
    with transaction.atomic():
        require("programme.edit_directive", actor, directive)
        clause = Clause(directive=directive)
        changed = _write_clause(clause, content)
        clause.save(force_insert=True)
        make_directive_findable(directive)
        _record(actor, "programme.add_clause", directive, {"clause": clause.pk} | changed)
    return clause


def edit_clause(*, actor: Actor, clause: Clause, content: ClauseContent, version: int) -> Clause:
    """Change a clause; the same again changes nothing.

    Raises:
        PermissionDeniedError: the actor does not keep the register.
        ConflictError: somebody saved another version meanwhile.
        IncompleteError: it has no text, or would be a part of itself.
    """
    with transaction.atomic():
        found = held(Clause, clause)
        require("programme.edit_directive", actor, found.row.directive)
        found.check_version(version)
        changed = _write_clause(found.row, content)
        if changed:
            found.save_next()
            make_directive_findable(found.row.directive)
            _record(actor, "programme.edit_clause", found.row.directive, {"clause": found.row.pk} | changed)
    return found.row


def remove_clause(*, actor: Actor, clause: Clause) -> None:
    """Take a clause out that was entered wrongly.

    Raises:
        PermissionDeniedError: the actor does not keep the register.
        IncompleteError: something hangs on it: clauses, or tasks.
    """
    with transaction.atomic():
        found = held(Clause, clause)
        directive = found.row.directive
        require("programme.edit_directive", actor, directive)
        if found.row.children.exists() or found.row.tasks.exists():
            raise IncompleteError(gettext("Clauses or tasks hang on this clause; it stays."))
        payload = {"clause": found.row.pk, "text_vi": [found.row.text_vi, None]}
        found.row.delete()
        make_directive_findable(directive)
        _record(actor, "programme.remove_clause", directive, payload)


def free_slug(model: Any, words: str) -> str:
    """A key made of words that no row of the model bears yet."""
    base = slugify(fold(words))[:70] or "van-ban"
    taken = set(model.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)


def _said(content: Any) -> dict[str, Any]:
    return {field.name: getattr(content, field.name) for field in dataclasses.fields(content)}


def _write_clause(clause: Clause, content: ClauseContent) -> dict[str, list[Any]]:
    values = _said(content)
    parent = content.parent
    if parent is not None and parent.directive_id != clause.directive_id:
        raise IncompleteError(gettext("That clause is one of another directive."), "parent")
    above = parent
    while above is not None:
        if above.pk == clause.pk:
            raise IncompleteError(gettext("A clause is not a part of itself."), "parent")
        above = above.parent
    if content.place is None:
        last = Clause.objects.filter(directive_id=clause.directive_id).aggregate(last=Max("place"))["last"]
        values["place"] = clause.place if clause.pk else (last or 0) + 1
    return write(clause, values)


def _record(actor: Actor, verb: str, directive: Directive, payload: Any) -> None:
    record(actor=actor, verb=verb, target=directive, organisation=directive.organisation, payload=payload)
