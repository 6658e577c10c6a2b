from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.documents.forms import Answers
from nhipcau.network.models import Organisation
from nhipcau.reporting.models.form import FormVersion
from nhipcau.reporting.models.report import Report, reports_visible_to
from nhipcau.workspace.models import FixedAtIssueError, Issued, Received, numbered_once

if TYPE_CHECKING:
    from django.db.models import Q

    from nhipcau.access import Access


class Submission(Issued, Received):
    """A report as it was submitted: data and letter (number, date, signer; the signed copy is an attachment of it).

    It came in the moment the office sent it: the desk gives it its number in the incoming book of the office above.
    Nothing of it changes; what is mended is the next submission of the same report.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="submissions", verbose_name=_("report"))
    number = models.PositiveIntegerField(_("submission"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("received by office"))
    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+", verbose_name=_("form"))
    #: :meth:`nhipcau.documents.forms.Answers.to_plain`, as submitted.
    answers = models.JSONField(_("answers"))
    #: SHA-256 of the answers as canonical JSON, in hex.
    answers_hash = models.CharField(_("hash of the answers"), max_length=64)
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Issued.Meta):
        verbose_name = _("submitted report")
        verbose_name_plural = _("submitted reports")
        ordering = ["report_id", "-number"]
        constraints = [
            numbered_once("submission_number_once", "issue_register", "issue_year", "issue_number"),
            models.UniqueConstraint(fields=["report", "number"], name="submission_numbered_once"),
            models.UniqueConstraint(
                fields=["receiver", "arrival_year", "arrival_number"], name="submission_arrival_number_once"
            ),
        ]
        indexes = [models.Index(fields=["report", "received_at"], name="submission_as_of")]

    def __str__(self) -> str:
        return f"{self.number_and_symbol} {self.report}".strip()

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """As the report: what was submitted is read by the office and by the one above."""
        return reports_visible_to(access, "report__")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, once.

        Raises:
            FixedAtIssueError: it is written already.
        """
        if not self._state.adding:
            raise FixedAtIssueError(f"Submission {self.pk} stays as it was submitted.")
        super().save(*args, **kwargs)

    @property
    def plain(self) -> Answers:
        """What was answered."""
        return Answers.from_plain(self.answers)


class Value(Scoped):
    """One number of a submission: the total of a figure, or one choice of a breakdown of it.

    ``organisation`` is whose number it is: the office's, or with the axis ``unit`` the old unit's.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="values", verbose_name=_("submission"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    figure = models.CharField(_("figure"), max_length=60)
    axis = models.CharField(_("broken down by"), max_length=60, blank=True)
    choice = models.CharField(_("choice"), max_length=60, blank=True)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4)
    estimated = models.DecimalField(_("of which estimated"), max_digits=20, decimal_places=4, default=0)

    class Meta(Scoped.Meta):
        verbose_name = _("value")
        verbose_name_plural = _("values")
        ordering = ["submission_id", "figure", "axis", "choice"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "figure", "axis", "choice"], name="one_value_of_a_cell"),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.axis} {self.choice}: {self.value}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """As the submission."""
        return reports_visible_to(access, "submission__report__")
