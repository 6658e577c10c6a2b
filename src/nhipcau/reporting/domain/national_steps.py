"""A national report on its way: one function for each step. The allowed steps: docs/explanation/consolidation.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from nhipcau.reporting.domain.national import head_of
from nhipcau.reporting.domain.national_held import WAY
from nhipcau.reporting.models import (
    NATIONAL_WRITABLE,
    NationalRecipient,
    NationalReport,
    NationalSentence,
    NationalState,
)
from nhipcau.reporting.national_plain import printed_of
from nhipcau.workspace.domain.revisions import add_revision

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person


def submit_national(*, actor: Person, national: NationalReport) -> NationalReport:
    """Submit a national report to those who review and approve it; what it says now is kept as a version.

    Raises:
        PermissionDeniedError: the actor is no coordinator of its office.
        WrongStateError: it is submitted already.
        IncompleteError: a comment with which it was sent back is not answered.
    """
    with transaction.atomic():
        row = WAY.begin(actor, "submit", national, *NATIONAL_WRITABLE)
        WAY.expect_answered(row)
        row.version += 1
        sentences = NationalSentence.objects.filter(national=row, dropped_at__isnull=True).order_by("item", "place")
        fields = head_of(row) | {"sentences": [list(each) for each in sentences.values_list("item", "text")]}
        add_revision(row, number=row.version, actor=actor, fields=fields)
        return WAY.move(actor, "submit", row, NationalState.IN_REVIEW)


def withdraw_national(*, actor: Actor, national: NationalReport) -> NationalReport:
    """Take a national report back from review, to go on writing.

    Raises:
        PermissionDeniedError: the actor is no coordinator of its office.
        WrongStateError: it is not in review.
    """
    return WAY.withdraw(actor, national)


def discard_national(*, actor: Actor, national: NationalReport, reason: str = "") -> NationalReport:
    """Put a national report aside that was begun; what was written in it stays readable.

    Raises:
        PermissionDeniedError: the actor is no coordinator of its office.
        WrongStateError: it is past being written.
    """
    return WAY.discard(actor, national, reason)


def send_back_national(*, actor: Person, national: NationalReport, reason: str) -> NationalReport:
    """Send a national report back, saying what is to be mended: a comment, to be answered before it comes again.

    Raises:
        PermissionDeniedError: the actor neither reviews nor approves for its office.
        WrongStateError: it is neither in review nor approved.
        IncompleteError: nothing is said.
    """
    return WAY.send_back(actor, national, reason)


def approve_national(*, actor: Person, national: NationalReport) -> NationalReport:
    """Approve a national report for its office.

    Raises:
        PermissionDeniedError: the actor does not approve for its office, or wrote some of it.
        WrongStateError: it is not in review.
    """
    return WAY.approve(actor, national)


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
    return WAY.issue(actor, national, post, also=_fix_what_is_printed)


def recall_national(*, actor: Actor, national: NationalReport, reason: str) -> NationalReport:
    """Recall an issued national report. Its recipients still read it, marked as recalled and why.

    Raises:
        PermissionDeniedError: the actor does not approve for its office.
        WrongStateError: it is not issued, or recalled already.
        IncompleteError: no reason is given.
    """
    return WAY.recall(actor, national, reason)


def receive_national(*, actor: Person, receipt: NationalRecipient) -> NationalRecipient:
    """Take in a national report that was issued to the actor's office.

    Raises:
        PermissionDeniedError: the actor does not take in for that office, or may not read this report.
        WrongStateError: it was taken in already.
    """
    return WAY.receive(actor, receipt)


def _fix_what_is_printed(national: NationalReport) -> None:
    """All that its papers say stays as it is when it is issued."""
    national.printed = printed_of(national)
