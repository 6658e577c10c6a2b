"""Whom a step concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from nhipcau.access import system
from nhipcau.accounts.models import Membership, Person
from nhipcau.network.models import valid_on

if TYPE_CHECKING:
    from collections.abc import Iterable


def holding(roles: Iterable[str], offices: Iterable[int]) -> list[Person]:
    """Whoever holds one of the roles there today. The actor need not see who holds which role: the system looks."""
    with system("notices"):
        held = Membership.objects.filter(
            valid_on(timezone.localdate()), role__in=list(roles), organisation_id__in=list(offices)
        )
        return list(Person.objects.filter(pk__in=held.order_by().values("person_id")))
