"""What holds between two organisations, or between an organisation and a duty of the network."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nhipcau.network.models.organisation import Organisation
from nhipcau.network.models.validity import Dated, Sourced, ends_after_it_begins


class SuccessionKind(models.TextChoices):
    """How a body followed another."""

    MERGE = "merge", _("Merged into")
    SPLIT = "split", _("Split, a part to")
    RENAME = "rename", _("Reorganised as")
    TRANSFER = "transfer", _("Duty transferred to")


class Duty(models.TextChoices):
    """A duty of this network that passes from body to body; figures counted under it pass with it."""

    EXTERNAL_INFORMATION = "external_information", _("External information")


class Succession(Sourced):
    """A body took over from another on a day: the first on which the successor answers.

    ``part`` says what passed over where that is not the whole; ``duty`` names the duty of this network among it.
    """

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="origins")
    kind = models.CharField(_("kind"), max_length=16, choices=SuccessionKind)
    day = models.DateField(_("day"))
    duty = models.CharField(_("duty"), max_length=32, choices=Duty, blank=True)
    part_vi = models.CharField(_("what passed over, in Vietnamese"), max_length=300, blank=True)
    part_en = models.CharField(_("what passed over, in English"), max_length=300, blank=True)
    basis = models.CharField(_("legal basis"), max_length=300, blank=True)

    class Meta(Sourced.Meta):
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["day", "predecessor", "successor"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "day"], name="one_succession_a_day"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="nobody_succeeds_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"

    @property
    def part(self) -> str:
        """What passed over, in the reader's language; empty for the whole."""
        return self.part_en if get_language() == "en" else self.part_vi


class RoleInNetwork(models.TextChoices):
    """A part that the law gives to a body and takes from it again: rules name the part, never the body."""

    COORDINATING_MINISTRY = "coordinating_ministry", _("Coordinating ministry")
    FOREIGN_MINISTRY = "foreign_ministry", _("Ministry in charge of foreign affairs")
    PROPAGANDA_COMMISSION = "propaganda_commission", _("Central propaganda commission")
    PROVINCIAL_INFORMATION_DEPARTMENT = "provincial_information_department", _("Provincial information department")

    @property
    def exclusive(self) -> bool:
        """Whether one body alone holds it at a time, rather than one in every province."""
        return self is not RoleInNetwork.PROVINCIAL_INFORMATION_DEPARTMENT


class HeldRole(Dated):
    """A role in the network that an organisation holds between two days, with the text that gave it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="held_roles")
    role = models.CharField(_("role"), max_length=40, choices=RoleInNetwork)
    basis = models.CharField(_("legal basis"), max_length=300, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("role in the network")
        verbose_name_plural = _("roles in the network")
        ordering = ["role", "valid_from", "organisation"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "role", "valid_from"], name="one_held_role_from_a_day"),
            ends_after_it_begins("held_role"),
        ]

    def __str__(self) -> str:
        return self.get_role_display()


class Position(models.TextChoices):
    """What a member is in a body of members."""

    CHAIR = "chair", _("Chair")
    STANDING = "standing", _("Standing member")
    MEMBER = "member", _("Member")


class BodyMembership(Dated):
    """An organisation is a member of a body of organisations, such as a steering committee, between two days."""

    body = models.ForeignKey(Organisation, models.PROTECT, related_name="members")
    member = models.ForeignKey(Organisation, models.PROTECT, related_name="member_of")
    position = models.CharField(_("position"), max_length=16, choices=Position, default=Position.MEMBER)

    class Meta(Dated.Meta):
        verbose_name = _("member of a body")
        verbose_name_plural = _("members of bodies")
        ordering = ["body", "valid_from", "member"]
        constraints = [
            models.UniqueConstraint(fields=["body", "member", "valid_from"], name="one_membership_from_a_day"),
            models.CheckConstraint(condition=~Q(body=F("member")), name="nobody_is_a_member_of_itself"),
            ends_after_it_begins("body_membership"),
        ]

    def __str__(self) -> str:
        return f"{self.member} → {self.body}"
