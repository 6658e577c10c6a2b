"""What is being written at this moment: what nobody has saved yet, and who is at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.accounts.models import Person
from nhipcau.workspace.models.attached import Attached, AttachedManager, on_visible_objects

if TYPE_CHECKING:
    from nhipcau.access import Access


class UnsavedText(Scoped):
    """What a person typed into the form of an object and has not saved: kept on the server, for desks are shared.

    An object that does not exist yet has ``object_id`` 0 and a ``key`` that its form was opened with.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    object_type = models.CharField(_("kind of object"), max_length=100)
    object_id = models.BigIntegerField(_("object"), default=0)
    key = models.CharField(max_length=32, blank=True)
    #: The version that the form was opened with; 0 for a new object.
    version = models.PositiveIntegerField(_("version"), default=0)
    #: Name of a field -> the values that the form sent.
    values = models.JSONField(_("fields"), default=dict)
    saved_at = models.DateTimeField(_("saved"))

    objects = AttachedManager()

    class Meta(Scoped.Meta):
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "object_type", "object_id", "key"], name="unsaved_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id or self.key}"

    @classmethod
    def visible_to(cls, access: Access, objects: Q | None = None) -> Q:
        """The person's own; on an object that they see no more, nobody's."""
        seen = on_visible_objects(access) if objects is None else objects
        return Q(person_id=access.person_id) & (Q(object_id=0) | seen)


class EditLock(Attached):
    """Who writes an object at this moment, and since when. It warns; that nothing is lost, the versions see to."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    since = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("last seen"))

    class Meta(Attached.Meta):
        verbose_name = _("edit lock")
        verbose_name_plural = _("edit locks")
        constraints = [
            models.UniqueConstraint(fields=["object_type", "object_id"], name="one_writer_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}: {self.person}"
