from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.access.models import for_a_rule
from nhipcau.accounts.models import Person
from nhipcau.network.models import Organisation
from nhipcau.reporting.models.campaign import Campaign
from nhipcau.reporting.models.report import Report
from nhipcau.reporting.models.submission import Submission
from nhipcau.workspace.models import Issued, Received, Revision, numbered_once, on

if TYPE_CHECKING:
    from nhipcau.access import Access


class NationalState(models.TextChoices):
    """How far a national report is; the allowed steps are in docs/explanation/consolidation.md."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    SENT_BACK = "sent_back", _("Sent back")
    APPROVED = "approved", _("Approved")
    ISSUED = "issued", _("Issued")
    RECALLED = "recalled", _("Recalled")
    DISCARDED = "discarded", _("Discarded")


#: While it is written.
NATIONAL_WRITABLE = (NationalState.DRAFT, NationalState.SENT_BACK)
#: From here on it is its recipients', too.
NATIONAL_OUT = (NationalState.ISSUED, NationalState.RECALLED)


class NationalReport(Issued):
    """What the office of a campaign makes of the reports of all offices: sentences with their sources, and totals.

    It rests on the submissions that its inputs name, which never change; so what it counts is the same whenever it is
    counted. At issue all that is printed is kept, under the names that the offices had then.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="national_reports", verbose_name=_("reporting campaign")
    )
    title = models.CharField(_("title"), max_length=300)
    lead = models.TextField(_("introduction"), blank=True)
    state = models.CharField(_("state"), max_length=16, choices=NationalState, default=NationalState.DRAFT)
    #: What had come in by then was taken in; what came later is shown as changed since.
    moment = models.DateTimeField(_("as of"))
    only_accepted = models.BooleanField(_("accepted reports only"), default=False)
    archive_line = models.CharField(_("kept on file"), max_length=200, blank=True)
    #: What is printed, without number and signer, as it was at issue (:mod:`nhipcau.documents.report.shape`).
    printed = models.JSONField(_("as issued"), null=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    drafter = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("drafter"), editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    approver = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("approver"), editable=False
    )
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    recalled_at = models.DateTimeField(_("recalled"), null=True, editable=False)
    recall_reason = models.TextField(_("why it was recalled"), blank=True, editable=False)
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Issued.Meta):
        verbose_name = _("national report")
        verbose_name_plural = _("national reports")
        ordering = ["-moment", "-pk"]
        constraints = [
            numbered_once("national_number_once", "issue_register", "issue_year", "issue_number"),
            models.CheckConstraint(
                condition=~Q(state__in=NATIONAL_OUT)
                | Q(issue_number__isnull=False, issued_on__isnull=False, printed__isnull=False),
                name="issued_national_report_is_numbered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number_and_symbol} {self.title}".strip()

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Addressed: its office, and the recipients once it is issued."""
        return nationals_visible_to(access)

    @property
    def campaign_title(self) -> str:
        """Of which campaign; empty for a recipient who is not asked in it."""
        try:
            return str(self.campaign)
        except Campaign.DoesNotExist:
            return ""

    def drafter_ids(self) -> frozenset[str]:
        """``actor_id`` of everybody who drafted or wrote any of it; none of them approves it."""
        wrote = for_a_rule(NationalSentence).filter(national=self, edited_by__isnull=False)
        people = {self.drafter_id, *wrote.values_list("edited_by_id", flat=True)}
        kept = for_a_rule(Revision).filter(person__isnull=False, **on(self))
        people |= set(kept.values_list("person_id", flat=True))
        return frozenset(f"person:{person}" for person in people if person is not None)


def nationals_visible_to(access: Access, prefix: str = "") -> Q:
    """Which national reports an access may see; with a prefix (``national__``) for the rows of a table beside."""
    mine = access.organisations()
    given = for_a_rule(NationalRecipient).filter(organisation_id__in=mine).values("national_id")
    own = Q(**{f"{prefix}organisation_id__in": mine})
    return own | Q(**{f"{prefix}pk__in": given, f"{prefix}state__in": NATIONAL_OUT})


class NationalRecipient(Received):
    """An office that a national report is sent to."""

    national = models.ForeignKey(
        NationalReport, models.CASCADE, related_name="recipients", verbose_name=_("national report")
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("recipient"))

    class Meta(Received.Meta):
        verbose_name = _("recipient of a national report")
        verbose_name_plural = _("recipients of national reports")
        ordering = ["national", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["national", "organisation"], name="recipient_once_a_national_report"),
        ]
        indexes = [models.Index(fields=["organisation", "national"], name="national_for_office")]

    def __str__(self) -> str:
        return f"{self.organisation}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """As the national report."""
        return nationals_visible_to(access, "national__")


class NationalInput(Scoped):
    """The submission by which a report is in a national report, and whether it was accepted when it was taken in."""

    national = models.ForeignKey(
        NationalReport, models.CASCADE, related_name="inputs", verbose_name=_("national report")
    )
    report = models.ForeignKey(Report, models.PROTECT, related_name="+", verbose_name=_("report"))
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+", verbose_name=_("submitted report"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    accepted = models.BooleanField(_("accepted"))

    class Meta(Scoped.Meta):
        verbose_name = _("report in a national report")
        verbose_name_plural = _("reports in national reports")
        ordering = ["national", "organisation__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["national", "report"], name="report_once_a_national_report")]

    def __str__(self) -> str:
        return f"{self.organisation}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """The office that makes the national report."""
        return Q(national__organisation_id__in=access.organisations())


class NationalSentence(Scoped):
    """A sentence of a national report: of one office, of several that said nearly the same, or the coordinator's own.

    ``block`` is its paragraph and ``place`` its place; both count within the item of the form, from 0. What is dropped
    keeps its words.
    """

    national = models.ForeignKey(
        NationalReport, models.CASCADE, related_name="sentences", verbose_name=_("national report")
    )
    section = models.CharField(_("section"), max_length=60)
    item = models.CharField(_("item"), max_length=60)
    block = models.PositiveIntegerField(_("paragraph"), default=0)
    place = models.PositiveIntegerField(_("place"), default=0)
    text = models.TextField(_("text"))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    edited_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("written by"), editable=False
    )
    edited_at = models.DateTimeField(_("written"), null=True, editable=False)
    dropped_at = models.DateTimeField(_("dropped"), null=True, editable=False)

    class Meta(Scoped.Meta):
        verbose_name = _("sentence of a national report")
        verbose_name_plural = _("sentences of national reports")
        ordering = ["national", "place", "pk"]
        indexes = [models.Index(fields=["national", "item", "place"], name="national_sentence_in_order")]

    def __str__(self) -> str:
        return self.text[:80]

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """The office that makes the national report: its recipients read what was issued."""
        return Q(national__organisation_id__in=access.organisations())


class NationalSource(Scoped):
    """Where a sentence comes from: which submission, which item of the form, which characters of the answer."""

    sentence = models.ForeignKey(NationalSentence, models.CASCADE, related_name="sources", verbose_name=_("sentence"))
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+", verbose_name=_("submitted report"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    item = models.CharField(_("item"), max_length=60)
    begin = models.PositiveIntegerField(_("from character"))
    end = models.PositiveIntegerField(_("to character"))
    original = models.TextField(_("original"))

    class Meta(Scoped.Meta):
        verbose_name = _("source of a sentence")
        verbose_name_plural = _("sources of sentences")
        ordering = ["sentence", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.item} {self.begin}-{self.end}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """The office that makes the national report."""
        return Q(sentence__national__organisation_id__in=access.organisations())


class SealedError(Exception):
    """A seal was to be changed."""


class Seal(Scoped):
    """The figures of a campaign as they were submitted by a moment, told by a hash that is in the audit chain, too.

    It holds no figure: they are read again from what was submitted, and must give the same hash.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="seals", verbose_name=_("reporting campaign"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    moment = models.DateTimeField(_("as submitted by"), editable=False)
    #: SHA-256, in hex, of the canonical JSON of the pack.
    hash = models.CharField(_("hash"), max_length=64, editable=False)
    #: Key of each submission as text -> hash of its numbers: what says which one was touched.
    parts = models.JSONField(_("hash of each submission"), editable=False)
    reason = models.TextField(_("reason"))
    sealed_at = models.DateTimeField(_("sealed"), editable=False)
    sealed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("sealed by")
    )
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Scoped.Meta):
        verbose_name = _("seal of figures")
        verbose_name_plural = _("seals of figures")
        ordering = ["-moment", "-pk"]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.moment:%Y-%m-%d} {self.hash[:12]}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """The office of the campaign."""
        return Q(organisation_id__in=access.organisations())

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, once.

        Raises:
            SealedError: it is written already.
        """
        if not self._state.adding:
            raise SealedError(f"Seal {self.pk} stays as it was set.")
        super().save(*args, **kwargs)
