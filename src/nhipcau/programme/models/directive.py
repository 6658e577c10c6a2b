from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.law.models import Confidence, LegalBasis
from nhipcau.network.models import Organisation

if TYPE_CHECKING:
    from nhipcau.access import Access


class DirectiveKind(models.TextChoices):
    """The form in which a body steers the work."""

    LAW = "law", pgettext_lazy("directive", "Law")
    RESOLUTION = "resolution", _("Resolution")
    DECREE = "decree", _("Decree")
    DECISION = "decision", pgettext_lazy("directive", "Decision")
    CIRCULAR = "circular", _("Circular")
    INSTRUCTION = "instruction", _("Instruction")
    CONCLUSION = "conclusion", _("Conclusion")
    PROGRAMME = "programme", pgettext_lazy("scheme", "Programme")
    PLAN = "plan", _("Plan")
    GUIDANCE = "guidance", _("Guidance")
    LETTER = "letter", _("Letter")


class Finding(models.TextChoices):
    """How much of a text was found and read: what could not be found says so instead of staying empty."""

    SOURCED = "sourced", _("Read in a source")
    EXCERPT = "excerpt", _("Only an excerpt was read")
    NOT_FOUND = "not_found", _("Not found in the accessible text")


class Directive(Scoped):
    """A directive (văn bản chỉ đạo): what steers the work. Kept in the register of one office, read by everybody.

    Days are of Asia/Ho_Chi_Minh, both ends included. Where the law room holds the same document, ``basis`` is its row,
    and what that row says of the document is said here by loading it, never by hand.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("office that keeps the register")
    )
    slug = models.SlugField(_("key"), max_length=80, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=DirectiveKind)
    number = models.CharField(_("number and symbol"), max_length=60, blank=True)
    title_vi = models.CharField(_("title in Vietnamese"), max_length=500)
    title_en = models.CharField(_("title in English"), max_length=500, blank=True)
    issuer = models.CharField(_("issued by"), max_length=200)
    signer_name = models.CharField(_("signer's name"), max_length=200, blank=True)
    signer_post = models.CharField(_("signer's post"), max_length=200, blank=True)
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until, that day included"), null=True, blank=True)
    basis = models.ForeignKey(
        LegalBasis, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("legal basis")
    )
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(_("source"), max_length=400, blank=True)
    confidence = models.CharField(_("confidence"), max_length=16, choices=Confidence, default=Confidence.HIGH)
    finding = models.CharField(_("what was read"), max_length=16, choices=Finding, default=Finding.SOURCED)
    #: Changed by this installation: loading what comes with the program leaves the row alone.
    entered_here = models.BooleanField(_("entered here"), default=False, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Scoped.Meta):
        verbose_name = _("directive")
        verbose_name_plural = _("directives")
        ordering = [F("issued_on").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="directive_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}" if self.number else self.title

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: everybody works by the same directives."""
        return Q()

    @property
    def title(self) -> str:
        """The title in the reader's language; the Vietnamese one where there is no other."""
        return self.title_en if get_language() == "en" and self.title_en else self.title_vi


class LinkKind(models.TextChoices):
    """What a later directive does to an earlier one."""

    AMENDS = "amends", _("Amends")
    REPLACES = "replaces", _("Replaces")
    CARRIES_OUT = "carries_out", _("Carries out")


class DirectiveLink(Scoped):
    """A directive amends, replaces or carries out an earlier one, from a day on where that is known."""

    later = models.ForeignKey(Directive, models.PROTECT, related_name="earlier_links", verbose_name=_("later"))
    earlier = models.ForeignKey(Directive, models.PROTECT, related_name="later_links", verbose_name=_("earlier"))
    kind = models.CharField(_("what it does"), max_length=16, choices=LinkKind)
    day = models.DateField(_("from"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("link between directives")
        verbose_name_plural = _("links between directives")
        ordering = ["later", "kind", "earlier"]
        constraints = [
            models.UniqueConstraint(fields=["later", "earlier", "kind"], name="one_link_of_a_kind"),
            models.CheckConstraint(condition=~Q(later=F("earlier")), name="no_directive_links_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.later} → {self.earlier}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: as the directives."""
        return Q()


class ClauseKind(models.TextChoices):
    """What a clause of a directive is."""

    ARTICLE = "article", _("Provision")
    OBJECTIVE = "objective", _("Objective")
    REQUIREMENT = "requirement", _("Requirement")
    TASK_GROUP = "task_group", _("Group of tasks")
    TASK = "task", _("Task")
    TARGET = "target", _("Target")
    FOLLOW_UP = "follow_up", _("Follow-up")
    ANNEX = "annex", _("Annex")


class Clause(Scoped):
    """A clause of a directive, as printed; clauses form a tree. ``place`` orders those of one parent."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="clauses", verbose_name=_("directive"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    place = models.PositiveIntegerField(_("position"), default=0)
    key = models.SlugField(_("key"), max_length=40, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=ClauseKind, default=ClauseKind.ARTICLE)
    number = models.CharField(_("number as printed"), max_length=60, blank=True)
    text_vi = models.TextField(_("text in Vietnamese"))
    text_en = models.TextField(_("text in English"), blank=True)
    #: Where it is no wording of the document itself: a summary, a press report.
    finding = models.CharField(_("what was read"), max_length=16, choices=Finding, default=Finding.SOURCED)
    source = models.CharField(_("source"), max_length=400, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    source_status = models.CharField(_("status of the source"), max_length=100, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["directive", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "key"], condition=~Q(key=""), name="one_clause_of_a_key"),
        ]

    def __str__(self) -> str:
        return self.number or self.text[:120]

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: as the directive."""
        return Q()

    @property
    def text(self) -> str:
        """The text in the reader's language; the Vietnamese one where there is no other."""
        return self.text_en if get_language() == "en" and self.text_en else self.text_vi
