"""A digest on its way: one function for each step. The allowed steps are in docs/explanation/digests.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from nhipcau.access.rights import require
from nhipcau.accounts.models import Person
from nhipcau.press import sections
from nhipcau.press.domain.contents import keep_version, make_findable
from nhipcau.press.domain.held import expect, expect_writable, held, note
from nhipcau.press.domain.telling import tell_of_digest
from nhipcau.press.models import Digest, DigestEntry, DigestKind, DigestRecipient, DigestState
from nhipcau.workspace.domain.comments import add_comment, unanswered
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError
from nhipcau.workspace.domain.issuing import fix_issue, fix_receipt
from nhipcau.workspace.models import Register

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.access import Actor

#: Originals in this language need no headline in Vietnamese.
VIETNAMESE = "vi"


def submit_digest(*, actor: Actor, digest: Digest) -> Digest:
    """Submit a digest to those who review and approve it.

    Raises:
        PermissionDeniedError: the actor is no press analyst of its office.
        WrongStateError: it is submitted already.
        IncompleteError: it has no entry, an entry has no Vietnamese headline, or a comment with which it was sent back
            is not answered.
    """
    with transaction.atomic():
        row = held(digest)
        require("press.submit_digest", actor, row)
        expect_writable(row)
        entries = DigestEntry.objects.filter(digest=row, removed_at__isnull=True)
        if not entries.exists():
            raise IncompleteError(gettext("A digest without an entry cannot be submitted."), "entries")
        bare = entries.filter(headline="").exclude(article__language=VIETNAMESE).count()
        if bare:
            sentence = ngettext(
                "%(number)s entry has no headline in Vietnamese yet.",
                "%(number)s entries have no headline in Vietnamese yet.",
                bare,
            )
            raise IncompleteError(sentence % {"number": bare}, "headline")
        if unanswered(row):
            raise IncompleteError(
                gettext("Answer every comment with which the digest was sent back first."), "comments"
            )
        keep_version(actor=actor, digest=row)
        return _move(actor, "press.submit_digest", row, DigestState.IN_REVIEW)


def withdraw_digest(*, actor: Actor, digest: Digest) -> Digest:
    """Take a digest back from review, to go on writing.

    Raises:
        PermissionDeniedError: the actor is no press analyst of its office.
        WrongStateError: it is not in review.
    """
    with transaction.atomic():
        row = held(digest)
        require("press.withdraw_digest", actor, row)
        expect(row, DigestState.IN_REVIEW)
        return _move(actor, "press.withdraw_digest", row, DigestState.DRAFT)


def discard_digest(*, actor: Actor, digest: Digest, reason: str = "") -> Digest:
    """Put a flash or a weekly digest aside that was begun; what was written in it stays readable.

    Raises:
        PermissionDeniedError: the actor is no press analyst of its office.
        WrongStateError: it is past being written, or the daily one, which the next collection would begin again.
    """
    with transaction.atomic():
        row = held(digest)
        require("press.discard_digest", actor, row)
        expect_writable(row)
        if row.kind == DigestKind.DAILY:
            raise WrongStateError(gettext("The digest of a day is not discarded: leave it unsubmitted."))
        return _move(actor, "press.discard_digest", row, DigestState.DISCARDED, reason=reason.strip())


def send_back_digest(*, actor: Person, digest: Digest, reason: str) -> Digest:
    """Send a digest back to who wrote it, saying what is missing: a comment, to be answered before it comes again.

    Raises:
        PermissionDeniedError: the actor neither reviews nor approves for its office.
        WrongStateError: it is neither in review nor approved.
        IncompleteError: nothing is said.
    """
    with transaction.atomic():
        row = held(digest)
        require("press.send_back_digest", actor, row)
        expect(row, DigestState.IN_REVIEW, DigestState.APPROVED)
        if not reason.strip():
            raise IncompleteError(gettext("Say what is to be mended."), "reason")
        row.approver, row.approved_at, row.sections_fixed = None, None, []
        add_comment(actor=actor, target=row, text=reason, must_answer=True)
        return _move(actor, "press.send_back_digest", row, DigestState.SENT_BACK, reason=reason.strip())


def approve_digest(*, actor: Person, digest: Digest) -> Digest:
    """Approve a digest for its office. Its numbers and the sections of other rooms stay as they are now.

    Raises:
        PermissionDeniedError: the actor does not approve for its office, or chose or wrote some of it.
        WrongStateError: it is not in review.
    """
    with transaction.atomic():
        row = held(digest)
        require("press.approve_digest", actor, row)
        expect(row, DigestState.IN_REVIEW)
        row.approver, row.approved_at = actor, timezone.now()
        row.sections_fixed = sections.told_by_rooms(row)
        return _move(actor, "press.approve_digest", row, DigestState.APPROVED)


def issue_digest(*, actor: Actor, digest: Digest, post: str) -> Digest:
    """Issue an approved digest: number, date, signer and post are fixed, and its recipients see it from now on.

    The signer is who approved it. Digests are numbered in a book of their own, from 1 each year.

    Args:
        actor: an approver of its office.
        digest: the digest.
        post: the signer's post as it is printed.

    Raises:
        PermissionDeniedError: the actor does not approve for its office.
        WrongStateError: it is not approved, or issued already.
        IncompleteError: symbol, place or post is missing.
    """
    with transaction.atomic():
        row = held(digest)
        require("press.issue_digest", actor, row)
        expect(row, DigestState.APPROVED)
        signer = Person.objects.get(pk=row.approver_id)
        fixed = fix_issue(row, organisation=row.organisation, signer=signer, post=post, register=Register.DIGESTS)
        make_findable(row)
        return _move(actor, "press.issue_digest", row, DigestState.ISSUED, changed=fixed)


def recall_digest(*, actor: Actor, digest: Digest, reason: str) -> Digest:
    """Recall an issued digest. Its recipients still read it, marked as recalled and why; what it told is new again.

    Raises:
        PermissionDeniedError: the actor does not approve for its office.
        WrongStateError: it is not issued, or recalled already.
        IncompleteError: no reason is given.
    """
    with transaction.atomic():
        row = held(digest)
        require("press.recall_digest", actor, row)
        expect(row, DigestState.ISSUED)
        if not reason.strip():
            raise IncompleteError(gettext("A digest is not recalled without a reason."), "reason")
        row.recalled_at, row.recall_reason = timezone.now(), reason.strip()
        return _move(actor, "press.recall_digest", row, DigestState.RECALLED, reason=reason.strip())


def receive_digest(*, actor: Person, receipt: DigestRecipient) -> DigestRecipient:
    """Take in a digest that was issued to the actor's office: the moment, the person, the number of the incoming book.

    Raises:
        PermissionDeniedError: the actor does not take in for that office, or may not read this digest.
        WrongStateError: it was taken in already.
    """
    with transaction.atomic():
        digest = held(receipt.digest)
        row: DigestRecipient = DigestRecipient.objects.select_for_update().filter(pk=receipt.pk).first()
        require("press.receive_digest", actor, row)
        expect(digest, DigestState.ISSUED, DigestState.RECALLED)
        if row.received_at is not None:
            raise WrongStateError(gettext("This digest was taken in already."))
        changed = fix_receipt(row, organisation=row.organisation, person=actor)
        row.save()
        note(actor, "press.receive_digest", digest, changed)
    return row


def _move(
    actor: Actor,
    verb: str,
    digest: Digest,
    state: DigestState,
    *,
    changed: Mapping[str, object] | None = None,
    reason: str = "",
) -> Digest:
    before, digest.state = digest.state, state
    digest.save()
    note(actor, verb, digest, {"state": [before, state.value], **(changed or {})}, reason)
    tell_of_digest(actor=actor, verb=verb, digest=digest)
    return digest
