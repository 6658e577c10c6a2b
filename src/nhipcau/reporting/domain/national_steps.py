"""A national report on its way: one function for each step. The allowed steps: docs/explanation/consolidation.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.accounts.models import Person
from nhipcau.reporting.domain.national import head_of
from nhipcau.reporting.domain.national_held import (
    expect_being_written,
    expect_national,
    held_national,
    note_national,
)
from nhipcau.reporting.domain.national_telling import tell_of_national
from nhipcau.reporting.models import NationalRecipient, NationalReport, NationalSentence, NationalState
from nhipcau.reporting.national_plain import printed_of
from nhipcau.workspace.domain.comments import add_comment, unanswered
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError
from nhipcau.workspace.domain.issuing import fix_issue, fix_receipt
from nhipcau.workspace.domain.revisions import add_revision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.access import Actor


def submit_national(*, actor: Person, national: NationalReport) -> NationalReport:
    """Submit a national report to those who review and approve it; what it says now is kept as a version.

    Raises:
        PermissionDeniedError: the actor is no coordinator of its office.
        WrongStateError: it is submitted already.
        IncompleteError: a comment with which it was sent back is not answered.
    """
    with transaction.atomic():
        row = held_national(national)
        require("reporting.submit_national", actor, row)
        expect_being_written(row)
        if unanswered(row):
            raise IncompleteError(
                gettext("Answer every comment with which the national report was sent back first."), "comments"
            )
        row.version += 1
        sentences = NationalSentence.objects.filter(national=row, dropped_at__isnull=True).order_by("item", "place")
        fields = head_of(row) | {"sentences": [list(each) for each in sentences.values_list("item", "text")]}
        add_revision(row, number=row.version, actor=actor, fields=fields)
        return _move(actor, "reporting.submit_national", row, NationalState.IN_REVIEW)


def withdraw_national(*, actor: Actor, national: NationalReport) -> NationalReport:
    """Take a national report back from review, to go on writing.

    Raises:
        PermissionDeniedError: the actor is no coordinator of its office.
        WrongStateError: it is not in review.
    """
    with transaction.atomic():
        row = held_national(national)
        require("reporting.withdraw_national", actor, row)
        expect_national(row, NationalState.IN_REVIEW)
        return _move(actor, "reporting.withdraw_national", row, NationalState.DRAFT)


def discard_national(*, actor: Actor, national: NationalReport, reason: str = "") -> NationalReport:
    """Put a national report aside that was begun; what was written in it stays readable.

    Raises:
        PermissionDeniedError: the actor is no coordinator of its office.
        WrongStateError: it is past being written.
    """
    with transaction.atomic():
        row = held_national(national)
        require("reporting.discard_national", actor, row)
        expect_being_written(row)
        return _move(actor, "reporting.discard_national", row, NationalState.DISCARDED, reason=reason.strip())


def send_back_national(*, actor: Person, national: NationalReport, reason: str) -> NationalReport:
    """Send a national report back, saying what is to be mended: a comment, to be answered before it comes again.

    Raises:
        PermissionDeniedError: the actor neither reviews nor approves for its office.
        WrongStateError: it is neither in review nor approved.
        IncompleteError: nothing is said.
    """
    with transaction.atomic():
        row = held_national(national)
        require("reporting.send_back_national", actor, row)
        expect_national(row, NationalState.IN_REVIEW, NationalState.APPROVED)
        if not reason.strip():
            raise IncompleteError(gettext("Say what is to be mended."), "reason")
        row.approver, row.approved_at = None, None
        add_comment(actor=actor, target=row, text=reason, must_answer=True)
        return _move(actor, "reporting.send_back_national", row, NationalState.SENT_BACK, reason=reason.strip())


def approve_national(*, actor: Person, national: NationalReport) -> NationalReport:
    """Approve a national report for its office.

    Raises:
        PermissionDeniedError: the actor does not approve for its office, or wrote some of it.
        WrongStateError: it is not in review.
    """
    with transaction.atomic():
        row = held_national(national)
        require("reporting.approve_national", actor, row)
        expect_national(row, NationalState.IN_REVIEW)
        row.approver, row.approved_at = actor, timezone.now()
        return _move(actor, "reporting.approve_national", row, NationalState.APPROVED)


def issue_national(*, actor: Actor, national: NationalReport, post: str) -> NationalReport:
    """Issue an approved national report: number, date, signer, post and all that is printed are fixed.

    The signer is who approved it. Its recipients see it from now on, as it was printed.

    Args:
        actor: an approver of its office.
        national: the national report.
        post: the signer's post as it is printed.

    Raises:
        PermissionDeniedError: the actor does not approve for its office.
        WrongStateError: it is not approved, or issued already.
        IncompleteError: symbol, place or post is missing.
    """
    with transaction.atomic():
        row = held_national(national)
        require("reporting.issue_national", actor, row)
        expect_national(row, NationalState.APPROVED)
        signer = Person.objects.get(pk=row.approver_id)
        fixed = fix_issue(row, organisation=row.organisation, signer=signer, post=post)
        row.printed = printed_of(row)
        return _move(actor, "reporting.issue_national", row, NationalState.ISSUED, changed=fixed)


def recall_national(*, actor: Actor, national: NationalReport, reason: str) -> NationalReport:
    """Recall an issued national report. Its recipients still read it, marked as recalled and why.

    Raises:
        PermissionDeniedError: the actor does not approve for its office.
        WrongStateError: it is not issued, or recalled already.
        IncompleteError: no reason is given.
    """
    with transaction.atomic():
        row = held_national(national)
        require("reporting.recall_national", actor, row)
        expect_national(row, NationalState.ISSUED)
        if not reason.strip():
            raise IncompleteError(gettext("A national report is not recalled without a reason."), "reason")
        row.recalled_at, row.recall_reason = timezone.now(), reason.strip()
        return _move(actor, "reporting.recall_national", row, NationalState.RECALLED, reason=reason.strip())


def receive_national(*, actor: Person, receipt: NationalRecipient) -> NationalRecipient:
    """Take in a national report that was issued to the actor's office.

    Raises:
        PermissionDeniedError: the actor does not take in for that office, or may not read this report.
        WrongStateError: it was taken in already.
    """
    with transaction.atomic():
        national = held_national(receipt.national)
        row: NationalRecipient = NationalRecipient.objects.select_for_update().filter(pk=receipt.pk).first()
        require("reporting.receive_national", actor, row)
        expect_national(national, NationalState.ISSUED, NationalState.RECALLED)
        if row.received_at is not None:
            raise WrongStateError(gettext("This national report was taken in already."))
        changed = fix_receipt(row, organisation=row.organisation, person=actor)
        row.save()
        note_national(actor, "reporting.receive_national", national, changed)
    return row


def _move(
    actor: Actor,
    verb: str,
    national: NationalReport,
    state: NationalState,
    *,
    changed: Mapping[str, object] | None = None,
    reason: str = "",
) -> NationalReport:
    before, national.state = national.state, state
    national.save()
    note_national(actor, verb, national, {"state": [before, state.value], **(changed or {})}, reason)
    tell_of_national(actor=actor, verb=verb, national=national)
    return national
