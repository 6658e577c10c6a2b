from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.accounts.models import Person
from nhipcau.network.models import Organisation
from nhipcau.reporting.models.report import Report

if TYPE_CHECKING:
    from nhipcau.access import Access


class WorkbookState(models.TextChoices):
    """Whether what a workbook says is part of the draft."""

    WAITING = "waiting", _("Waiting")
    TAKEN = "taken", _("Taken over")
    SET_ASIDE = "set_aside", _("Left aside")


class GivenWorkbook(Scoped):
    """The workbook of a report as somebody of its office gave it back. The file hangs on it, whatever becomes of it.

    It changes nothing by itself: a writer of the office looks at what it would change and takes it over.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="workbooks", verbose_name=_("report"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    state = models.CharField(_("state"), max_length=16, choices=WorkbookState, default=WorkbookState.WAITING)
    given_at = models.DateTimeField(_("given"), editable=False)
    given_by = models.ForeignKey(Person, models.PROTECT, editable=False, related_name="+", verbose_name=_("given by"))
    mailed = models.BooleanField(_("came by mail"), default=False)
    settled_at = models.DateTimeField(_("taken over or set aside"), null=True, editable=False)
    settled_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    #: Which workbook it is, of those that were handed out (:class:`nhipcau.documents.forms.workbook.Identity`).
    book = models.CharField(max_length=32, blank=True, editable=False, db_index=True)
    #: Path -> text of all that it said when it was taken: what it changes the next time is compared with this.
    fields = models.JSONField(default=dict, editable=False)
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Scoped.Meta):
        verbose_name = _("workbook given back")
        verbose_name_plural = _("workbooks given back")
        ordering = ["-given_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.report} {self.given_at:%Y-%m-%d %H:%M}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned: as the draft that it would change."""
        return Q(organisation_id__in=access.organisations())
