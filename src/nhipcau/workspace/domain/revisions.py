from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from nhipcau.accounts.models import Person
from nhipcau.workspace.models import Revision, on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.access import Actor


def add_revision(row: Any, *, number: int, actor: Actor, fields: Mapping[str, Any]) -> Revision:
    """Keep what was saved of an object. A part of saving it: the caller checks the rule and writes the audit entry."""
    person = actor if isinstance(actor, Person) else None
    made: Revision = Revision.objects.create(
        **on(row), number=number, person=person, saved_at=timezone.now(), fields=dict(fields)
    )
    return made
