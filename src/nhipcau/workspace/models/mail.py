"""Mail that waits, was sent, or could not be: what the worker picks up, so that a killed one loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.accounts.models import Person

if TYPE_CHECKING:
    from nhipcau.access import Access


class MailState(models.TextChoices):
    """Where a mail stands."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Refused by the addressee's server")
    FAILED = "failed", _("Given up")
    DROPPED = "dropped", _("Nothing left to say")


class Mail(Scoped):
    """One mail to one person, about the notices that name it.

    Its Message-ID and its date never change: a mail that goes again because the worker was killed at the very moment
    of sending is the same mail, and servers that have it already recognise it.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="mails", verbose_name=_("person"))
    message_id = models.CharField(max_length=200, unique=True)
    daily = models.BooleanField(_("daily mail"), default=False)
    created_at = models.DateTimeField(_("time"))
    state = models.CharField(_("state"), max_length=8, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    #: When it is tried next. While it is being sent: when whoever sends it is believed dead.
    next_due = models.DateTimeField(_("next attempt"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    #: What the server said last, or why it was not reached.
    error = models.TextField(_("what went wrong"), blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["next_due"], condition=Q(state__in=["waiting", "sending"]), name="mail_due"),
        ]

    def __str__(self) -> str:
        return self.message_id

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned by the person it goes to."""
        return Q(person_id=access.person_id)


class RefusedAddress(Scoped):
    """An address at which a person's mail was refused for good, until mail arrives there or it is tried again."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="refused_address", verbose_name=_("person"))
    address = models.EmailField(_("e-mail address"), max_length=254)
    times = models.PositiveIntegerField(_("how often"), default=1)
    error = models.TextField(_("what the server said"), blank=True)
    first_at = models.DateTimeField(_("first"))
    last_at = models.DateTimeField(_("last"))

    class Meta(Scoped.Meta):
        verbose_name = _("refused address")
        verbose_name_plural = _("refused addresses")
        ordering = ["-last_at", "pk"]

    def __str__(self) -> str:
        return self.address

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned by the person whose address it is; the operator's health page reads it as the system."""
        return Q(person_id=access.person_id)
