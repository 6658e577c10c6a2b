from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.accounts.models import Person
from nhipcau.network.models import Organisation

if TYPE_CHECKING:
    from nhipcau.access import Access


class DocumentTemplate(Scoped):
    """A Word template of an office for one kind of document; at most one of each kind is in use.

    What was given stays as it was given: whoever changes a template gives a new file.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="templates", verbose_name=_("organisation")
    )
    #: One of :func:`nhipcau.documents.studio.kinds.kinds`.
    kind = models.CharField(_("kind of document"), max_length=32)
    name = models.CharField(_("file name"), max_length=200)
    content = models.BinaryField(_("file"))
    sha256 = models.CharField(max_length=64, editable=False)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("uploaded by"))
    uploaded_at = models.DateTimeField(_("uploaded"))
    active = models.BooleanField(_("in use"), default=False)

    class Meta(Scoped.Meta):
        verbose_name = _("document template")
        verbose_name_plural = _("document templates")
        ordering = ["kind", "-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"], condition=Q(active=True), name="one_template_in_use"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned: the members of its office."""
        return Q(organisation_id__in=access.organisations())
