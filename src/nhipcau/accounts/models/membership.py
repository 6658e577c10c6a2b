from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.accounts.models.person import Person
from nhipcau.network.models import Organisation

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.access import Access


class Role(models.TextChoices):
    """What a person may be in an organisation; the rights of each are in the rules of the rooms."""

    DRAFTER = "drafter", _("Drafter")
    REVIEWER = "reviewer", _("Reviewer")
    APPROVER = "approver", _("Approver")
    FOCAL_OFFICER = "focal_officer", _("Focal officer")
    PRESS_ANALYST = "press_analyst", _("Press analyst")
    EDITOR = "editor", _("Editor")
    TRANSLATOR = "translator", _("Translator")
    CLARIFICATION_OFFICER = "clarification_officer", _("Clarification officer")
    SPOKESPERSON = "spokesperson", _("Spokesperson")
    AUTHORISED_SPOKESPERSON = "authorised_spokesperson", _("Authorised spokesperson")
    PUBLISHER = "publisher", _("Publisher")
    INSPECTOR = "inspector", _("Inspector")
    ASSESSOR = "assessor", _("Assessor")
    OFFICE_ADMINISTRATOR = "office_administrator", _("Office administrator")
    COORDINATOR = "coordinator", _("Coordinator")
    LEADER = "leader", _("Leader")
    VIEWER = "viewer", _("Viewer")
    AUDITOR = "auditor", _("Auditor")


#: They reach beyond the office, or watch it: whoever runs the office gives and takes away the others.
GIVEN_BY_SYSTEM_OWNER_ALONE = frozenset({Role.COORDINATOR, Role.AUDITOR})
#: The system owner sets an office up, and gives nobody a right to its content.
GIVEN_BY_SYSTEM_OWNER = GIVEN_BY_SYSTEM_OWNER_ALONE | {Role.OFFICE_ADMINISTRATOR}


class Membership(Scoped):
    """A role that a person holds in an organisation between two days, both included."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=32, choices=Role)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until, that day included"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["person", "organisation", "role", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role", "valid_from"],
                name="one_role_from_a_day",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}, {self.organisation}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned: the person, and everybody in the office, who must know who drafts, approves and administers there.

        The system owner sets offices up, so sees who administers them, and the roles that only they give.
        """
        seen = Q(person_id=access.person_id) | Q(organisation_id__in=access.organisations())
        if getattr(access.actor, "is_system_owner", False):
            seen |= Q(role__in=GIVEN_BY_SYSTEM_OWNER)
        return seen

    def holds_on(self, day: date) -> bool:
        """Whether the role is held on a day; the same as ``valid_on`` of a query, for a row that was read."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)

    @property
    def state(self) -> str:
        """``coming``, ``in_force`` or ``over`` today (Asia/Ho_Chi_Minh)."""
        today = timezone.localdate()
        if self.holds_on(today):
            return "in_force"
        return "coming" if self.valid_from > today else "over"
