from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.accounts.models import Person
from nhipcau.workspace.models.attached import Attached


class Revision(Attached):
    """What somebody saved of an object: the fields of its form as they were then. Versions are numbered from 1."""

    number = models.PositiveIntegerField(_("version"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("saved by"))
    saved_at = models.DateTimeField(_("saved"))
    #: Field -> value as text, in the order of the form.
    fields = models.JSONField(_("fields"), default=dict)

    class Meta(Attached.Meta):
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["object_type", "object_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["object_type", "object_id", "number"], name="version_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id} #{self.number}"
