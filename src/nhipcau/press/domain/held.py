"""What every write to a digest begins with, and its way from draft to issue."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_lazy

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.press.domain.telling import tell_of_digest
from nhipcau.press.models import OUT, Digest, DigestEntry, DigestState
from nhipcau.workspace.domain.way import Way

WAY: Way[Digest] = Way(
    model=Digest,
    states=DigestState,
    out=OUT,
    room="press",
    noun="digest",
    tell=lambda actor, verb, row: tell_of_digest(actor=actor, verb=verb, digest=row),
    gone=gettext_lazy("This digest is not there for you."),
    elsewhere=gettext_lazy("The digest is in the state “%(state)s” now, so this cannot be done."),
    open_comments=gettext_lazy("Answer every comment with which the digest was sent back first."),
    without_reason=gettext_lazy("A digest is not recalled without a reason."),
    taken_in=gettext_lazy("This digest was taken in already."),
)
expect, expect_writable, note = WAY.expect, WAY.expect_writable, WAY.note


def held(digest: Digest) -> Digest:
    """The digest as it is now, locked until the transaction ends.

    Raises:
        PermissionDeniedError: the access now open does not see it.
    """
    return WAY.locked(digest.pk)


def held_entry(entry: DigestEntry) -> tuple[Digest, DigestEntry]:
    """The digest of an entry, locked, and the entry as it is now: one lock for both, so that writers never deadlock.

    Raises:
        PermissionDeniedError: the access now open does not see it.
    """
    digest = WAY.locked(entry.digest_id)
    row: DigestEntry | None = DigestEntry.objects.filter(pk=entry.pk, digest=digest).select_related("article").first()
    if row is None:
        raise PermissionDeniedError(gettext("This entry is not there for you."))
    row.digest = digest
    return digest, row
