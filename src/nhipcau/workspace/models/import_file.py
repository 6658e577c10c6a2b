from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.accounts.models import Person

if TYPE_CHECKING:
    from nhipcau.access import Access


class ImportFile(Scoped):
    """A file given for an import: what its trial found, and the bytes until it is taken or an hour is over.

    The run takes the very bytes that were tried: they are kept with their hash and belong to the person who gave them,
    whatever rights others have.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="import_files", verbose_name=_("person"))
    importer = models.CharField(_("kind of import"), max_length=100)
    name = models.CharField(_("name of the file"), max_length=200)
    digest = models.CharField(_("hash of the file"), max_length=64)
    #: NULL once the file has been taken.
    content = models.BinaryField(null=True)
    #: What the trial found: counts, outcomes and problems as :mod:`nhipcau.workspace.domain.imports` writes them.
    trial = models.JSONField(default=dict)
    given_at = models.DateTimeField(_("given"))
    taken_at = models.DateTimeField(_("taken over"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("file for an import")
        verbose_name_plural = _("files for imports")
        ordering = ["-given_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned by the person who gave it."""
        return Q(person=access.person_id)
