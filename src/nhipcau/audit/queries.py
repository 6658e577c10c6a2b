from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from nhipcau.access import system
from nhipcau.audit.models import Entry
from nhipcau.audit.reading import Line, lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model

#: How many entries of a history stand on an object's page at first.
FIRST = 20


@dataclass(frozen=True, slots=True)
class History:
    """What happened to an object, newest first; ``more`` says whether there is older than what ``lines`` tells."""

    lines: Sequence[Line]
    more: bool = False


def history_of(target: Model, *parts: Model, limit: int | None = FIRST) -> History:
    """What happened to an object: for everybody who may see the object itself under the access now open.

    Whoever sees an object sees its history, auditor or not: the object is therefore asked for once more through its
    own manager, and only entries of exactly this object are read.

    Args:
        target: the object.
        parts: further objects whose history belongs to it (the memberships of a person); those that the reader may not
            see are left out.
        limit: how many entries at most, the newest; None for all.

    Raises:
        NoAccessOpenError: no access is open.
    """
    seen = [one for one in (target, *parts) if type(one)._default_manager.filter(pk=one.pk).exists()]  # noqa: SLF001
    if not seen:
        return History([])
    of_these = Q()
    for one in seen:
        of_these |= Q(object_type=one._meta.label_lower, object_id=str(one.pk))
    with system("history"):
        found = Entry.objects.filter(of_these).order_by("-pk")
        entries = list(found if limit is None else found[: limit + 1])
    shown = entries if limit is None else entries[:limit]
    return History(lines(shown), more=len(entries) > len(shown))
