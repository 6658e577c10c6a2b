from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.access.models import for_a_rule
from nhipcau.accounts.models import Person
from nhipcau.documents.forms import Answers
from nhipcau.network.models import Organisation
from nhipcau.reporting.models.campaign import GIVEN, Campaign, CampaignState
from nhipcau.workspace.models import Revision, on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from nhipcau.access import Access


class ReportState(models.TextChoices):
    """How far a report is between its office and the one above. "Not yet due", "due" and "overdue" follow from open.

    The allowed steps are in docs/explanation/reports.md.
    """

    OPEN = "open", _("Not submitted")
    SUBMITTED = "submitted", _("Submitted")
    CHECKED = "checked", _("Checked")
    SENT_BACK = "sent_back", _("Sent back")
    ACCEPTED = "accepted", _("Accepted")
    HANDED_OVER = "handed_over", _("Handed over to the successor")
    RELEASED = "released", _("Not owed any more")


class OfficeState(models.TextChoices):
    """How far a report is inside its office."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    SENT_BACK = "sent_back", _("Sent back inside the office")
    APPROVED = "approved", _("Approved")


#: The office has it in its hands.
WITH_THE_OFFICE = (ReportState.OPEN, ReportState.SENT_BACK)
#: It lies with the office above.
WITH_THE_RECEIVER = (ReportState.SUBMITTED, ReportState.CHECKED)
#: While it is written, inside the office.
EDITABLE = (OfficeState.DRAFT, OfficeState.SENT_BACK)


class Report(Scoped):
    """A report that an office owes in a campaign: where it is, by when it is due. What is written is in its draft."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="reports", verbose_name=_("campaign"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    #: The class by which it was asked, for the league; the office may change its class later.
    kind = models.CharField(_("class"), max_length=32)
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=16, choices=ReportState, default=ReportState.OPEN)
    #: When it first came in, and when what stands came in: what counts is the receipt.
    first_received_at = models.DateTimeField(_("first received"), null=True, editable=False)
    received_at = models.DateTimeField(_("received"), null=True, editable=False)
    checked_at = models.DateTimeField(_("checked"), null=True, editable=False)
    checked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("checked by")
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    accepted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("accepted by")
    )
    #: What stands: it stays so until another submission is accepted, also while an exception has it written again.
    accepted_submission = models.ForeignKey(
        "reporting.Submission",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("accepted submission"),
    )
    handed_over_to = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="taken_over", verbose_name=_("handed over to")
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Scoped.Meta):
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["due_on", "organisation__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "organisation"], name="one_report_a_campaign")]
        indexes = [models.Index(fields=["organisation", "state", "due_on"], name="report_of_office")]

    def __str__(self) -> str:
        return f"{self.campaign}, {self.organisation}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Addressed: the office that owes it, the one that asked, and whoever took it over."""
        return reports_visible_to(access)

    def exception_at(self, at: datetime) -> LockException | None:
        """The exception by which it is open again at an aware moment."""
        given: Iterable[LockException] = self.exceptions.all()
        return next((one for one in given if one.ended_at is None and at < one.until), None)

    def is_writable(self, at: datetime) -> bool:
        """Whether its office may write it: it owes it or has it back, or an exception opened it again."""
        if self.state == ReportState.OPEN:
            return self.campaign.state == CampaignState.OPEN
        if self.state == ReportState.ACCEPTED:
            return self.exception_at(at) is not None
        return self.state == ReportState.SENT_BACK


def reports_visible_to(access: Access, prefix: str = "") -> Q:
    """Which reports an access may see; with a prefix (``report__``) for the rows of a table beside."""
    mine = access.organisations()
    # Joined, not asked for in queries within the query: those take Django several times as long to put together, and
    # whoever sees a report sees its campaign.
    asked, given = Q(**{f"{prefix}campaign__organisation_id__in": mine}), Q(**{f"{prefix}campaign__state__in": GIVEN})
    owed = Q(**{f"{prefix}organisation_id__in": mine})
    took_over = Q(**{f"{prefix}handed_over_to__organisation_id__in": mine})
    return asked | given & (owed | took_over)


class ReportPart(Scoped):
    """An old unit that a report speaks for: its figures stay apart, in a breakdown by unit, and its report is kept."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="parts", verbose_name=_("report"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("old unit"))

    class Meta(Scoped.Meta):
        verbose_name = _("part of a report")
        verbose_name_plural = _("parts of reports")
        ordering = ["report_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "organisation"], name="old_unit_once_a_report")]

    def __str__(self) -> str:
        return f"{self.organisation}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """As the report."""
        return reports_visible_to(access, "report__")


class ReportDraft(Scoped):
    """What the office is writing. The office above sees what was submitted, and never this."""

    report = models.OneToOneField(Report, models.PROTECT, related_name="draft", verbose_name=_("report"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    office_state = models.CharField(_("state"), max_length=16, choices=OfficeState, default=OfficeState.DRAFT)
    #: :meth:`nhipcau.documents.forms.Answers.to_plain`.
    answers = models.JSONField(_("answers"), default=dict)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    changed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("changed by")
    )
    reviewer = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("reviewer")
    )
    approver = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("approver")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Scoped.Meta):
        verbose_name = _("draft of a report")
        verbose_name_plural = _("drafts of reports")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.report}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned: the members of its office; after a merger those of the successor read what the old unit had."""
        mine = access.organisations()
        own = for_a_rule(Report).filter(organisation_id__in=mine).values("pk")
        taken = for_a_rule(Report).filter(handed_over_to_id__in=own).values("pk")
        return Q(organisation_id__in=mine) | Q(report_id__in=taken)

    @property
    def plain(self) -> Answers:
        """What is answered so far."""
        return Answers.from_plain(self.answers)

    def drafter_ids(self) -> frozenset[str]:
        """``actor_id`` of everybody who saved a version of it; none of them approves it."""
        wrote = for_a_rule(Revision).filter(**on(self), person__isnull=False).values_list("person_id", flat=True)
        return frozenset(f"person:{person}" for person in {self.changed_by_id, *wrote} - {None})


class LockException(Scoped):
    """An accepted report is open again until a moment, for a reason; it ends with the next submission, or by itself."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="exceptions", verbose_name=_("report"))
    reason = models.TextField(_("reason"))
    until = models.DateTimeField(_("until"))
    given_at = models.DateTimeField(_("given"), editable=False)
    given_by = models.ForeignKey(Person, models.PROTECT, editable=False, related_name="+", verbose_name=_("given by"))
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)

    class Meta(Scoped.Meta):
        verbose_name = _("exception from the lock")
        verbose_name_plural = _("exceptions from the lock")
        ordering = ["report_id", "-given_at"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.until:%Y-%m-%d}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """As the report."""
        return reports_visible_to(access, "report__")
