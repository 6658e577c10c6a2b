from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.network.models import Organisation, valid_on

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def organisations_on(day: date) -> QuerySet[Organisation]:
    """The organisations that exist on a day, both ends included, in Vietnamese alphabetical order."""
    rows: QuerySet[Organisation] = Organisation.objects.filter(valid_on(day))
    return rows
