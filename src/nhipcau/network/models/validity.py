"""Facts that hold between two days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.access import Access


def valid_on(day: date) -> Q:
    """Which dated rows hold on a day: ``valid_from`` and ``valid_to`` are both included, an open end has not come."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """The constraint of every dated row: its last day is not before its first."""
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
        name=f"{name}_ends_after_it_begins",
    )


class Confidence(models.TextChoices):
    """How far a fact about a body may be trusted."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    UNVERIFIED = "unverified", _("Not verified")


class Sourced(Scoped):
    """A fact of the network: where it was read and how far it may be trusted. Readable by all who sign in."""

    source = models.CharField(_("source"), max_length=300, blank=True)
    confidence = models.CharField(_("confidence"), max_length=16, choices=Confidence)

    class Meta(Scoped.Meta):
        abstract = True

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: readable by all who sign in."""
        return Q()


class Dated(Sourced):
    """A fact that holds from one day to another, both included; an open end means that it holds now."""

    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until, that day included"), null=True, blank=True)

    class Meta(Sourced.Meta):
        abstract = True
