from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped

if TYPE_CHECKING:
    from nhipcau.access import Access


class AppendOnlyError(Exception):
    """An entry of the audit record was to be changed or removed."""


class Entry(Scoped):
    """One thing that was done: who, for which office, what, to which object, and why.

    Holds ids and labels, no foreign keys, so it outlives what it speaks of. The payload lies beside its hash: the hash
    is what will be chained, so a purge may empty the payload and leave the hash and the name of its rule. The payload
    is kept as the very text that was hashed: PostgreSQL's own JSON type rewrites numbers, and the hash would not match.
    """

    at = models.DateTimeField(_("time"), db_index=True)
    actor_id = models.CharField(_("actor"), max_length=64, db_index=True)
    actor_label = models.CharField(_("actor's name"), max_length=200)
    deputy_of = models.CharField(_("as deputy of"), max_length=64, blank=True)
    organisation_id = models.BigIntegerField(_("organisation"), null=True, blank=True, db_index=True)
    organisation_label = models.CharField(_("organisation's name"), max_length=300, blank=True)
    verb = models.CharField(_("what was done"), max_length=100)
    object_type = models.CharField(_("kind of object"), max_length=100)
    object_id = models.CharField(_("object"), max_length=64)
    object_label = models.CharField(_("object's name"), max_length=300, blank=True)
    payload = models.TextField(_("fields changed"), null=True, blank=True)  # noqa: DJ001 - NULL is purged, "null" is none
    payload_hash = models.CharField(max_length=64)
    purged_under = models.CharField(_("purged under the rule"), max_length=100, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    # Filled by the sealing worker alone: the place in the chain and the hash up to here.
    sequence = models.BigIntegerField(null=True, blank=True, unique=True, editable=False)
    chain_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta(Scoped.Meta):
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
            models.Index(fields=["request_id"], name="audit_request"),
            # What the worker looks for each minute: nothing, or the last few.
            models.Index(fields=["id"], condition=models.Q(sequence__isnull=True), name="audit_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label}: {self.verb} {self.object_label}"

    @classmethod
    def visible_to(cls, access: Access) -> models.Q:
        """An auditor reads the entries of the offices in which the role is held."""
        return models.Q(organisation_id__in=access.organisations("auditor"))

    @property
    def changes(self) -> Any:
        """The payload as it was given to ``record``; None where there was none, or where it was purged."""
        return None if self.payload is None else json.loads(self.payload)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new entry.

        Raises:
            AppendOnlyError: the entry has been written before.
        """
        if not self._state.adding:
            raise AppendOnlyError("An audit entry is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused.

        Raises:
            AppendOnlyError: always.
        """
        raise AppendOnlyError("An audit entry is never removed.")
