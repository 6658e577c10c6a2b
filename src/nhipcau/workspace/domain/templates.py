"""An office's own Word templates: given, tried, used and put aside; what was given is never changed."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.documents.inspecting import inspect
from nhipcau.documents.sentences import FileRefusedError, Sentence
from nhipcau.documents.studio.checking import check_template
from nhipcau.workspace.domain.file_names import safe_name
from nhipcau.workspace.models import DocumentTemplate

if TYPE_CHECKING:
    from nhipcau.accounts.models import Person
    from nhipcau.documents.studio.kinds import TemplateKind
    from nhipcau.network.models import Organisation

MARKED = Sentence("The template bears the mark {mark}: nothing of that kind belongs into this system.", mark="")
UNREADABLE = Sentence("The template cannot be looked through: save it again in Word and try once more.")


def upload_template(
    *, actor: Person, organisation: Organisation, kind: TemplateKind, name: str, content: bytes
) -> DocumentTemplate:
    """Keep a template that proved itself: it is looked through and filled in with sample data. It is not in use yet.

    Raises:
        PermissionDeniedError: the actor does not keep the templates of that office.
        FileRefusedError: with what is wrong with the file.
    """
    require("workspace.keep_templates", actor, organisation)
    check_template(content)
    _look_for_secrecy(content)
    kind.trial(content)
    with transaction.atomic():
        template: DocumentTemplate = DocumentTemplate.objects.create(
            organisation=organisation,
            kind=kind.name,
            name=safe_name(name, "docx"),
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            uploaded_by=actor,
            uploaded_at=timezone.now(),
        )
        _record(actor, "workspace.upload_template", template)
    return template


def use_template(*, actor: Person, template: DocumentTemplate) -> None:
    """Write the office's documents of that kind in this template from now on; the one in use so far is put aside.

    Raises:
        PermissionDeniedError: the actor does not keep the templates of that office.
    """
    require("workspace.keep_templates", actor, template.organisation)
    with transaction.atomic():
        others = DocumentTemplate.objects.filter(organisation=template.organisation, kind=template.kind, active=True)
        others.exclude(pk=template.pk).update(active=False)
        template.active = True
        template.save(update_fields=["active"])
        _record(actor, "workspace.use_template", template)


def stop_template(*, actor: Person, template: DocumentTemplate) -> None:
    """Go back to the standard form.

    Raises:
        PermissionDeniedError: the actor does not keep the templates of that office.
    """
    require("workspace.keep_templates", actor, template.organisation)
    with transaction.atomic():
        template.active = False
        template.save(update_fields=["active"])
        _record(actor, "workspace.stop_template", template)


def _record(actor: Person, verb: str, template: DocumentTemplate) -> None:
    payload = {"kind": template.kind, "sha256": template.sha256}
    record(actor=actor, verb=verb, target=template, organisation=template.organisation, payload=payload)


def _look_for_secrecy(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "template.docx"
        file.write_bytes(content)
        found = inspect(file, "docx")
    if found.mark:
        raise FileRefusedError(Sentence(MARKED.template, mark=found.mark))
    if found.unreadable:
        raise FileRefusedError(UNREADABLE)
