from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.law.models.validity import ends_after_it_begins

if TYPE_CHECKING:
    from nhipcau.access import Access


class Confidence(models.TextChoices):
    """How far a statement about the law may be trusted: what was read, and how good a copy it was."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    UNVERIFIED = "unverified", _("Not verified")


class LegalBasis(Scoped):
    """A legal document, for as long as it is in force: both days included, an open end is in force still."""

    slug = models.SlugField(_("key"), max_length=80, unique=True)
    number = models.CharField(_("number and symbol"), max_length=60)
    title_vi = models.CharField(_("title in Vietnamese"), max_length=400)
    title_en = models.CharField(_("title in English"), max_length=400)
    issuer_vi = models.CharField(_("issued by, in Vietnamese"), max_length=200)
    issuer_en = models.CharField(_("issued by, in English"), max_length=200)
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until, that day included"), null=True, blank=True)
    amended_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amends", verbose_name=_("amended by")
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )
    note_vi = models.CharField(_("note in Vietnamese"), max_length=400, blank=True)
    note_en = models.CharField(_("note in English"), max_length=400, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    confidence = models.CharField(_("confidence"), max_length=16, choices=Confidence)

    class Meta(Scoped.Meta):
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["-valid_from", "number"]
        constraints = [
            models.CheckConstraint(condition=ends_after_it_begins(), name="basis_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: the law is public."""
        return Q()

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if get_language() == "en" else self.title_vi

    @property
    def issuer(self) -> str:
        """Who issued it, in the reader's language."""
        return self.issuer_en if get_language() == "en" else self.issuer_vi

    @property
    def note(self) -> str:
        """What a reader must know before relying on it, in the reader's language."""
        return self.note_en if get_language() == "en" else self.note_vi
