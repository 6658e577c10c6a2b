from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.law.models.basis import Confidence, LegalBasis
from nhipcau.law.models.validity import ends_after_it_begins

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.access import Access


class Unit(models.TextChoices):
    """In what a time limit is counted."""

    HOUR = "hour", _("Hours")
    DAY = "day", _("Days")
    WORKING_DAY = "working_day", _("Working days")
    MONTH = "month", _("Months")
    YEAR = "year", _("Years")
    FIXED_DATE = "fixed_date", _("Fixed date")
    NEXT_BULLETIN = "next_bulletin", _("Next bulletin")


class Direction(models.TextChoices):
    """On which side of the event the time limit lies, or how often the duty returns."""

    AFTER = "after", pgettext_lazy("time limit", "After")
    BEFORE = "before", pgettext_lazy("time limit", "Before")
    EVERY = "every", pgettext_lazy("time limit", "Every")
    AT_LEAST_EVERY = "at_least_every", pgettext_lazy("time limit", "At least every")
    BY = "by", pgettext_lazy("time limit", "By")


class ActorClass(models.TextChoices):
    """The classes of bodies on which deadlines lie, to narrow a list by. Roles, not names of ministries."""

    MINISTRY = "ministry", _("Ministries and agencies")
    PROVINCE = "province", _("Provinces")
    FOREIGN_MINISTRY = "foreign_ministry", _("Foreign ministry")
    MISSION = "mission", _("Missions abroad")
    EXTERNAL_PRESS = "external_press", _("External press")
    SPOKESPERSON = "spokesperson", _("Spokespersons")
    GUIDING_AGENCY = "guiding_agency", _("Guiding agencies")
    FOREIGN_PRESS = "foreign_press", _("Foreign press")
    FOREIGN_BODY = "foreign_body", _("Foreign missions and bodies in Viet Nam")


class Deadline(Scoped):
    """One time limit of one rule, for the days on which that rule is in force, both included.

    Rows of one ``kind`` follow each other in time: the kind stays where a new decree changes the limit. Which row
    applies to a case is the one in force on the day of its trigger. Whether the day of the event is counted, and what
    happens where the last day is a day off, is said by the row, because each basis may say it: where nothing is said,
    the day of the event is not counted and the day stands as counted.
    """

    kind = models.SlugField(_("key"), max_length=80)
    trigger_vi = models.CharField(_("event, in Vietnamese"), max_length=300)
    trigger_en = models.CharField(_("event, in English"), max_length=300)
    actors = models.JSONField(_("classes of bodies"), default=list)
    actor_vi = models.CharField(_("who must act, in Vietnamese"), max_length=300)
    actor_en = models.CharField(_("who must act, in English"), max_length=300)
    deliverable_vi = models.CharField(_("what is due, in Vietnamese"), max_length=300)
    deliverable_en = models.CharField(_("what is due, in English"), max_length=300)
    value = models.PositiveSmallIntegerField(_("length"), null=True, blank=True)
    unit = models.CharField(_("counted in"), max_length=16, choices=Unit)
    direction = models.CharField(_("direction"), max_length=16, choices=Direction)
    month = models.PositiveSmallIntegerField(_("month of the fixed date"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("day of the fixed date"), null=True, blank=True)
    #: Where the event is itself a day, such as the coming into force of the decree.
    trigger_on = models.DateField(_("day of the event, where the rule names it"), null=True, blank=True)
    counts_trigger_day = models.BooleanField(_("the day of the event is counted"), default=False)
    moves_off_days_off = models.BooleanField(_("on a day off it moves to the next working day"), default=False)
    basis = models.ForeignKey(LegalBasis, models.PROTECT, related_name="deadlines", verbose_name=_("legal basis"))
    article = models.CharField(_("provision"), max_length=60)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until, that day included"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=400, blank=True)
    confidence = models.CharField(_("confidence"), max_length=16, choices=Confidence)
    #: Changed by this installation: loading what comes with the program leaves the whole kind alone.
    entered_here = models.BooleanField(_("entered here"), default=False, editable=False)

    class Meta(Scoped.Meta):
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["kind", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "valid_from"], name="one_deadline_of_a_kind_from_a_day"),
            models.CheckConstraint(condition=ends_after_it_begins(), name="deadline_ends_after_it_begins"),
            models.CheckConstraint(
                condition=(Q(unit="fixed_date", month__range=(1, 12), day__range=(1, 31), direction="by"))
                | (~Q(unit="fixed_date") & Q(value__gt=0, month__isnull=True, day__isnull=True) & ~Q(direction="by")),
                name="deadline_has_a_length_or_a_date",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["after", "before", "by"]) | Q(unit__in=["month", "year"]),
                name="deadline_returns_by_month_or_year",
            ),
        ]

    def __str__(self) -> str:
        return self.deliverable

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: the law is public."""
        return Q()

    def in_force_on(self, day: date) -> bool:
        """Whether the rule holds on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def recurs(self) -> bool:
        """Whether the calendar sets it going, not an event."""
        return self.direction in (Direction.BY, Direction.EVERY, Direction.AT_LEAST_EVERY)

    @property
    def trigger(self) -> str:
        """What sets it going, in the reader's language."""
        return self.trigger_en if get_language() == "en" else self.trigger_vi

    @property
    def actor(self) -> str:
        """Who must act, in the reader's language."""
        return self.actor_en if get_language() == "en" else self.actor_vi

    @property
    def deliverable(self) -> str:
        """What is due, in the reader's language."""
        return self.deliverable_en if get_language() == "en" else self.deliverable_vi
