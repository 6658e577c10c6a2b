"""A report on its way: one function for each step. The allowed steps are in docs/explanation/reports.md."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from nhipcau.access import system
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.access.rights import require
from nhipcau.accounts.models import Person
from nhipcau.documents.forms.checking import problems
from nhipcau.reporting.domain.held import expect, expect_inside, held, held_draft, note
from nhipcau.reporting.domain.submitting import make_submission
from nhipcau.reporting.domain.telling import tell_of_report
from nhipcau.reporting.models import (
    EDITABLE,
    WITH_THE_OFFICE,
    WITH_THE_RECEIVER,
    LockException,
    OfficeState,
    Report,
    ReportDraft,
    ReportState,
)
from nhipcau.reporting.queries.reports import form_of, latest_submission
from nhipcau.text import nfc
from nhipcau.ui.templatetags.ui import vi_number
from nhipcau.workspace.domain.comments import add_comment, unanswered
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WrongStateError
from nhipcau.workspace.domain.revisions import add_revision
from nhipcau.workspace.models import Audience

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhipcau.access import Actor
    from nhipcau.documents.forms import Answers, Form
    from nhipcau.reporting.models import Submission

#: More characters than this are no report.
MOST_CHARS = 2_000_000


class Line(NamedTuple):
    """What is to be mended at one place of a report: ``texts.part_i``, ``figures.items``; empty for all of it."""

    place: str
    text: str


# --- inside the office


def save_draft(
    *, actor: Actor, report: Report, answers: Answers, version: int, symbol: str = "", place: str = ""
) -> ReportDraft:
    """Save what is answered so far, as one version more; the same again changes nothing.

    Args:
        actor: a writer of the office that owes it.
        report: the report.
        answers: all of them.
        version: the one that the actor had read; 0 before the first.
        symbol: of the letter with which it will be submitted.
        place: of issue.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is not being written now.
        ConflictError: somebody saved another version meanwhile; nothing was saved.
        IncompleteError: it is longer than a report may be.
    """
    with transaction.atomic():
        draft = draft_to_write(actor, report)
        if draft.version != version:
            raise ConflictError(gettext("Somebody else saved this report meanwhile. Your text is kept."))
        return store_answers(actor, draft, answers, symbol=symbol, place=place)


def draft_to_write(actor: Actor, report: Report) -> ReportDraft:
    """What the office is writing, locked until the transaction ends, where the actor may write it now.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is not being written now.
    """
    row = _writable(report)
    require("reporting.edit_report", actor, row)
    draft = held_draft(row)
    expect_inside(draft, *EDITABLE)
    return draft


def store_answers(actor: Actor, draft: ReportDraft, answers: Answers, *, symbol: str, place: str) -> ReportDraft:
    """Store answers as one version more of a draft from :func:`draft_to_write`; the same again changes nothing.

    Raises:
        IncompleteError: it is longer than a report may be.
    """
    text = json.dumps(answers.to_plain())
    if len(text) > MOST_CHARS:
        raise IncompleteError(gettext("This is more than a report holds; nothing was saved."))
    # As the database gives it back: lists where there were tuples.
    plain, version = json.loads(text), draft.version
    symbol, place = " ".join(nfc(symbol).split())[:60], " ".join(nfc(place).split())[:100]
    if version and (draft.answers, draft.symbol, draft.place) == (plain, symbol, place):
        return draft
    draft.answers, draft.symbol, draft.place, draft.version = plain, symbol, place, version + 1
    draft.changed_by = actor if isinstance(actor, Person) else None
    draft.save()
    fields = {"answers": plain, "symbol": symbol, "place": place}
    add_revision(draft, number=draft.version, actor=actor, fields=fields)
    note(actor, "reporting.save_draft", draft.report, {"version": [version, draft.version]})
    return draft


def submit_for_review(*, actor: Actor, report: Report) -> ReportDraft:
    """Submit a report to those who review and approve it in its office.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is not being written now.
        IncompleteError: nothing is written, something in it cannot be so, symbol or place of the letter is missing, or
            a comment with which it was sent back is not answered.
    """
    with transaction.atomic():
        row = _writable(report)
        require("reporting.submit_for_review", actor, row)
        draft = held_draft(row)
        expect_inside(draft, *EDITABLE)
        if not draft.version:
            raise IncompleteError(gettext("A report in which nothing is written cannot be submitted."))
        if unanswered(row):
            raise IncompleteError(
                gettext("Answer every comment with which the report was sent back first."), "comments"
            )
        _expect_complete(draft)
        if not (draft.symbol and draft.place):
            sentence = gettext("Write symbol and place of the letter first: they stand at the end of the form.")
            raise IncompleteError(sentence, "symbol")
        return _inside(actor, "reporting.submit_for_review", draft, OfficeState.IN_REVIEW)


def withdraw_report(*, actor: Actor, report: Report) -> ReportDraft:
    """Take a report back from review, to go on writing.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is not in review.
    """
    with transaction.atomic():
        row = _writable(report)
        require("reporting.withdraw_report", actor, row)
        draft = held_draft(row)
        expect_inside(draft, OfficeState.IN_REVIEW)
        return _inside(actor, "reporting.withdraw_report", draft, OfficeState.DRAFT)


def send_back_inside(*, actor: Person, report: Report, reason: str) -> ReportDraft:
    """Send a report back to who wrote it in the office: a comment, to be answered before it comes again.

    Raises:
        PermissionDeniedError: the actor neither reviews nor approves for its office.
        WrongStateError: it is neither in review nor approved, or submitted already.
        IncompleteError: nothing is said.
    """
    with transaction.atomic():
        row = _writable(report)
        require("reporting.send_back_inside", actor, row)
        draft = held_draft(row)
        expect_inside(draft, OfficeState.IN_REVIEW, OfficeState.APPROVED)
        if not reason.strip():
            raise IncompleteError(gettext("Say what is to be mended."), "reason")
        draft.approver, draft.approved_at = None, None
        add_comment(actor=actor, target=row, text=reason, must_answer=True)
        return _inside(actor, "reporting.send_back_inside", draft, OfficeState.SENT_BACK, reason=reason.strip())


def approve_report(*, actor: Person, report: Report) -> ReportDraft:
    """Approve a report for its office. Who approves it will have signed it.

    Raises:
        PermissionDeniedError: the actor does not approve for its office, or wrote some of it.
        WrongStateError: it is not in review.
    """
    with transaction.atomic():
        return _approve(actor, held_draft(_writable(report)))


def submit_report(*, actor: Actor, report: Report, post: str) -> Submission:
    """Submit an approved report: it is issued (number, date, signer, post) and received above that same moment.

    The answers are kept as they are with their hash and their numbers, and the files of the draft are copied to it.
    The receipt is what counts for "on time". An exception from the lock ends with it.

    Args:
        actor: an approver of its office.
        report: the report.
        post: the signer's post as it is printed.

    Raises:
        PermissionDeniedError: the actor does not approve for its office.
        WrongStateError: it is not approved, or not the office's to submit now.
        IncompleteError: symbol, place or post is missing.
    """
    with transaction.atomic():
        return _submit(actor, held_draft(_writable(report)), post)


def approve_and_submit(*, actor: Person, report: Report, post: str) -> Submission:
    """Approve a report and submit it, both or neither.

    Raises:
        PermissionDeniedError: the actor does not approve for its office, or wrote some of it.
        WrongStateError: it is not in review, or not the office's to submit now.
        IncompleteError: symbol, place or post is missing.
    """
    with transaction.atomic():
        return _submit(actor, _approve(actor, held_draft(_writable(report))), post)


# --- in the office above


def check_report(*, actor: Person, report: Report) -> Report:
    """Check a submitted report, where the campaign has it accepted by a second person.

    Raises:
        PermissionDeniedError: the actor does not coordinate in the campaign's office, or wrote or approved it.
        WrongStateError: it is not newly submitted, or the campaign has one step only.
    """
    with transaction.atomic():
        row = held(report)
        require("reporting.check_report", actor, row)
        expect(row, ReportState.SUBMITTED)
        if not row.campaign.two_steps:
            raise WrongStateError(gettext("Reports of this campaign are accepted at once."))
        row.checked_by, row.checked_at = actor, timezone.now()
        return move(actor, "reporting.check_report", row, ReportState.CHECKED)


def accept_report(*, actor: Person, report: Report) -> Report:
    """Accept a report: its figures are locked, and this submission is what stands.

    Raises:
        PermissionDeniedError: the actor does not coordinate in the campaign's office, or checked, wrote or approved it.
        WrongStateError: it is not submitted, or is to be checked first.
    """
    with transaction.atomic():
        row = held(report)
        require("reporting.accept_report", actor, row)
        two = row.campaign.two_steps
        expect(row, ReportState.CHECKED if two else ReportState.SUBMITTED)
        if two and actor.pk == row.checked_by_id:
            raise PermissionDeniedError(gettext("You checked this report: somebody else accepts it."))
        submission = latest_submission(row)
        row.accepted_by, row.accepted_at, row.accepted_submission = actor, timezone.now(), submission
        payload = {"submission": submission.number if submission else None}
        return move(actor, "reporting.accept_report", row, ReportState.ACCEPTED, payload)


def send_back_report(*, actor: Person, report: Report, reason: str = "", lines: Iterable[Line] = ()) -> Report:
    """Send a report back to its office: what is to be mended, at its places, to be answered before it comes again.

    Raises:
        PermissionDeniedError: the actor does not coordinate in the campaign's office.
        WrongStateError: it does not lie here.
        IncompleteError: nothing is said.
    """
    with transaction.atomic():
        row = held(report)
        require("reporting.send_back_report", actor, row)
        expect(row, *WITH_THE_RECEIVER)
        said = [Line(line.place[:120], line.text.strip()) for line in (Line("", reason), *lines) if line.text.strip()]
        if not said:
            raise IncompleteError(gettext("Say what is to be mended."), "reason")
        for line in said:
            everybody = Audience.EVERYBODY
            add_comment(actor=actor, target=row, text=line.text, audience=everybody, must_answer=True, place=line.place)
        row.checked_by, row.checked_at = None, None
        begin_again(row)
        payload = {"places": [line.place for line in said]}
        return move(actor, "reporting.send_back_report", row, ReportState.SENT_BACK, payload, reason=reason.strip())


def release_report(*, actor: Actor, report: Report, reason: str) -> Report:
    """Let an office off a report that it owes.

    Raises:
        PermissionDeniedError: the actor does not coordinate in the campaign's office.
        WrongStateError: it is submitted, or over.
        IncompleteError: no reason is given.
    """
    with transaction.atomic():
        row = held(report)
        require("reporting.release_report", actor, row)
        expect(row, *WITH_THE_OFFICE)
        if not reason.strip():
            raise IncompleteError(gettext("Nobody is let off a report without a reason."), "reason")
        return move(actor, "reporting.release_report", row, ReportState.RELEASED, reason=reason.strip())


def begin_again(report: Report) -> None:
    """Let the office write again. The draft is the office's own, unseen above: the system opens it."""
    with system("reporting"):
        drafts = ReportDraft.objects.filter(report_id=report.pk)
        drafts.update(office_state=OfficeState.DRAFT, approver=None, approved_at=None)


def move(
    actor: Actor,
    verb: str,
    report: Report,
    state: ReportState,
    payload: Mapping[str, object] | None = None,
    *,
    reason: str = "",
) -> Report:
    """Store the new state of a report, record it and tell of it."""
    before, report.state = report.state, state
    report.save()
    note(actor, verb, report, {"state": [before, state.value], **(payload or {})}, reason)
    tell_of_report(actor=actor, verb=verb, report=report)
    return report


def _writable(report: Report) -> Report:
    """The report as it is now, locked, where its office may write it.

    Raises:
        PermissionDeniedError: the access now open does not see it.
        WrongStateError: it is not the office's to write now.
    """
    row = held(report)
    if not row.is_writable(timezone.now()):
        sentence = gettext("The report is in the state “%(state)s” now, so this cannot be done.")
        if row.state == ReportState.OPEN:
            sentence = gettext("The campaign is closed: reports are not submitted any more.")
        raise WrongStateError(sentence % {"state": row.get_state_display()})
    return row


def _expect_complete(draft: ReportDraft) -> Form:
    """The form; refuse what it does not allow: the first fault is said, and how many there are.

    Raises:
        IncompleteError: something is wrong with the answers.
    """
    form = form_of(draft.report)
    wrong = [problem for problem in problems(form, draft.plain) if problem.strict]
    if wrong:
        sentence = ngettext(
            "%(number)s thing keeps the report from being submitted: %(first)s",
            "%(number)s things keep the report from being submitted. The first: %(first)s",
            len(wrong),
        )
        said = {"number": vi_number(len(wrong)), "first": wrong[0].sentence.told(gettext)}
        raise IncompleteError(sentence % said, wrong[0].place)
    return form


def _approve(actor: Person, draft: ReportDraft) -> ReportDraft:
    require("reporting.approve_report", actor, draft)
    expect_inside(draft, OfficeState.IN_REVIEW)
    draft.approver, draft.approved_at = actor, timezone.now()
    return _inside(actor, "reporting.approve_report", draft, OfficeState.APPROVED)


def _submit(actor: Actor, draft: ReportDraft, post: str) -> Submission:
    row = draft.report
    require("reporting.submit_report", actor, row)
    expect_inside(draft, OfficeState.APPROVED)
    form = _expect_complete(draft)
    signer: Any = draft.approver
    made = make_submission(report=row, draft=draft, form=form, signer=signer, post=post)
    row.received_at = made.received_at
    row.first_received_at = row.first_received_at or made.received_at
    LockException.objects.of(row, "report").filter(ended_at__isnull=True).update(ended_at=made.received_at)
    fixed = {
        "number_and_symbol": [None, made.number_and_symbol],
        "submission": made.number,
        "answers_hash": made.answers_hash,
    }
    move(actor, "reporting.submit_report", row, ReportState.SUBMITTED, fixed)
    return made


def _inside(actor: Actor, verb: str, draft: ReportDraft, state: OfficeState, reason: str = "") -> ReportDraft:
    before, draft.office_state = draft.office_state, state
    draft.save()
    note(actor, verb, draft.report, {"office_state": [before, state.value]}, reason)
    tell_of_report(actor=actor, verb=verb, report=draft.report, draft=draft)
    return draft
