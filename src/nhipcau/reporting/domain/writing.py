"""Writing a report field by field: what two people write at once is joined, and what both changed is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from nhipcau.accounts.models import Person
from nhipcau.documents.forms import Answers
from nhipcau.documents.forms.flat import flatten, join_fields, unflatten
from nhipcau.reporting.domain.reports import draft_to_write, store_answers
from nhipcau.reporting.queries.history import last_letter
from nhipcau.text import nfc
from nhipcau.workspace.domain.writing import keep_unsaved
from nhipcau.workspace.models import Revision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nhipcau.access import Actor
    from nhipcau.documents.forms.flat import Clash
    from nhipcau.reporting.models import Report, ReportDraft

#: The kind under which what could not be saved is kept for whoever typed it.
DRAFT = "reporting.reportdraft"


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it: the draft as it is stored now, and the fields that somebody else had changed, too."""

    draft: ReportDraft
    fields: Mapping[str, str]
    clashes: Sequence[Clash]


def write_fields(*, actor: Actor, report: Report, fields: Mapping[str, str], version: int) -> Written:
    """Save some fields of a report. What others saved meanwhile stays; where both changed one field, theirs stands.

    Mine is kept for me then (:class:`~nhipcau.workspace.models.UnsavedText`), beside theirs, until I choose.

    Args:
        actor: a writer of the office that owes it.
        report: the report.
        fields: path -> text (:mod:`nhipcau.documents.forms.flat`); what is not there was not touched.
        version: the one from which they were written; 0 before the first.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is not being written now.
        IncompleteError: it is longer than a report may be.
    """
    with transaction.atomic():
        return write_into(draft_to_write(actor, report), actor=actor, fields=fields, version=version)


def write_into(draft: ReportDraft, *, actor: Actor, fields: Mapping[str, str], version: int) -> Written:
    """The same into a draft from :func:`~nhipcau.reporting.domain.reports.draft_to_write`, in its transaction.

    Raises:
        IncompleteError: it is longer than a report may be.
    """
    stored = flatten(draft.plain)
    base = stored if version == draft.version else fields_of_version(draft, version)
    clean = {path: nfc(text).replace("\r\n", "\n") for path, text in fields.items()}
    joined, clashes = join_fields(base, stored, clean)
    if joined != stored or not draft.version:
        symbol, place = (draft.symbol, draft.place) if draft.version else last_letter(draft.report)
        draft = store_answers(actor, draft, unflatten(joined), symbol=symbol, place=place)
    if clashes and isinstance(actor, Person):
        mine = {clash.path: [clash.mine] for clash in clashes}
        keep_unsaved(actor=actor, object_type=DRAFT, target=draft, values=mine, version=version)
    return Written(draft, joined, clashes)


def write_letter(*, actor: Actor, report: Report, symbol: str, place: str) -> ReportDraft:
    """Write symbol and place of issue of the letter with which a report will be submitted.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is not being written now.
    """
    with transaction.atomic():
        draft = draft_to_write(actor, report)
        return store_answers(actor, draft, draft.plain, symbol=symbol, place=place)


def fields_of_version(draft: ReportDraft, number: int) -> dict[str, str]:
    """The fields of a version of a draft; none where it has no such version."""
    kept = Revision.objects.on(draft).filter(number=number).first()
    return fields_kept_in(kept.fields) if kept else {}


def fields_kept_in(revision: Mapping[str, Any]) -> dict[str, str]:
    """The fields of the answers that a version keeps."""
    return flatten(Answers.from_plain(revision.get("answers", {})))
