from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access import Access, system
from nhipcau.accounts.models import Deputyship, Membership, Person, Role, held_on, in_force_on
from nhipcau.network.models import valid_on

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

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


class SampleOffice(NamedTuple):
    """Sample people of one office, each with the names of their roles; no office for those who keep the system."""

    office: Organisation | None
    people: list[tuple[Person, list[str]]]


def sample_offices() -> list[SampleOffice]:
    """The sample people by office, for one-click sign-in in a demonstration; whoever keeps the system stands last."""
    offices: dict[Organisation, dict[Person, list[str]]] = {}
    for held in sample_people():
        roles = offices.setdefault(held.organisation, {}).setdefault(held.person, [])
        roles.append(held.get_role_display())
    shown = [SampleOffice(office, list(people.items())) for office, people in offices.items()]
    owners = Person.objects.filter(sample=True, is_active=True, is_system_owner=True)
    keepers = [(person, [gettext("System owner")]) for person in owners]
    return [*shown, SampleOffice(None, keepers)] if keepers else shown


def sample_people() -> QuerySet[Membership]:
    """The roles of sample people today, for one-click sign-in in a demonstration, by office and name."""
    rows: QuerySet[Membership] = Membership.objects.filter(
        valid_on(timezone.localdate()), person__sample=True, person__is_active=True
    )
    return rows.select_related("person", "organisation").order_by("organisation__sort_key", "person__sort_key", "role")


def leavers() -> QuerySet[Person]:
    """Who may sign in and held roles, none of which is left today or will begin: the system alone sees them all."""
    today = timezone.localdate()
    held = Membership.objects.filter(person=OuterRef("pk"))
    left = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
    rows: QuerySet[Person] = Person.objects.filter(is_active=True, is_system_owner=False)
    return rows.filter(Exists(held), ~Exists(left))


def people_of(organisation: Organisation, day: date) -> QuerySet[Person]:
    """Who holds a role in an office on a day, by name; for whoever belongs to it."""
    held = Membership.objects.filter(valid_on(day), organisation=organisation)
    rows: QuerySet[Person] = Person.objects.filter(pk__in=held.values("person_id"))
    return rows


def holders_of(role: str, organisation: Organisation, day: date) -> QuerySet[Person]:
    """Who may act in a role of an office on a day: in their own right or as a deputy, with an account that is open."""
    held = Membership.objects.filter(valid_on(day), organisation=organisation, role=role)
    # Whoever stands in for a spokesperson is an authorised spokesperson.
    stood_in: dict[str, str | None] = {Role.AUTHORISED_SPOKESPERSON: Role.SPOKESPERSON, Role.SPOKESPERSON: None}
    deputised = stood_in.get(role, role)
    principals = Membership.objects.filter(valid_on(day), organisation=organisation, role=deputised)
    deputies = Deputyship.objects.filter(
        in_force_on(day), organisation=organisation, role=deputised, principal__in=principals.values("person_id")
    )
    rows: QuerySet[Person] = Person.objects.filter(is_active=True)
    return rows.filter(Q(pk__in=held.values("person_id")) | Q(pk__in=deputies.values("deputy_id")))


def open_sessions(person: Person) -> list[UserSession]:
    """Where this person is signed in now, the latest first: sessions that have not ended, by the password of today."""
    known = {row.session_key: row for row in UserSession.objects.filter(user_id=person.pk).order_by("-pk")}
    living = Session.objects.filter(session_key__in=list(known), expire_date__gt=timezone.now())
    today = person.get_session_auth_hash()
    keys = {
        row.session_key
        for row in living
        if (held := row.get_decoded()).get(SESSION_KEY) == str(person.pk) and held.get(HASH_SESSION_KEY) == today
    }
    return [row for key, row in known.items() if key in keys]
