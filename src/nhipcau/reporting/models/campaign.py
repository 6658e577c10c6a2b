from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.access.models import for_a_rule
from nhipcau.accounts.models import Person
from nhipcau.network.models import Kind, Organisation
from nhipcau.reporting.models.form import FormVersion
from nhipcau.workspace.models import Letter

if TYPE_CHECKING:
    from nhipcau.access import Access


class PeriodKind(models.TextChoices):
    """For how long the offices report."""

    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
    SIX_MONTHS = "six_months", _("Six months")
    NINE_MONTHS = "nine_months", _("Nine months")
    YEAR = "year", _("Year")
    AD_HOC = "ad_hoc", _("Ad hoc")


class Estimate(models.TextChoices):
    """What is done about the days of the period after the figures-as-of date."""

    NONE = "none", _("Not estimated")
    BY_OFFICE = "by_office", _("Estimated by each office")
    PRO_RATA = "pro_rata", _("In proportion to the days")


class CampaignState(models.TextChoices):
    """How far a campaign is."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    DISCARDED = "discarded", _("Discarded")


#: From here on the offices that owe a report know of it.
GIVEN = (CampaignState.OPEN, CampaignState.CLOSED)


class Campaign(Scoped):
    """A reporting campaign of a guidance letter: who reports on which period, by when, on which form.

    ``begin`` and ``end`` are days of Asia/Ho_Chi_Minh, both included. Figures are counted until ``figures_as_of``; what
    is reported for the days after it is an estimate by the rule of the campaign, and is marked as one.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    title = models.CharField(_("title"), max_length=300)
    state = models.CharField(_("state"), max_length=16, choices=CampaignState, default=CampaignState.DRAFT)
    period_kind = models.CharField(_("period"), max_length=16, choices=PeriodKind)
    begin = models.DateField(_("from"))
    end = models.DateField(_("until, that day included"))
    figures_as_of = models.DateField(_("figures as of"))
    estimate = models.CharField(_("days after it"), max_length=16, choices=Estimate, default=Estimate.NONE)
    estimate_note = models.TextField(_("how it is estimated"), blank=True)
    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+", verbose_name=_("form"))
    due_on = models.DateField(_("due on"))
    two_steps = models.BooleanField(_("checked by one, accepted by another"), default=False)
    guidance = models.ForeignKey(
        Letter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("guidance letter")
    )
    guidance_number = models.CharField(_("number and symbol of the guidance letter"), max_length=100, blank=True)
    guidance_date = models.DateField(_("date of the guidance letter"), null=True, blank=True)
    guidance_text = models.TextField(_("guidance"), blank=True)
    #: The campaign of the year before, with which figures and timeliness are compared.
    compared_with = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("compared with")
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    drafter = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("drafter"), editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    opened_at = models.DateTimeField(_("opened"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Scoped.Meta):
        verbose_name = _("reporting campaign")
        verbose_name_plural = _("reporting campaigns")
        ordering = ["-end", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("begin")), name="campaign_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(figures_as_of__gte=F("begin"), figures_as_of__lte=F("end")),
                name="figures_as_of_within_the_period",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Addressed: its office, and from its opening those that owe a report in it, or did before they merged."""
        return campaigns_visible_to(access)


def campaigns_visible_to(access: Access, prefix: str = "") -> Q:
    """Which campaigns an access may see; with a prefix (``campaign__``) for the rows of a table beside."""
    from nhipcau.reporting.models.report import Report

    owing = for_a_rule(Report).filter(organisation_id__in=access.organisations()).values("campaign_id")
    own = Q(**{f"{prefix}organisation_id__in": access.organisations()})
    return own | Q(**{f"{prefix}pk__in": owing, f"{prefix}state__in": GIVEN})


class CampaignClass(Scoped):
    """A class of offices that report in a campaign, and by when where that is not the day of the campaign."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="classes", verbose_name=_("campaign"))
    kind = models.CharField(_("class"), max_length=32, choices=Kind)
    due_on = models.DateField(_("due on"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("class that reports in a campaign")
        verbose_name_plural = _("classes that report in campaigns")
        ordering = ["campaign_id", "kind"]
        constraints = [models.UniqueConstraint(fields=["campaign", "kind"], name="class_once_a_campaign")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """As the campaign."""
        return campaigns_visible_to(access, "campaign__")


class CampaignOffice(Scoped):
    """An office named by itself: it reports though its class does not, or does not though its class does."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="offices", verbose_name=_("campaign"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    reports = models.BooleanField(_("reports"), default=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("office named in a campaign")
        verbose_name_plural = _("offices named in campaigns")
        ordering = ["campaign_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "organisation"], name="office_once_a_campaign")]

    def __str__(self) -> str:
        return f"{self.organisation}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """As the campaign."""
        return campaigns_visible_to(access, "campaign__")
