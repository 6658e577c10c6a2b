from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.network.models import Organisation

if TYPE_CHECKING:
    from nhipcau.access import Access


class Register(models.TextChoices):
    """The books in which an office numbers what goes out and what comes in, each from 1 every year."""

    OUTGOING = "outgoing", _("Outgoing letters")
    INCOMING = "incoming", _("Incoming letters")
    DIGESTS = "digests", _("Press digests")
    PLANS = "plans", _("Plans")


class NumberRegister(Scoped):
    """The last number that an office gave in one book of one year (Asia/Ho_Chi_Minh)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    register = models.CharField(_("book"), max_length=32)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta(Scoped.Meta):
        verbose_name = _("number register")
        verbose_name_plural = _("number registers")
        ordering = ["organisation", "register", "year"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "register", "year"], name="one_book_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.register} {self.year}: {self.last}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned: the members of its office."""
        return Q(organisation_id__in=access.organisations())
