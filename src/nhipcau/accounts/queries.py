from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from nhipcau.access import Access, system
from nhipcau.accounts.models import Membership, held_on
from nhipcau.network.models import valid_on

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from nhipcau.accounts.models import Person
    from nhipcau.network.models import Organisation


def memberships_on(person: Person, day: date) -> QuerySet[Membership]:
    """The roles that this person holds on a day, both ends included."""
    rows: QuerySet[Membership] = Membership.objects.filter(valid_on(day), person=person)
    return rows


def office_of(person: Person) -> Organisation | None:
    """The office that stands beside a person's name today: that of the first role held; None where none is."""
    held = memberships_on(person, timezone.localdate()).prefetch_related("organisation").first()
    return None if held is None else held.organisation


def access_for(person: Person, at: datetime | None = None) -> Access:
    """The access of a signed-in person: roles held on the day of ``at`` (aware; now) in Asia/Ho_Chi_Minh.

    Roles in which the person stands in for another count, for as long as the other holds them.
    """
    at = at or timezone.now()
    with system("sign-in"):
        own, deputised = held_on(person.pk, timezone.localdate(at))
    return Access(actor=person, person_id=person.pk, memberships=own | deputised.keys(), deputised=deputised, at=at)


def sample_people() -> QuerySet[Membership]:
    """The roles of sample people today, for one-click sign-in in a demonstration, by office and name."""
    rows: QuerySet[Membership] = Membership.objects.filter(
        valid_on(timezone.localdate()), person__sample=True, person__is_active=True
    )
    return rows.select_related("person", "organisation").order_by("organisation__sort_key", "person__sort_key", "role")
