"""Corrections of an issued digest: one person writes, another one publishes, and everybody who has it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.access.rights import require
from nhipcau.press.domain.held import expect, held, note
from nhipcau.press.domain.telling import tell_of_digest
from nhipcau.press.models import Digest, DigestNotice, DigestState
from nhipcau.text import nfc
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError

if TYPE_CHECKING:
    from nhipcau.accounts.models import Person


def draft_notice(*, actor: Person, digest: Digest, text: str) -> DigestNotice:
    """Write what is to be corrected in an issued digest; it is seen outside of the office once it is published.

    Raises:
        PermissionDeniedError: the actor is no press analyst of its office.
        WrongStateError: the digest is not issued.
        IncompleteError: nothing is said.
    """
    said = nfc(text).replace("\r\n", "\n").strip()
    with transaction.atomic():
        row = held(digest)
        require("press.draft_notice", actor, row)
        expect(row, DigestState.ISSUED)
        if not said:
            raise IncompleteError(gettext("Say what was wrong and what is right."), "text")
        made: DigestNotice = DigestNotice.objects.create(
            digest=row, text=said, drafter=actor, drafted_at=timezone.now()
        )
        note(actor, "press.draft_notice", row, {"notice": made.pk})
        tell_of_digest(actor=actor, verb="press.draft_notice", digest=row, effect=str(made.pk))
    return made


def publish_notice(*, actor: Person, notice: DigestNotice) -> DigestNotice:
    """Publish a correction: it stands on top of the digest and on its paper, and its recipients are told.

    Raises:
        PermissionDeniedError: the actor does not approve for the office, or wrote it.
        WrongStateError: it is published or withdrawn, or the digest was recalled.
    """
    with transaction.atomic():
        digest, row = _held_notice(notice)
        require("press.publish_notice", actor, row)
        expect(digest, DigestState.ISSUED)
        row.publisher, row.published_at = actor, timezone.now()
        row.save()
        note(actor, "press.publish_notice", digest, {"notice": row.pk})
        tell_of_digest(actor=actor, verb="press.publish_notice", digest=digest, effect=str(row.pk))
    return row


def withdraw_notice(*, actor: Person, notice: DigestNotice) -> DigestNotice:
    """Put a correction aside that was not published.

    Raises:
        PermissionDeniedError: the actor neither writes nor approves for the office.
        WrongStateError: it is published, or put aside already.
    """
    with transaction.atomic():
        digest, row = _held_notice(notice)
        require("press.withdraw_notice", actor, row)
        row.withdrawn_at = timezone.now()
        row.save()
        note(actor, "press.withdraw_notice", digest, {"notice": row.pk})
    return row


def _held_notice(notice: DigestNotice) -> tuple[Digest, DigestNotice]:
    digest = held(notice.digest)
    row: DigestNotice | None = DigestNotice.objects.filter(pk=notice.pk, digest=digest).first()
    if row is None:
        raise PermissionDeniedError(gettext("This correction is not there for you."))
    if row.published_at is not None or row.withdrawn_at is not None:
        raise WrongStateError(gettext("This correction is published, or put aside, already."))
    return digest, row
