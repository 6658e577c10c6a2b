from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau.accounts.models import Person
from nhipcau.workspace.models.attached import Attached


class FileKind(models.TextChoices):
    """What files may be, by their content; the value is their ending."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
    PPTX = "pptx", "PowerPoint"
    TXT = "txt", _("Plain text")
    PNG = "png", "PNG"
    JPG = "jpg", "JPEG"


class FilePurpose(models.TextChoices):
    """What a file is to its object."""

    FILE = "file", _("Attachment")
    SIGNED_COPY = "signed_copy", _("Signed copy")


class Attachment(Attached):
    """A file on an object of any room. Its content lies once under its SHA-256, whatever it is called and wherever.

    A file that is taken away stays on record with who did so; its content goes when nothing else needs it.
    """

    purpose = models.CharField(_("what it is"), max_length=16, choices=FilePurpose, default=FilePurpose.FILE)
    name = models.CharField(_("file name"), max_length=200)
    kind = models.CharField(_("kind of file"), max_length=8, choices=FileKind)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64, db_index=True)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by"))
    uploaded_at = models.DateTimeField(_("uploaded"))
    #: Of a signed copy: what was found, a mapping for each signature (:mod:`nhipcau.documents.signatures`).
    signatures = models.JSONField(_("signatures"), default=list)
    removed_at = models.DateTimeField(_("taken away"), null=True)
    removed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("taken away by"))

    class Meta(Attached.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="attachment_on")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where its content is given out."""
        return reverse("workspace:attachment", args=[self.pk])
