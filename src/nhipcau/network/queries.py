from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from nhipcau.network.models import Organisation

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def organisations_on(day: date) -> QuerySet[Organisation]:
    """The organisations that exist on a day, both ends included, in Vietnamese alphabetical order."""
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    rows: QuerySet[Organisation] = Organisation.objects.filter(still, valid_from__lte=day)
    return rows
