from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access import Access, system
from nhipcau.accounts.models import (
    FULL_TIME,
    Deputyship,
    FocalDuty,
    Invitation,
    Membership,
    Person,
    Role,
    held_by,
    in_force_on,
    open_at,
)
from nhipcau.network.models import Kind, Organisation, valid_on
from nhipcau.search import parse
from nhipcau.text import nfc

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet


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
    return accesses_for([person], at)[person.pk]


def accesses_for(people: Iterable[Person], at: datetime | None = None) -> dict[int, Access]:
    """The same for several people, by their keys, in one query."""
    at, asked = at or timezone.now(), {person.pk: person for person in people}
    with system("sign-in"):
        found = held_by(asked, timezone.localdate(at))
    return {
        key: Access(
            actor=person,
            person_id=key,
            memberships=found[key].own | found[key].deputised.keys(),
            deputised=found[key].deputised,
            at=at,
        )
        for key, person in asked.items()
    }


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


def found_by_name(text: str, *, exact: bool = False) -> QuerySet[Person]:
    """People whose name or address holds every word, found by its beginning, marks or none; by name.

    Words in quotation marks stand together; ``exact`` asks for the marks too, never for capitals. Without a word nobody
    is found. Whoever may no longer sign in is found too: their name stands on what they did.
    """
    phrases = [" ".join(phrase) for phrase in parse(text).phrases]
    rows: QuerySet[Person] = Person.objects.all() if phrases else Person.objects.none()
    for phrase in phrases:
        rows = rows.filter(folded__contains=f" {phrase}")
    if exact:
        typed = [word.strip('"“”') for word in nfc(text).casefold().split()]
        named = rows.values_list("pk", "name", "email")
        rows = rows.filter(
            pk__in=[pk for pk, *both in named if all(word in " ".join(both).casefold() for word in typed)]
        )
    return rows


def offices_administered(access: Access) -> QuerySet[Organisation]:
    """The offices whose people may be kept under an access: those administered; for the system owner all that exist."""
    rows: QuerySet[Organisation] = Organisation.objects.all()
    if getattr(access.actor, "is_system_owner", False):
        return rows.filter(valid_on(timezone.localdate(access.at)))
    return rows.filter(pk__in=access.organisations(Role.OFFICE_ADMINISTRATOR))


def office_people() -> QuerySet[Person]:
    """Whoever holds or held a role that the reader may see, with these roles (``seen_roles``) and open invitations.

    For the list of the people of one's offices: ``seen_roles`` are rows of :class:`Membership` with their office, the
    latest first; ``seen_duties`` the duties as focal officer of today; ``asked`` the invitations not used yet.
    """
    today = timezone.localdate()
    seen = Membership.objects.all()
    rows: QuerySet[Person] = Person.objects.filter(pk__in=seen.order_by().values("person_id"))
    roles = seen.order_by("-valid_from", "role").prefetch_related("organisation")
    deputies = Deputyship.objects.filter(in_force_on(today)).prefetch_related("principal", "deputy")
    return rows.prefetch_related(
        Prefetch("memberships", roles, to_attr="seen_roles"),
        Prefetch("deputyships_given", deputies, to_attr="stood_in"),
        Prefetch("deputyships_held", deputies, to_attr="standing_in"),
        Prefetch("invitations", Invitation.objects.filter(open_at()), to_attr="asked"),
    )


def deputyships_of(person: Person) -> QuerySet[Deputyship]:
    """Where others stand in for somebody and where they stand in for others, the latest first, with all three names."""
    return seen_deputyships().filter(Q(principal=person) | Q(deputy=person))


def seen_deputyships() -> QuerySet[Deputyship]:
    """Every deputyship that the reader may see, with all three names."""
    rows: QuerySet[Deputyship] = Deputyship.objects.prefetch_related("principal", "deputy", "organisation")
    return rows


def colleagues(person: Person) -> QuerySet[Person]:
    """Who could stand in for somebody: whoever has a role today in an office where they have one, and may sign in."""
    day = timezone.localdate()
    offices = memberships_on(person, day).order_by().values("organisation_id")
    there = Membership.objects.filter(valid_on(day), organisation_id__in=offices)
    rows: QuerySet[Person] = Person.objects.filter(is_active=True, pk__in=there.order_by().values("person_id"))
    return rows.exclude(pk=person.pk)


def focal_duties_on(day: date) -> QuerySet[FocalDuty]:
    """The duties of focal officers on a day, with their people."""
    rows: QuerySet[FocalDuty] = FocalDuty.objects.filter(valid_on(day))
    return rows.select_related("person")


def focal_offices(day: date, *, sample: bool) -> QuerySet[Organisation]:
    """The offices of a day with their focal officers (``officers``, duties of that day).

    Annotated: ``officer_count``, ``full_time`` (officers who do nothing else) and ``shares`` (percent, summed).
    """
    on_day = focal_duties_on(day).order_by("-share", "person__sort_key")
    now = Q(focal_duties__valid_from__lte=day) & (
        Q(focal_duties__valid_to__isnull=True) | Q(focal_duties__valid_to__gte=day)
    )
    rows: QuerySet[Organisation] = Organisation.objects.filter(valid_on(day), sample=sample)
    return rows.annotate(
        officer_count=Count("focal_duties", filter=now),
        full_time=Count("focal_duties", filter=now & Q(focal_duties__share=FULL_TIME)),
        shares=Coalesce(Sum("focal_duties__share", filter=now), 0),
    ).prefetch_related(Prefetch("focal_duties", on_day, to_attr="officers"))


def focal_coverage(day: date, *, sample: bool) -> list[Coverage]:
    """How the classes of offices are covered by focal officers on a day, in the order of the classes: one query."""
    found: dict[str, list[int]] = {}
    offices: Any = focal_offices(day, sample=sample).prefetch_related(None).order_by()
    for kind, officers, full_time, shares in offices.values_list("kind", "officer_count", "full_time", "shares"):
        counted = (1, int(officers > 0), officers, full_time, shares)
        found[kind] = [a + b for a, b in zip(found.get(kind, [0] * 5), counted, strict=True)]
    return [Coverage(kind, str(label), *found[kind]) for kind, label in Kind.choices if kind in found]


class Coverage(NamedTuple):
    """One class of offices: how many there are, how many have a focal officer, how many officers and how much of them.

    ``shares`` is the sum of their shares of working time, in percent: 150 are one and a half people.
    """

    kind: str
    label: str
    offices: int
    covered: int
    officers: int
    full_time: int
    shares: int

    @property
    def uncovered(self) -> int:
        """Offices without a focal officer."""
        return self.offices - self.covered

    @property
    def part_time(self) -> int:
        """Officers who have other work besides."""
        return self.officers - self.full_time

    @property
    def full_time_equivalent(self) -> float:
        """As how many people who do nothing else."""
        return self.shares / FULL_TIME
