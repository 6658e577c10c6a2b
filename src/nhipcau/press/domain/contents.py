"""What is written in a digest as a whole: its head, and the versions of all of it that are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from nhipcau.access.classification import Classification
from nhipcau.access.rights import require
from nhipcau.press.domain.held import expect_writable, held, note
from nhipcau.press.models import Digest, DigestEntry, DigestRecipient
from nhipcau.search import update_index
from nhipcau.workspace.domain import heads
from nhipcau.workspace.domain.errors import ConflictError, WrongStateError
from nhipcau.workspace.domain.revisions import add_revision
from nhipcau.workspace.domain.writing import drop_unsaved, keep_unsaved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person
    from nhipcau.network.models import Organisation

DIGEST = "press.digest"
#: The fields of the head, in the order of the form.
HEAD = ("title", "summary", "outlook", "symbol", "place", "recipients", "archive_line", "classification")
_LONGEST = {"title": 300, "summary": 4000, "outlook": 4000, "symbol": 60, "place": 100, "archive_line": 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestHead:
    """What is written in a digest besides its entries."""

    title: str = ""
    summary: str = ""
    outlook: str = ""
    symbol: str = ""
    place: str = ""
    archive_line: str = ""
    classification: str = Classification.INTERNAL
    recipients: Sequence[Organisation] = field(default_factory=tuple)

    def fields(self) -> dict[str, Any]:
        """As versions keep them, cleaned; recipients as sorted keys.

        Raises:
            IncompleteError: something is too long, or the symbol is none.
        """
        said = heads.cleaned(self, longest=_LONGEST, example="ĐB-BVHTTDL", paragraphs={"summary", "outlook"})
        said["classification"] = str(Classification(self.classification))
        return {name: said[name] for name in HEAD}


def edit_digest(*, actor: Person, digest: Digest, head: DigestHead, version: int) -> Digest:
    """Save the head of a digest, as one version more. What somebody else changed meanwhile stays.

    Raises:
        PermissionDeniedError: the actor is no press analyst of its office.
        WrongStateError: it is not being written.
        IncompleteError: something in it cannot be.
        ConflictError: both changed the same field; nothing was saved, and what was typed is kept.
    """
    mine = head.fields()
    try:
        with transaction.atomic():
            row = held(digest)
            require("press.edit_digest", actor, row)
            expect_writable(row)
            _write_head(actor, row, mine, version)
            drop_unsaved(actor=actor, object_type=DIGEST, target=row)
    except (ConflictError, WrongStateError):
        keep_unsaved(actor=actor, object_type=DIGEST, target=digest, values=heads.typed(mine), version=version)
        raise
    return row


def keep_version(*, actor: Actor, digest: Digest) -> int:
    """Keep all of a digest as it stands, to be compared with later; its number. In the caller's transaction."""
    digest.version += 1
    digest.save(update_fields=["version"])
    add_revision(digest, number=digest.version, actor=actor, fields=contents_of(digest))
    return digest.version


def save_version(*, actor: Person, digest: Digest) -> int:
    """Keep all of a digest as it stands because its writer wants to; its number.

    Raises:
        PermissionDeniedError: the actor is no press analyst of its office.
        WrongStateError: it is not being written.
    """
    with transaction.atomic():
        row = held(digest)
        require("press.edit_digest", actor, row)
        expect_writable(row)
        number = keep_version(actor=actor, digest=row)
        note(actor, "press.save_version", row, {"version": number})
    return number


def head_of(digest: Digest) -> dict[str, Any]:
    """The head as it is now, as versions keep it."""
    return heads.stored(digest, HEAD, DigestRecipient)


def contents_of(digest: Digest) -> dict[str, Any]:
    """The head and, under ``entries``, each entry that is in it, in order: its key and what is written in it."""
    rows = DigestEntry.objects.filter(digest=digest, removed_at__isnull=True).select_related("article")
    entries = [
        {"entry": row.pk, "original": row.article.title} | {name: getattr(row, name) for name in DigestEntry.WRITTEN}
        for row in rows.order_by("place", "pk")
    ]
    return head_of(digest) | {"entries": entries}


def make_findable(digest: Digest) -> None:
    """Bring the digest's entry in the full-text index up to what it says now. In the caller's transaction."""
    words = [digest.number_and_symbol, digest.title, digest.summary, digest.outlook]
    rows = DigestEntry.objects.filter(digest=digest, removed_at__isnull=True).order_by("place", "pk")
    for said in rows.values_list("headline", "gist", "note"):
        words += said
    update_index(Digest, [(digest.pk, words)])


def _write_head(actor: Person, row: Digest, mine: dict[str, Any], version: int) -> None:
    changed = heads.put_in(row, mine, version=version, theirs=head_of(row))
    if not changed:
        return
    row.save()
    if "recipients" in changed:
        heads.write_recipients(row, DigestRecipient, changed["recipients"][1])
    keep_version(actor=actor, digest=row)
    make_findable(row)
    note(actor, "press.edit_digest", row, changed)
