"""Files on objects of any room: taken, handed out, taken away."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.classification import Classification
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.documents import signatures
from nhipcau.workspace.domain import storage
from nhipcau.workspace.domain.errors import IncompleteError
from nhipcau.workspace.domain.file_checks import FileRefusedError, check_file
from nhipcau.workspace.domain.file_names import safe_name
from nhipcau.workspace.models import Attachment, FileKind, FilePurpose, host_named, host_of, on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nhipcau.accounts.models import Person

#: Files on one object.
MOST = 50


def attach_file(
    *, actor: Person, target: Any, name: str, chunks: Iterable[bytes], purpose: str = FilePurpose.FILE
) -> Attachment:
    """Put a file to an object. Of a signed copy the signatures are checked, and what was found is kept.

    A file that is refused leaves an audit entry that says why, with neither its name nor its content.

    Args:
        actor: whoever the object's host lets attach (for a signed copy: sign).
        target: an object of a registered kind.
        name: as the sender calls it.
        chunks: the content.
        purpose: a :class:`FilePurpose`.

    Raises:
        PermissionDeniedError: the actor may not.
        FileRefusedError: the file may not be taken; the sentence says why. Nothing was stored.
        IncompleteError: the object has as many files as one may have.
    """
    host, purpose = host_of(target), FilePurpose(purpose)
    _see(target)
    require(host.sign if purpose == FilePurpose.SIGNED_COPY else host.attach, actor, target)
    if Attachment.objects.on(target).filter(removed_at__isnull=True).count() >= MOST:
        raise IncompleteError(gettext("There are %(most)s files already: take one away first.") % {"most": MOST})
    with storage.received(chunks, limit=settings.FILE_MEGABYTES * 1024 * 1024) as incoming:
        try:
            if incoming is None:
                sentence = gettext("The file is larger than %(limit)s MB.") % {"limit": settings.FILE_MEGABYTES}
                raise FileRefusedError(sentence, "size")  # noqa: TRY301 - told below like every other refusal
            path, sha256, size = incoming
            kind = check_file(path, name)
            found = _signatures(path, kind) if purpose == FilePurpose.SIGNED_COPY else []
        except FileRefusedError as error:
            with transaction.atomic():
                _record(actor, "workspace.refuse_file", target, {"reason": error.reason})
            raise
        with transaction.atomic():
            storage.keep(path, sha256)
            made: Attachment = Attachment.objects.create(
                **on(target),
                purpose=purpose,
                name=safe_name(name, kind.value),
                kind=kind,
                size=size,
                sha256=sha256,
                uploaded_by=actor,
                uploaded_at=timezone.now(),
                signatures=found,
            )
            _record(
                actor, "attach_file", target, {"file": made.name, "size": size, "sha256": sha256, "purpose": purpose}
            )
    return made


def _signatures(path: Path, kind: FileKind) -> list[dict[str, Any]]:
    if kind != FileKind.PDF:
        raise FileRefusedError(gettext("A signed copy is a PDF."), "kind")
    found = signatures.check(path, settings.HOME / "trust")
    if found is None:
        raise FileRefusedError(gettext("The signatures of the file could not be read: sign it anew."), "signature")
    return [asdict(one) for one in found]


def remove_file(*, actor: Person, attachment: Attachment) -> None:
    """Take a file away. The row stays and says who did so; the content goes when nothing else needs it.

    Raises:
        PermissionDeniedError: the actor may not attach to the object, or does not see it.
    """
    with transaction.atomic():
        held: Attachment | None = Attachment.objects.select_for_update().filter(pk=attachment.pk).first()
        target = held.target if held else None
        if held is None or target is None or held.removed_at is not None:
            raise PermissionDeniedError(gettext("This file is not there for you."))
        host = host_of(target)
        require(host.sign if held.purpose == FilePurpose.SIGNED_COPY else host.attach, actor, target)
        held.removed_at, held.removed_by = timezone.now(), actor
        held.save(update_fields=["removed_at", "removed_by"])
        _record(actor, "workspace.remove_file", target, {"file": held.name, "sha256": held.sha256})


def hand_out(*, actor: Person, attachment: Attachment) -> Path:
    """Where the content lies, for whoever sees the object. That a file of a restricted one was taken is recorded.

    Raises:
        PermissionDeniedError: the access now open does not see the file, or it was taken away.
        FileNotFoundError: the content is not where it should be.
    """
    held: Attachment | None = Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=True).first()
    target = held.target if held else None
    if held is None or target is None:
        raise PermissionDeniedError(gettext("This file is not there for you."))
    path = storage.path_of(held.sha256)
    if not path.exists():
        raise FileNotFoundError(str(path))
    if host_of(target).classification(target) == Classification.RESTRICTED:
        with transaction.atomic():
            _record(actor, "workspace.take_file", target, {"file": held.name, "sha256": held.sha256})
    return path


def sweep_files() -> int:
    """Remove the contents that no attachment needs any more; how many. For the worker, under the system's access."""

    def needed(contents: list[str]) -> set[str]:
        kept = Attachment.objects.filter(sha256__in=contents, removed_at__isnull=True)
        return set(kept.values_list("sha256", flat=True))

    return storage.sweep(needed)


def _see(target: Any) -> None:
    if not type(target).objects.filter(pk=target.pk).exists():
        raise PermissionDeniedError(gettext("This is not there for you."))


def _record(actor: Person, verb: str, target: Any, payload: dict[str, Any]) -> None:
    host = host_named(target._meta.label_lower)
    office = host.office(target) if host else None
    record(actor=actor, verb=verb, target=target, organisation=office, payload=payload)
