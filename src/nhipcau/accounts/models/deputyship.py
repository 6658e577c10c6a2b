from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.accounts.models.membership import GIVEN_BY_SYSTEM_OWNER, Role
from nhipcau.accounts.models.person import Person
from nhipcau.network.models import Organisation, valid_on

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.access import Access


class Deputyship(Scoped):
    """Somebody acts in a role that another holds, between two days, both included, as it was put down in writing.

    It gives the deputy nothing on a day on which the principal does not hold the role in their own right; so it cannot
    outlive the role, and a deputy has nothing to hand on. A spokesperson's deputy is an authorised spokesperson, for
    one case only (Decree 09/2017/NĐ-CP, Art. 3).
    """

    principal = models.ForeignKey(Person, models.PROTECT, related_name="deputyships_given")
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="deputyships_held")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="deputyships")
    role = models.CharField(_("role"), max_length=32, choices=Role)
    case = models.CharField(_("case"), max_length=300, blank=True)
    number = models.CharField(_("number and symbol of the decision"), max_length=100, blank=True)
    decided_on = models.DateField(_("date of the decision"), null=True, blank=True)
    note = models.TextField(_("basis, where there is no numbered decision"), max_length=1000, blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until, that day included"))
    created_by = models.CharField(_("written down by"), max_length=64)
    created_at = models.DateTimeField(_("written down at"), auto_now_add=True)
    # A deputyship may be taken back in the middle of a day, or before its first; its days stay as they were decided.
    ended_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("deputyship")
        verbose_name_plural = _("deputyships")
        ordering = ["-valid_from", "-pk"]
        indexes = [
            models.Index(fields=["deputy", "valid_to"], name="deputyship_of_deputy"),
            models.Index(fields=["principal", "organisation", "role"], name="deputyship_of_role"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(principal=F("deputy")), name="nobody_is_their_own_deputy"),
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="deputyship_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(note="") | (~Q(number="") & Q(decided_on__isnull=False)),
                name="deputyship_is_in_writing",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.SPOKESPERSON) | (~Q(case="") & ~Q(number="")),
                name="spokesperson_is_deputised_for_a_case",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.AUTHORISED_SPOKESPERSON), name="authorised_spokesperson_has_no_deputy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy}, {self.get_role_display()}, {self.organisation}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned: the two of them, and everybody in the office, who must know whose signature counts."""
        seen = Q(principal_id=access.person_id) | Q(deputy_id=access.person_id)
        seen |= Q(organisation_id__in=access.organisations())
        if getattr(access.actor, "is_system_owner", False):
            # Who ends a role ends standing in for it.
            seen |= Q(role__in=GIVEN_BY_SYSTEM_OWNER)
        return seen

    @property
    def role_acted_in(self) -> str:
        """The role that the deputy has by this."""
        return Role.AUTHORISED_SPOKESPERSON if self.role == Role.SPOKESPERSON else self.role

    @property
    def state(self) -> str:
        """``coming``, ``in_force`` or ``over`` today (Asia/Ho_Chi_Minh)."""
        today = timezone.localdate()
        if self.ended_at is not None or self.valid_to < today:
            return "over"
        return "coming" if self.valid_from > today else "in_force"


def in_force_on(day: date) -> Q:
    """Which deputyships count on a day: within their days and not taken back."""
    return valid_on(day) & Q(ended_at__isnull=True)
