"""A digest on its way: one function for each step. The allowed steps are in docs/explanation/digests.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext, ngettext

from nhipcau.press import sections
from nhipcau.press.domain.contents import keep_version, make_findable
from nhipcau.press.domain.held import WAY
from nhipcau.press.models import WRITABLE, Digest, DigestEntry, DigestKind, DigestRecipient, DigestState
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError
from nhipcau.workspace.models import Register

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person

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
        row = WAY.begin(actor, "submit", digest, *WRITABLE)
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
        WAY.expect_answered(row)
        keep_version(actor=actor, digest=row)
        return WAY.move(actor, "submit", row, DigestState.IN_REVIEW)


def withdraw_digest(*, actor: Actor, digest: Digest) -> Digest:
    """Take a digest back from review, to go on writing.

    Raises:
        PermissionDeniedError: the actor is no press analyst of its office.
        WrongStateError: it is not in review.
    """
    return WAY.withdraw(actor, digest)


def discard_digest(*, actor: Actor, digest: Digest, reason: str = "") -> Digest:
    """Put a flash or a weekly digest aside that was begun; what was written in it stays readable.

    Raises:
        PermissionDeniedError: the actor is no press analyst of its office.
        WrongStateError: it is past being written, or the daily one, which the next collection would begin again.
    """
    with transaction.atomic():
        row = WAY.begin(actor, "discard", digest, *WRITABLE)
        if row.kind == DigestKind.DAILY:
            raise WrongStateError(gettext("The digest of a day is not discarded: leave it unsubmitted."))
        return WAY.move(actor, "discard", row, DigestState.DISCARDED, reason=reason.strip())


def send_back_digest(*, actor: Person, digest: Digest, reason: str) -> Digest:
    """Send a digest back to who wrote it, saying what is missing: a comment, to be answered before it comes again.

    Raises:
        PermissionDeniedError: the actor neither reviews nor approves for its office.
        WrongStateError: it is neither in review nor approved.
        IncompleteError: nothing is said.
    """
    return WAY.send_back(actor, digest, reason, also=_speak_again)


def approve_digest(*, actor: Person, digest: Digest) -> Digest:
    """Approve a digest for its office. Its numbers and the sections of other rooms stay as they are now.

    Raises:
        PermissionDeniedError: the actor does not approve for its office, or chose or wrote some of it.
        WrongStateError: it is not in review.
    """
    return WAY.approve(actor, digest, also=_fix_sections)


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
    return WAY.issue(actor, digest, post, register=Register.DIGESTS, also=make_findable)


def recall_digest(*, actor: Actor, digest: Digest, reason: str) -> Digest:
    """Recall an issued digest. Its recipients still read it, marked as recalled and why; what it told is new again.

    Raises:
        PermissionDeniedError: the actor does not approve for its office.
        WrongStateError: it is not issued, or recalled already.
        IncompleteError: no reason is given.
    """
    return WAY.recall(actor, digest, reason)


def receive_digest(*, actor: Person, receipt: DigestRecipient) -> DigestRecipient:
    """Take in a digest that was issued to the actor's office: the moment, the person, the number of the incoming book.

    Raises:
        PermissionDeniedError: the actor does not take in for that office, or may not read this digest.
        WrongStateError: it was taken in already.
    """
    return WAY.receive(actor, receipt)


def _fix_sections(digest: Digest) -> None:
    """Numbers and sections of other rooms stay as they are when the digest is approved."""
    digest.sections_fixed = sections.told_by_rooms(digest)


def _speak_again(digest: Digest) -> None:
    """They speak live again while it is written."""
    digest.sections_fixed = []
