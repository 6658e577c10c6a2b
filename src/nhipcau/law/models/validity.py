from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q

if TYPE_CHECKING:
    from datetime import date


def valid_on(day: date) -> Q:
    """Which dated rows hold on a day: ``valid_from`` and ``valid_to`` are both included, an open end has not come."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def ends_after_it_begins() -> Q:
    """The condition of every dated table."""
    return Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
