from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.law.models import Confidence
from nhipcau.network.models import Organisation
from nhipcau.programme.models.directive import Directive, Finding

if TYPE_CHECKING:
    from nhipcau.access import Access


class SchemeKind(models.TextChoices):
    """What runs over several years: chương trình, đề án, quy hoạch, chiến lược."""

    STRATEGY = "strategy", _("Strategy")
    PROGRAMME = "programme", pgettext_lazy("scheme", "Programme")
    SCHEME = "scheme", _("Scheme")
    MASTER_PLAN = "master_plan", _("Master plan")


class Scheme(Scoped):
    """A scheme or master plan (đề án, quy hoạch): its term, money, target country, and the directive it comes from.

    Days are of Asia/Ho_Chi_Minh, both included. How far it is, is derived from its term and its final review.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("office that keeps the register")
    )
    slug = models.SlugField(_("key"), max_length=80, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=SchemeKind)
    title_vi = models.CharField(_("title in Vietnamese"), max_length=500)
    title_en = models.CharField(_("title in English"), max_length=500, blank=True)
    directive = models.ForeignKey(
        Directive, models.PROTECT, null=True, blank=True, related_name="schemes", verbose_name=_("directive")
    )
    lead = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead agency")
    )
    lead_words = models.CharField(_("lead agency as written"), max_length=300, blank=True)
    begin = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("until, that day included"), null=True, blank=True)
    term = models.CharField(_("term as written"), max_length=200, blank=True)
    #: ISO 3166-1 alpha-2; empty where it is not aimed at one country.
    country = models.CharField(_("target country"), max_length=2, blank=True)
    budget = models.DecimalField(_("budget in đồng"), max_digits=18, decimal_places=0, null=True, blank=True)
    budget_source = models.CharField(_("source of the money"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(_("source"), max_length=400, blank=True)
    confidence = models.CharField(_("confidence"), max_length=16, choices=Confidence, default=Confidence.HIGH)
    finding = models.CharField(_("what was read"), max_length=16, choices=Finding, default=Finding.SOURCED)
    entered_here = models.BooleanField(_("entered here"), default=False, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Scoped.Meta):
        verbose_name = _("scheme or master plan")
        verbose_name_plural = _("schemes and master plans")
        ordering = [F("begin").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(begin__isnull=True) | Q(end__gte=F("begin")),
                name="scheme_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: as the directives."""
        return Q()

    @property
    def title(self) -> str:
        """The title in the reader's language; the Vietnamese one where there is no other."""
        return self.title_en if get_language() == "en" and self.title_en else self.title_vi


class SchemePhase(Scoped):
    """A phase of a scheme: from when to when, and what is to be reached by its end."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="phases", verbose_name=_("scheme"))
    place = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=300)
    begin = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("until, that day included"), null=True, blank=True)
    aim = models.TextField(_("what is to be reached"), blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("phase of a scheme")
        verbose_name_plural = _("phases of schemes")
        ordering = ["scheme", "place", "pk"]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: as the scheme."""
        return Q()


class ReviewKind(models.TextChoices):
    """Sơ kết on the way, tổng kết at the end."""

    INTERIM = "interim", _("Interim review")
    FINAL = "final", _("Final review")


class SchemeReview(Scoped):
    """An interim or final review of a scheme: by when, and when it was held with which result."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="reviews", verbose_name=_("scheme"))
    kind = models.CharField(_("kind"), max_length=16, choices=ReviewKind)
    due_on = models.DateField(_("due on"))
    held_on = models.DateField(_("held on"), null=True, blank=True)
    document = models.CharField(_("number and symbol of its report"), max_length=100, blank=True)
    result = models.TextField(_("result"), blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("review of a scheme")
        verbose_name_plural = _("reviews of schemes")
        ordering = ["scheme", "due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.scheme}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: as the scheme."""
        return Q()
