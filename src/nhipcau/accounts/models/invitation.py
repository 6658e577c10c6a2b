from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.accounts.models.membership import Role
from nhipcau.accounts.models.person import Person
from nhipcau.network.models import Organisation

if TYPE_CHECKING:
    from datetime import datetime

    from nhipcau.access import Access


class Invitation(Scoped):
    """A link by which somebody sets the first password of their account: used once, and only for some days.

    The token of the link is not here, only its hash: whoever reads the table cannot take an account.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made at"))
    created_by = models.CharField(_("made by"), max_length=64)
    expires_at = models.DateTimeField(_("valid until"))
    mailed_at = models.DateTimeField(_("sent by mail at"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned: the administrators of the office that invites; the system owner, who invites the first of them."""
        if getattr(access.actor, "is_system_owner", False):
            return Q()
        return Q(organisation_id__in=access.organisations(Role.OFFICE_ADMINISTRATOR))


def open_at(moment: datetime | None = None) -> Q:
    """Which invitations can still be accepted at an aware moment (now)."""
    return Q(accepted_at=None, withdrawn_at=None, expires_at__gt=moment or timezone.now())
