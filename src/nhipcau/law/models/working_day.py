from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped

if TYPE_CHECKING:
    from nhipcau.access import Access


class WorkingDayOverride(Scoped):
    """A day of which the yearly decision says something else than the calendar: a day off, or a make-up working day."""

    day = models.DateField(_("day"), unique=True)
    working = models.BooleanField(_("is worked"))
    name = models.CharField(_("what it is"), max_length=200)
    basis = models.CharField(_("legal basis"), max_length=200)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("decision about a day")
        verbose_name_plural = _("decisions about days")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: everybody works by the same calendar."""
        return Q()
