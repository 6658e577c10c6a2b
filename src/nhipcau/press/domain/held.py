"""What every write to a digest begins with: the row as it is now, locked, in a state that allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.audit.domain.record import record
from nhipcau.press.models import WRITABLE, Digest, DigestEntry, DigestState
from nhipcau.workspace.domain.errors import WrongStateError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.access import Actor


def held(digest: Digest) -> Digest:
    """The digest as it is now, locked until the transaction ends.

    Raises:
        PermissionDeniedError: the access now open does not see it.
    """
    return _locked(digest.pk)


def held_entry(entry: DigestEntry) -> tuple[Digest, DigestEntry]:
    """The digest of an entry, locked, and the entry as it is now: one lock for both, so that writers never deadlock.

    Raises:
        PermissionDeniedError: the access now open does not see it.
    """
    digest = _locked(entry.digest_id)
    row: DigestEntry | None = DigestEntry.objects.filter(pk=entry.pk, digest=digest).select_related("article").first()
    if row is None:
        raise PermissionDeniedError(gettext("This entry is not there for you."))
    row.digest = digest
    return digest, row


def _locked(key: int) -> Digest:
    row: Digest | None = Digest.objects.select_for_update().filter(pk=key).first()
    if row is None:
        raise PermissionDeniedError(gettext("This digest is not there for you."))
    return row


def expect(digest: Digest, *states: DigestState) -> None:
    """Refuse where the digest is in none of these states.

    Raises:
        WrongStateError: it is not.
    """
    if digest.state not in states:
        sentence = gettext("The digest is in the state “%(state)s” now, so this cannot be done.")
        raise WrongStateError(sentence % {"state": digest.get_state_display()})


def expect_writable(digest: Digest) -> None:
    """Refuse where the digest is not being written.

    Raises:
        WrongStateError: it is not.
    """
    expect(digest, *WRITABLE)


def note(
    actor: Actor, verb: str, digest: Digest, payload: Mapping[str, object] | None = None, reason: str = ""
) -> None:
    """The audit entry of a change to a digest or to what is in it."""
    record(
        actor=actor, verb=verb, target=digest, organisation=digest.organisation, payload=payload or {}, reason=reason
    )
