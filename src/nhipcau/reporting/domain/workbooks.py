"""Reports as Excel workbooks: handed out filled, given back, looked at, and taken over field by field or set aside."""

from __future__ import annotations

import io
import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.access.rights import require
from nhipcau.documents.forms.flat import unflatten
from nhipcau.documents.forms.workbook import Cover, Identity, read_workbook, write_workbook
from nhipcau.reporting.domain.comparing import compared
from nhipcau.reporting.domain.held import expect_inside, held, held_draft, note
from nhipcau.reporting.domain.writing import fields_of_version, write_fields
from nhipcau.reporting.intake import address_of
from nhipcau.reporting.models import EDITABLE, GivenWorkbook, WorkbookState
from nhipcau.reporting.queries.reports import form_of
from nhipcau.ui.templatetags.ui import day
from nhipcau.workspace.domain import storage
from nhipcau.workspace.domain.attachments import attach_file
from nhipcau.workspace.domain.errors import WrongStateError
from nhipcau.workspace.models import Attachment

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from nhipcau.accounts.models import Person
    from nhipcau.documents.forms import Answers
    from nhipcau.documents.forms.workbook import Reading
    from nhipcau.reporting.domain.comparing import Comparison
    from nhipcau.reporting.domain.writing import Written
    from nhipcau.reporting.models import Report, ReportDraft


def hand_out_workbook(*, actor: Person, report: Report) -> bytes:
    """The workbook of a report, filled with its draft as it is now.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
    """
    require("reporting.edit_report", actor, report)
    draft = held_draft(report)
    out = io.BytesIO()
    write_workbook(
        form_of(report),
        draft.plain,
        _identity(report, draft=draft.version, book=secrets.token_hex(6)),
        out,
        cover=_cover(report),
        translate=gettext,
    )
    return out.getvalue()


def _identity(report: Report, *, draft: int = 0, book: str = "0") -> Identity:
    form = report.campaign.form_version.plain
    return Identity(
        report=report.pk,
        campaign=report.campaign_id,
        organisation=report.organisation.slug,
        form=form.key,
        version=form.version,
        draft=draft,
        book=book,
    )


def _cover(report: Report) -> Cover:
    campaign = report.campaign
    facts = (
        (gettext("Period"), f"{day(campaign.begin)} – {day(campaign.end)}"),
        (gettext("Due on"), day(report.due_on)),
        (gettext("Figures as of"), day(campaign.figures_as_of)),
        (gettext("Guidance"), campaign.guidance_text),
    )
    return Cover(
        office=str(report.organisation),
        report=campaign.title,
        facts=facts,
        sample=report.sample,
        mail_to=address_of(report.organisation),
    )


def give_workbook(*, actor: Person, report: Report, name: str, content: bytes, mailed: bool = False) -> GivenWorkbook:
    """Give a filled workbook back. It is kept as it is, and waits until somebody takes it over.

    Raises:
        PermissionDeniedError: the actor does not write for the office that owes the report.
        WrongStateError: it is not being written now.
        NoWorkbookError: it is no workbook, or not one of this report; the sentence says how to mend it.
        FileRefusedError: it may not be taken: a mark of secrecy, the scanner.
    """
    require("reporting.edit_report", actor, report)
    _expect_written(report)
    reading = read_given(report, content)
    with transaction.atomic():
        given: GivenWorkbook = GivenWorkbook.objects.create(
            report=report,
            organisation=report.organisation,
            given_at=timezone.now(),
            given_by=actor,
            mailed=mailed,
            book=reading.identity.book if reading.identity else "",
            sample=report.sample,
        )
    try:
        file = attach_file(actor=actor, target=given, name=_file_name(name), chunks=[content])
    except Exception:
        # What is refused leaves its entry in the record of the room, and no workbook.
        given.delete()
        raise
    with transaction.atomic():
        note(actor, "reporting.give_workbook", report, {"workbook": file.sha256, "mailed": mailed})
    return given


def _expect_written(report: Report) -> ReportDraft:
    draft = held_draft(report)
    if not report.is_writable(timezone.now()):
        raise WrongStateError(gettext("This report is not being written now."))
    expect_inside(draft, *EDITABLE)
    return draft


def _file_name(name: str) -> str:
    """By its content it is a workbook; its name is made to say so."""
    return name if name.lower().endswith(".xlsx") else f"{name.rpartition('.')[0] or name or 'workbook'}.xlsx"


def content_of(given: GivenWorkbook) -> bytes:
    """The file as it was given.

    Raises:
        NoWorkbookError: it is not there any more.
    """
    file = Attachment.objects.on(given).filter(removed_at__isnull=True).order_by("pk").first()
    path = storage.path_of(file.sha256) if file else None
    if path is None or not path.exists():
        raise PermissionDeniedError(gettext("This file is not there for you."))
    return path.read_bytes()


def read_given(report: Report, content: bytes) -> Reading:
    """What a workbook says, by the form that the report has now.

    Raises:
        NoWorkbookError: it is no workbook, or not one of this report.
    """
    draft = held_draft(report)
    return read_workbook(
        content,
        _identity(report),
        form_of(report),
        languages=[_translator(code) for code, _name in settings.LANGUAGES],
        before=lambda identity: _before(report, draft, identity),
    )


def _translator(code: str) -> Callable[[str], str]:
    def translate(message: str) -> str:
        with translation.override(code):
            return gettext(message)

    return translate


def _before(report: Report, draft: ReportDraft, identity: Identity | None) -> Answers | None:
    """With what a workbook was filled, or what it said when it was taken over the last time."""
    if identity is None:
        return None
    mine = GivenWorkbook.objects.filter(report=report, book=identity.book, state=WorkbookState.TAKEN)
    last = mine.order_by("-settled_at").first()
    if last is not None:
        return unflatten(last.fields)
    if not 0 <= identity.draft <= draft.version:
        return None
    return unflatten(fields_of_version(draft, identity.draft))


def compare(given: GivenWorkbook) -> Comparison:
    """What a workbook would change in the draft as it is now, and everything that is to be said of its cells."""
    report = given.report
    draft = held_draft(report)
    reading = read_given(report, content_of(given))
    before = _before(report, draft, reading.identity)
    return compared(form_of(report), reading, before=before, draft=draft.plain, version=draft.version)


def take_workbook(
    *,
    actor: Person,
    given: GivenWorkbook,
    leave: Collection[str],
    picked: Mapping[str, str],
    version: int,
) -> Written:
    """Take over what a workbook says, all of it that was not left, or nothing.

    Args:
        actor: a writer of the office.
        given: the workbook, waiting.
        leave: keys of changes that are not wanted.
        picked: key of a question -> the answer that was chosen (:mod:`.comparing`).
        version: of the draft with which it was compared; what somebody else changed since then stands.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: the report is not being written now, or the workbook was settled already.
        IncompleteError: a question is not answered.
    """
    with transaction.atomic():
        row = _held(actor, given)
        report = held(row.report)
        row.report = report
        found = compare(row)
        fields = found.fields(leave=leave, picked=picked)
        written = write_fields(actor=actor, report=report, fields=fields, version=version)
        row.fields = found.said
        row.book = found.book or row.book
        _settle(actor, row, WorkbookState.TAKEN)
        note(actor, "reporting.take_workbook", report, {"workbook": row.pk, "changes": len(fields)})
    return written


def set_aside_workbook(*, actor: Person, given: GivenWorkbook) -> None:
    """Leave the draft as it is. The file stays where it is.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it was settled already.
    """
    with transaction.atomic():
        row = _held(actor, given)
        _settle(actor, row, WorkbookState.SET_ASIDE)
        note(actor, "reporting.set_aside_workbook", row.report, {"workbook": row.pk})


def _held(actor: Person, given: GivenWorkbook) -> GivenWorkbook:
    row: GivenWorkbook | None = GivenWorkbook.objects.select_for_update().filter(pk=given.pk).first()
    if row is None:
        raise PermissionDeniedError(gettext("This workbook is not there for you."))
    require("reporting.take_workbook", actor, row)
    if row.state != WorkbookState.WAITING:
        raise WrongStateError(gettext("This workbook was taken over or set aside already."))
    return row


def _settle(actor: Person, row: GivenWorkbook, state: WorkbookState) -> None:
    row.state, row.settled_at, row.settled_by = state, timezone.now(), actor
    row.save()
