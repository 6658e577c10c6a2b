from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.accounts.models import Person
from nhipcau.network.models import Organisation
from nhipcau.workspace.models.attached import Attached

if TYPE_CHECKING:
    from nhipcau.access import Access


class Audience(models.TextChoices):
    """Whom a comment speaks to."""

    OFFICE = "office", _("My office only")
    EVERYBODY = "everybody", _("Everybody who reads this")


class Comment(Attached):
    """What somebody says of an object, for their own office or for everybody who reads the object.

    ``must_answer`` comes with an object that is sent back: it is answered before the object is submitted again. A
    comment that is withdrawn keeps its place, its author and its time; its text is shown no more.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("author"))
    audience = models.CharField(_("for"), max_length=16, choices=Audience, default=Audience.OFFICE)
    text = models.TextField(_("text"))
    #: Of which part of the object it speaks, by the object's own keys (``figures.items``); empty for all of it.
    place = models.CharField(_("place"), max_length=120, blank=True)
    reply_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies", verbose_name=_("reply to"))
    #: Ids of the people named in it.
    mentions = models.JSONField(_("people named"), default=list)
    must_answer = models.BooleanField(_("must be answered"), default=False)
    resolved_at = models.DateTimeField(_("answered"), null=True)
    resolved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by"))
    made_at = models.DateTimeField(_("said"))
    edited_at = models.DateTimeField(_("edited"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta(Attached.Meta):
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="comment_on")]

    def __str__(self) -> str:
        return f"{self.author}, {self.made_at:%d/%m/%Y %H:%M}"

    @classmethod
    def visible_to(cls, access: Access, objects: Q | None = None) -> Q:
        """Who sees the object; what is for an office only, its members among them."""
        own = Q(organisation_id__in=access.organisations())
        return super().visible_to(access, objects) & (own | Q(audience=Audience.EVERYBODY))
