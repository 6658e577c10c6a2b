from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.accounts.models import Person

if TYPE_CHECKING:
    from nhipcau.access import Access


class BulkRun(Scoped):
    """Something done with many rows at once: which rows, and what each needs to be put back."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    listing = models.CharField(_("list"), max_length=100)
    action = models.CharField(_("what was done"), max_length=100)
    model = models.CharField(max_length=100)
    #: Pairs of a row's key and what its undoing needs.
    rows = models.JSONField(_("rows"), default=list)
    done_at = models.DateTimeField(_("done"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("work on many rows")
        verbose_name_plural = _("work on many rows")
        ordering = ["-done_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.listing}: {self.action}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned by the person who did it."""
        return Q(person=access.person_id)
