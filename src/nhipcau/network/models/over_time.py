"""What changes about an organisation while it stays the same organisation: its names and what it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.network.models.organisation import Confidence, Organisation

if TYPE_CHECKING:
    from nhipcau.access import Access


class OrganisationName(Scoped):
    """The names that an organisation bore between two days, both included; an open end is the name it bears now."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    name_vi = models.CharField(_("name in Vietnamese"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until, that day included"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    confidence = models.CharField(_("confidence"), max_length=16, choices=Confidence)

    class Meta(Scoped.Meta):
        verbose_name = _("name of an organisation")
        verbose_name_plural = _("names of organisations")
        ordering = ["organisation", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "valid_from"], name="one_name_from_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="name_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: readable by all who sign in."""
        return Q()


class OrganisationParent(Scoped):
    """What an organisation belonged to between two days, both included."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="parents")
    parent = models.ForeignKey(Organisation, models.PROTECT, related_name="children")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until, that day included"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    confidence = models.CharField(_("confidence"), max_length=16, choices=Confidence)

    class Meta(Scoped.Meta):
        verbose_name = _("parent of an organisation")
        verbose_name_plural = _("parents of organisations")
        ordering = ["organisation", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "valid_from"], name="one_parent_from_a_day"),
            models.CheckConstraint(condition=~Q(organisation=F("parent")), name="nobody_is_its_own_parent"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="parent_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} < {self.parent_id}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: readable by all who sign in."""
        return Q()
