"""What somebody is told of, and how they want to be told."""

from __future__ import annotations

from collections import defaultdict
from datetime import time
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from nhipcau.access import system
from nhipcau.accounts.models import Deputyship, Membership, Person, in_force_on
from nhipcau.network.models import valid_on
from nhipcau.workspace.models import Notice, NoticeChoice, NoticeTimes
from nhipcau.workspace.notice_kinds import kind_of, kinds
from nhipcau.workspace.quiet import Clock

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from nhipcau.access import Access
    from nhipcau.network.models import Organisation
    from nhipcau.workspace.notice_kinds import Kind

#: Times of whoever has not chosen any.
DAILY_AT, QUIET_FROM, QUIET_TO = time(7), time(21), time(6)


def notices() -> QuerySet[Notice]:
    """The notices of the person of the access now open, the newest first."""
    rows: QuerySet[Notice] = Notice.objects.all()
    return rows


def unread_count(access: Access) -> int:
    """How many notices the person of this access, which is open, has not read."""
    unread: int = Notice.objects.filter(person_id=access.person_id, read_at__isnull=True).count()
    return unread


class Shown(NamedTuple):
    """A notice as its reader sees it.

    ``open`` is whether they still see what it is about; ``kind`` None where its room is not there any more.
    """

    notice: Notice
    kind: Kind | None
    open: bool


def as_shown(told: Iterable[Notice]) -> list[Shown]:
    """Notices of the person of the access now open, with their kind and whether the target is still theirs to see."""
    told = list(told)
    visible = {notice.pk for notice in still_visible(told)}
    by_key = {kind.key: kind for kind in kinds()}
    return [Shown(notice, by_key.get(notice.kind), notice.pk in visible) for notice in told]


def choices_of(person: Person) -> dict[str, str]:
    """How a person is told of each registered kind: kind to channel."""
    chosen = dict(NoticeChoice.objects.filter(person=person).values_list("kind", "channel"))
    return {kind.key: chosen.get(kind.key, kind.channel) for kind in kinds()}


def chosen_zone(person: Person) -> str:
    """The time zone that a person chose; empty where it follows the office."""
    return NoticeTimes.objects.filter(person=person).values_list("time_zone", flat=True).first() or ""


def still_visible(told: Iterable[Notice]) -> list[Notice]:
    """Those whose target the access now open still sees: a notice does not outlive the right to what it names.

    One query for each kind of target.
    """
    told = list(told)
    keys: dict[str, set[str]] = defaultdict(set)
    for notice in told:
        keys[notice.target_type].add(notice.target_id)
    seen = {(name, str(key)) for name, wanted in keys.items() for key in _seen(name, wanted)}
    return [notice for notice in told if (notice.target_type, notice.target_id) in seen]


def _seen(name: str, keys: Collection[str]) -> Iterable[Any]:
    try:
        model: Any = apps.get_model(name)
    except LookupError:
        # The room is not there any more.
        return ()
    rows: Iterable[Any] = model.objects.filter(pk__in=keys).values_list("pk", flat=True)
    return rows


def channels(people: Iterable[Person], key: str) -> dict[int, str]:
    """How each of these people is told of a kind of thing: person's key to channel."""
    people = list(people)
    kind = kind_of(key)
    with system("notices"):
        chosen = dict(NoticeChoice.objects.filter(person__in=people, kind=key).values_list("person_id", "channel"))
    return {person.pk: chosen.get(person.pk, kind.channel) for person in people}


def clocks(people: Iterable[Person]) -> Mapping[int, Clock]:
    """The clock of each of these people: their own time zone, or that of the office in which they hold a role."""
    people = list(people)
    with system("notices"):
        chosen = {times.person_id: times for times in NoticeTimes.objects.filter(person__in=people)}
        held = Membership.objects.filter(valid_on(timezone.localdate()), person__in=people)
        offices = {row.person_id: row.organisation for row in held.select_related("organisation").order_by("-pk")}
    return {person.pk: _clock(chosen.get(person.pk), offices.get(person.pk)) for person in people}


def _clock(times: NoticeTimes | None, office: Organisation | None) -> Clock:
    zone = zone_of(times.time_zone if times is not None else "", office)
    if times is None:
        return Clock(zone=zone, daily_at=DAILY_AT, quiet_from=QUIET_FROM, quiet_to=QUIET_TO)
    return Clock(zone=zone, daily_at=times.daily_at, quiet_from=times.quiet_from, quiet_to=times.quiet_to)


def zone_of(chosen: str, office: Organisation | None) -> ZoneInfo:
    """A person's time zone: the one chosen, else the office's, else that of the desk."""
    for name in (chosen, getattr(office, "time_zone", "") or ""):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            continue
    return ZoneInfo(settings.TIME_ZONE)


def holders(organisation: Organisation, *roles: str, on: date | None = None) -> list[Person]:
    """Who acts in one of these roles in an office on a day (today), deputies included, each once, by name."""
    day = on or timezone.localdate()
    with system("notices"):
        held = Membership.objects.filter(valid_on(day), organisation=organisation, role__in=roles)
        itself = held.filter(person=OuterRef("principal"), role=OuterRef("role"))
        given = Deputyship.objects.filter(in_force_on(day), Exists(itself), organisation=organisation, role__in=roles)
        either = Q(pk__in=held.order_by().values("person")) | Q(pk__in=given.order_by().values("deputy"))
        return list(Person.objects.filter(either, is_active=True).order_by("sort_key", "pk"))
