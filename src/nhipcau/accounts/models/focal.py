"""Focal officers (cán bộ đầu mối): who does this work in an office, by which decision, for how much of their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.accounts.models.membership import Role
from nhipcau.accounts.models.person import Person
from nhipcau.network.models import HeldRole, Organisation, RoleInNetwork, valid_on

if TYPE_CHECKING:
    from nhipcau.access import Access

#: Share of working time, in percent, of somebody who does nothing else.
FULL_TIME = 100


class FocalDuty(Scoped):
    """Somebody is focal officer of an office between two days, both included, by a decision, for a share of their time.

    Only what the duty needs is kept: it is no profile of the person.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="focal_duties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="focal_duties")
    number = models.CharField(_("number and symbol of the decision"), max_length=100, blank=True)
    decided_on = models.DateField(_("date of the decision"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=300, blank=True)
    share = models.PositiveSmallIntegerField(_("share of working time, percent"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until, that day included"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("duty of a focal officer")
        verbose_name_plural = _("duties of focal officers")
        ordering = ["organisation", "-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation", "valid_from"], name="one_focal_duty_from_a_day"),
            models.CheckConstraint(condition=Q(share__gte=1, share__lte=FULL_TIME), name="focal_share_is_a_percentage"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="focal_duty_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: every office must know whom to turn to in every other, and how thin the network is."""
        return Q()

    @property
    def is_full_time(self) -> bool:
        """Whether the person does nothing else."""
        return self.share == FULL_TIME


class FocalTraining(Scoped):
    """A course that a focal officer took for the duty."""

    duty = models.ForeignKey(FocalDuty, models.CASCADE, related_name="trainings")
    course = models.CharField(_("course"), max_length=300)
    organiser = models.CharField(_("held by"), max_length=300, blank=True)
    held_from = models.DateField(_("first day"))
    held_to = models.DateField(_("last day"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("course of a focal officer")
        verbose_name_plural = _("courses of focal officers")
        ordering = ["-held_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_to__isnull=True) | Q(held_to__gte=F("held_from")), name="course_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.course

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned: the person, the office, and the coordinators of the ministry that coordinates the network that day."""
        seen = Q(duty__person_id=access.person_id) | Q(duty__organisation_id__in=access.organisations())
        coordinated = access.organisations(Role.COORDINATOR)
        if coordinated:
            coordinates = HeldRole.objects.filter(
                valid_on(timezone.localdate(access.at)),
                role=RoleInNetwork.COORDINATING_MINISTRY,
                organisation_id__in=coordinated,
            )
            seen |= Q(Exists(coordinates))
        return seen
