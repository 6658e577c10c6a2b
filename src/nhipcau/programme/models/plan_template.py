from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.law.models.validity import ends_after_it_begins

if TYPE_CHECKING:
    from nhipcau.access import Access


class PlanTemplate(Scoped):
    """A version of what a plan must contain, for the days on which it holds, both included.

    Its parts are data in Vietnamese (:mod:`nhipcau.programme.plan_parts`). A version is never changed: another one
    begins, and plans that were begun keep the one they were begun with.
    """

    version = models.PositiveIntegerField(_("version"), unique=True)
    title = models.CharField(_("title"), max_length=300)
    basis = models.CharField(_("legal basis"), max_length=300)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until, that day included"), null=True, blank=True)
    parts = models.JSONField(_("parts"), default=list)
    published_at = models.DateTimeField(_("published"), editable=False)

    class Meta(Scoped.Meta):
        verbose_name = _("plan template")
        verbose_name_plural = _("plan templates")
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(condition=ends_after_it_begins(), name="plan_template_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: whoever writes or reads a plan must know what it is to contain."""
        return Q()
