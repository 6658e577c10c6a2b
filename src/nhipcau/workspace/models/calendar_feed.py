from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.accounts.models import Person

if TYPE_CHECKING:
    from nhipcau.access import Access


class CalendarFeed(Scoped):
    """A secret address under which a calendar program reads what is due from one person: titles and days, no more.

    Only the hash of the secret is kept. One address at a time is open for a person; the others stay on record.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="calendar_feeds", verbose_name=_("person"))
    #: SHA-256 of the token, in hex.
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta(Scoped.Meta):
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="one_open_calendar_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.made_at:%Y-%m-%d}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned by the person."""
        return Q(person_id=access.person_id)
