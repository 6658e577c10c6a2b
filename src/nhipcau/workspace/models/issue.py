"""What makes a document of an office an issued one, for letters now and for plans, reports and statements later.

A model of any room takes :class:`Issued` for the side that issues and :class:`Received` for the row of each recipient;
``workspace.domain.issuing`` fills both. The signed copy is an attachment (:mod:`nhipcau.workspace.models.attachment`).
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.access.models import for_a_rule
from nhipcau.accounts.models import Person


class FixedAtIssueError(Exception):
    """Number, symbol, date, signer or post of an issued document were to be changed."""


class Issued(Scoped):
    """Number and symbol, date, place, signer and post: empty until issue, and never changed after it.

    The number and the date are those of Decree 30/2020: numbered from 1 each year (Asia/Ho_Chi_Minh) in a book of the
    office. Names are kept as they stood on the day: offices are renamed and people marry.
    """

    #: The fields that issue fixes.
    FIXED = (
        "issue_register", "issue_year", "issue_number", "symbol", "issued_on", "issued_at", "place", "issuer_name",
        "signer_id", "signer_name", "signer_post",
    )  # fmt: skip

    issue_register = models.CharField(_("book"), max_length=32, blank=True, editable=False)
    issue_year = models.PositiveSmallIntegerField(_("year"), null=True, editable=False)
    issue_number = models.PositiveIntegerField(_("number"), null=True, editable=False)
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    issued_on = models.DateField(_("date of issue"), null=True, editable=False)
    issued_at = models.DateTimeField(_("issued"), null=True, editable=False)
    place = models.CharField(_("place"), max_length=100, blank=True)
    issuer_name = models.CharField(_("name of the issuing office"), max_length=300, blank=True, editable=False)
    signer = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("signer")
    )
    signer_name = models.CharField(_("signer's name"), max_length=200, blank=True, editable=False)
    signer_post = models.CharField(_("signer's post"), max_length=200, blank=True, editable=False)

    class Meta(Scoped.Meta):
        abstract = True

    @property
    def number_and_symbol(self) -> str:
        """``47/CV-BVHTTDL``; under ten with a zero before it (Decree 30/2020, annex I); empty before issue."""
        return "" if self.issue_number is None else f"{self.issue_number:02d}/{self.symbol}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row.

        Raises:
            FixedAtIssueError: it is issued, and what issue fixed would change.
        """
        if not self._state.adding:
            stored = for_a_rule(type(self)).filter(pk=self.pk, issued_at__isnull=False).values(*self.FIXED).first()
            changed = [name for name, value in (stored or {}).items() if getattr(self, name) != value]
            if changed:
                raise FixedAtIssueError(
                    f"{self._meta.label} {self.pk} is issued: {', '.join(changed)} stay as they are."
                )
        super().save(*args, **kwargs)


def numbered_once(name: str, *fields: str) -> models.UniqueConstraint:
    """The constraint by which no two documents of an office bear the same number in one book of one year."""
    return models.UniqueConstraint(
        fields=["organisation", *fields], condition=Q(**{f"{fields[-1]}__isnull": False}), name=name
    )


class Received(Scoped):
    """When a document came in, who took it in, and under which number of the receiving office's incoming book."""

    received_at = models.DateTimeField(_("received"), null=True, editable=False)
    received_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("received by"),
    )
    arrival_year = models.PositiveSmallIntegerField(_("year of arrival"), null=True, editable=False)
    arrival_number = models.PositiveIntegerField(_("number of arrival"), null=True, editable=False)

    class Meta(Scoped.Meta):
        abstract = True
