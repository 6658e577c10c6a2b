from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.accounts.models import Person
from nhipcau.programme.models.instance import TaskInstance
from nhipcau.programme.models.plan import Plan, plans_visible_to

if TYPE_CHECKING:
    from nhipcau.access import Access


class Category(models.TextChoices):
    """The four kinds of external information (Decree 72/2015, articles 7 to 10)."""

    OFFICIAL = "official", _("Official information")
    PROMOTION = "promotion", _("Promotion of the country's image")
    WORLD_SITUATION = "world_situation", _("World situation")
    CLARIFICATION = "clarification", _("Explanation and clarification")


class ActivityChannel(models.TextChoices):
    """By what an activity reaches people: the channels that Decree 72/2015, articles 7 to 10, lists."""

    PRESS_CONFERENCE = "press_conference", _("Press conference or briefing")
    PRESS = "press", _("Vietnamese press and broadcasting")
    FOREIGN_MEDIA = "foreign_media", _("Foreign press and media")
    PORTAL = "portal", _("Portal or website")
    SOCIAL = "social", _("Official account on a platform")
    PUBLICATION = "publication", _("Publication")
    EVENT_HOME = "event_home", _("Event in the country")
    EVENT_ABROAD = "event_abroad", _("Event abroad")
    EXCHANGE = "exchange", _("External activity or cooperation")
    BORDER_GATE = "border_gate", _("Border gate")
    COURSE = "course", _("Training course")
    OTHER = "other", _("Another channel")


class Audience(models.TextChoices):
    """Whom an activity is for: groups by what they do, never persons."""

    FOREIGN_PUBLIC = "foreign_public", _("Foreign public")
    FOREIGN_PRESS = "foreign_press", _("Foreign press")
    PARTNERS = "partners", _("Foreign partners and bodies")
    BUSINESS = "business", _("Investors and business")
    VISITORS = "visitors", _("Visitors")
    OVERSEAS = "overseas", _("Vietnamese abroad")
    BORDER = "border", _("People in border areas")
    DOMESTIC = "domestic", _("People in the country")
    OFFICERS = "officers", _("Officers of this work")


class BudgetSource(models.TextChoices):
    """Who pays."""

    CENTRAL = "central", _("Central budget")
    LOCAL = "local", _("Local budget")
    SCHEME = "scheme", _("Funds of a programme or scheme")
    CONTRIBUTED = "contributed", _("Contributed by society")
    AID = "aid", _("Foreign aid")
    NONE = "none", _("Needs no money")


class PlanActivity(Scoped):
    """Something that an office will do. What is taken out keeps its words and can be put back.

    People responsible are posts and units, no profiles.
    """

    #: What a person writes in it, in the order of the form.
    WRITTEN = (
        "title", "group", "category", "begins_on", "ends_on", "place", "country", "channel", "audience", "languages",
        "responsible", "output", "budget", "budget_source", "task",
    )  # fmt: skip

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="activities", verbose_name=_("plan"))
    #: Stays the same in every amendment and in next year's copy, so that versions are compared row by row.
    line = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField(_("position"), default=0)
    #: ``part.group`` of the plan's template: the training topic or the key task; empty where it is not said yet.
    group = models.CharField(_("part of the plan"), max_length=120, blank=True)
    title = models.CharField(_("activity"), max_length=500, blank=True)
    category = models.CharField(_("category"), max_length=16, choices=Category, blank=True)
    begins_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    channel = models.CharField(_("channel"), max_length=20, choices=ActivityChannel, blank=True)
    audience = models.CharField(_("audience"), max_length=20, choices=Audience, blank=True)
    #: BCP 47 tags, the main one first: that is the one under which the activity is counted.
    languages = models.JSONField(_("languages"), default=list, blank=True)
    responsible = models.CharField(_("responsible"), max_length=300, blank=True)
    output = models.TextField(_("expected output"), blank=True)
    #: Millions of đồng; None where it is not said yet.
    budget = models.DecimalField(_("budget, million đồng"), max_digits=14, decimal_places=3, null=True, blank=True)
    budget_source = models.CharField(_("source of the budget"), max_length=16, choices=BudgetSource, blank=True)
    #: The task of the office that it serves.
    task = models.ForeignKey(
        TaskInstance, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("task served")
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    #: Last year's, where it was copied; it counts as untouched while nobody has saved another version.
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name=_("copied from"), editable=False
    )
    writer = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("writer"), editable=False
    )
    written_at = models.DateTimeField(_("written"), null=True, editable=False)
    removed_at = models.DateTimeField(_("taken out"), null=True, editable=False)

    class Meta(Scoped.Meta):
        verbose_name = _("activity of a plan")
        verbose_name_plural = _("activities of plans")
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "line"], name="line_once_a_plan"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(begins_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="activity_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(budget__isnull=True) | Q(budget__gte=0), name="budget_is_not_negative"),
        ]
        indexes = [models.Index(fields=["plan", "position"], name="activity_of_plan")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """As its plan."""
        return plans_visible_to(access, "plan__")

    @property
    def untouched(self) -> bool:
        """Whether it stands as it was copied from last year."""
        return self.copied_from_id is not None and self.version == 1
