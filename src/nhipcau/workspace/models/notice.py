"""What somebody is to know: one row per person and effect, and how that person wants to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.accounts.models import Person
from nhipcau.workspace.models.mail import Mail

if TYPE_CHECKING:
    from nhipcau.access import Access


class Channel(models.TextChoices):
    """How a person is told. Whatever comes by mail stands on the desk as well."""

    DESK = "desk", _("On the desk only")
    MAIL = "mail", _("On the desk and by mail at once")
    DAILY = "daily", _("On the desk and in one mail a day")
    NEVER = "never", _("Not at all")


class Notice(Scoped):
    """One thing that one person is to know.

    It holds the id of what it is about, not a foreign key, and the English text of its sentence with the values that
    belong into it: each reader gets it in their own language. Whether the reader may still see the target is asked
    again whenever the notice is shown or mailed (:func:`nhipcau.workspace.queries.notices.still_visible`).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=64)
    #: What happened, told once to each person however often it is reported.
    effect = models.CharField(max_length=255)
    target_type = models.CharField(max_length=100)
    target_id = models.CharField(max_length=64)
    sentence = models.TextField(_("what happened"))
    #: ``{name: text}``, for the named places of the sentence.
    params = models.JSONField(default=dict, blank=True)
    #: Path on this desk, beginning with a slash.
    url = models.CharField(_("address"), max_length=500)
    #: Until when the person has to act; aware.
    due = models.DateTimeField(_("due"), null=True, blank=True)
    created_at = models.DateTimeField(_("time"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    #: From when it may go by mail; NULL where it does not.
    mail_due = models.DateTimeField(null=True, blank=True)
    #: The mail that tells of it, once there is one.
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, blank=True, related_name="notices")

    class Meta(Scoped.Meta):
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "effect"], name="told_once")]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="notice_newest"),
            models.Index(
                fields=["mail_due"], condition=Q(mail_due__isnull=False, mail__isnull=True), name="notice_to_mail"
            ),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """The sentence in the language now in use."""
        return gettext(self.sentence) % self.params if self.params else gettext(self.sentence)

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned by the person who is told."""
        return Q(person_id=access.person_id)


class NoticeChoice(Scoped):
    """How one person wants to be told of one kind of thing; without a row as the kind says."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notice_choices", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=64)
    channel = models.CharField(_("how"), max_length=8, choices=Channel)

    class Meta(Scoped.Meta):
        verbose_name = _("choice of how to be told")
        verbose_name_plural = _("choices of how to be told")
        ordering = ["person", "kind"]
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_choice_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_channel_display()}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned by the person."""
        return Q(person_id=access.person_id)


class NoticeTimes(Scoped):
    """When one person wants mail: the hour of the daily mail, the quiet hours, and in whose clock."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="notice_times", verbose_name=_("person"))
    #: IANA name; empty follows the office.
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    daily_at = models.TimeField(_("daily mail at"))
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_to = models.TimeField(_("quiet until"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("times for mail")
        verbose_name_plural = _("times for mail")
        ordering = ["person"]

    def __str__(self) -> str:
        return f"{self.person_id}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned by the person."""
        return Q(person_id=access.person_id)
