from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from nhipcau.network.lineage import Line, walk
from nhipcau.network.models import (
    HeldRole,
    Jurisdiction,
    Organisation,
    OrganisationClass,
    OrganisationCode,
    OrganisationName,
    OrganisationParent,
    RoleInNetwork,
    Succession,
    valid_on,
)
from nhipcau.network.rebase import Flow, Life, Passing, flow_between
from nhipcau.network.tree import Node, Tree, grow

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.db.models import QuerySet


def organisations_on(day: date) -> QuerySet[Organisation]:
    """The organisations that exist on a day, both ends included, in Vietnamese alphabetical order."""
    rows: QuerySet[Organisation] = Organisation.objects.filter(valid_on(day))
    return rows


def tree_on(day: date, *, sample: bool | None = None) -> Tree:
    """Every body that existed on a day, under the name, class and parent that it had then: three queries.

    Args:
        day: in Asia/Ho_Chi_Minh.
        sample: only sample offices, or only real bodies; None for both.
    """
    whose = Q() if sample is None else Q(organisation__sample=sample)
    names = (
        OrganisationName.objects.filter(valid_on(day), whose)
        .order_by("sort_key", "organisation_id")
        .values_list("organisation_id", "name_vi", "name_en", "organisation__sample")
    )
    classes = (
        OrganisationClass.objects.filter(valid_on(day), whose)
        .order_by("-main", "kind")
        .values_list("organisation_id", "kind")
    )
    parents = (
        OrganisationParent.objects.filter(valid_on(day), whose).order_by().values_list("organisation_id", "parent_id")
    )
    kinds: dict[int, list[str]] = {}
    for pk, kind in classes:
        kinds.setdefault(pk, []).append(kind)
    nodes = {pk: Node(pk, name_vi, name_en, tuple(kinds[pk]), sample) for pk, name_vi, name_en, sample in names}
    return grow(nodes, dict(parents))


def days_of_change(*, sample: bool | None = None) -> list[date]:
    """The days on which the map changed, in the order of time: a body began, had ended, was renamed or moved."""
    whose = Q() if sample is None else Q(organisation__sample=sample)
    found: set[date] = set()
    for model in (OrganisationName, OrganisationParent, OrganisationClass):
        rows = model.objects.filter(whose).order_by().values_list("valid_from", "valid_to").distinct()
        for begin, end in rows:
            found.add(begin)
            if end is not None:
                found.add(end + timedelta(days=1))
    return sorted(found)


def successions() -> QuerySet[Succession]:
    """Every succession with both bodies, in the order of time."""
    rows: QuerySet[Succession] = Succession.objects.select_related("predecessor", "successor")
    return rows.order_by("day", "successor__sort_key", "predecessor__sort_key", "pk")


def lineage_of(organisation: Organisation) -> Line:
    """Where an organisation came from and what became of it, step by step in both directions: one query."""
    return walk(organisation, successions())


def answering_on(organisation: Organisation, day: date) -> Sequence[Organisation]:
    """Who answers on a day for what this body was: itself while it exists, else those it passed to; may be several.

    Those who took over a duty of this network come first. Nobody where it ended without a successor.
    """
    return lineage_of(organisation).answering(day)


def answering_today(organisation: Organisation) -> Sequence[Organisation]:
    """Who answers today, in Asia/Ho_Chi_Minh."""
    return answering_on(organisation, timezone.localdate())


def held_roles_on(role: str, on: date, *, sample: bool = False) -> QuerySet[HeldRole]:
    """Who holds a role of the network on a day, with the text that gave it; one body, or one in every province."""
    rows: QuerySet[HeldRole] = HeldRole.objects.filter(valid_on(on), role=role, organisation__sample=sample)
    return rows.select_related("organisation").order_by("organisation__sort_key")


def held_role(role: str, on: date, *, sample: bool = False) -> Organisation | None:
    """The body that holds a role of which there is one; None where nobody does.

    Raises:
        ValueError: the role is held in every province: ask :func:`held_roles_on`.
    """
    if not RoleInNetwork(role).exclusive:
        raise ValueError(f"{role} is held by many")
    found = held_roles_on(role, on, sample=sample).first()
    return found.organisation if found else None


def held_roles() -> QuerySet[HeldRole]:
    """Every role of the network with who holds or held it, role by role, the last first; real bodies before samples."""
    rows: QuerySet[HeldRole] = HeldRole.objects.select_related("organisation")
    return rows.order_by("role", "organisation__sample", "-valid_from", "organisation__sort_key")


def bearer_of_code(scheme: str, code: str, on: date) -> Organisation | None:
    """The body that carried a code on a day: the same code was another body's before."""
    rows = OrganisationCode.objects.filter(valid_on(on), scheme=scheme, code=code).select_related("organisation")
    found = rows.first()
    return found.organisation if found else None


def missions_covering(country: str, on: date) -> QuerySet[Organisation]:
    """The missions that cover a country on a day, ISO 3166-1 alpha-2."""
    held = Jurisdiction.objects.filter(valid_on(on), country=country)
    rows: QuerySet[Organisation] = Organisation.objects.filter(pk__in=held.values("organisation_id"))
    return rows


def flow_between_days(from_day: date, to_day: date, *, kinds: Collection[str] = (), duty: str = "") -> Flow[int]:
    """How the bodies of one day flow into those of another, by primary key: two queries. See :mod:`~.rebase`.

    Args:
        from_day: the day whose map figures are of.
        to_day: the day onto whose map they are put; may be the earlier.
        kinds: only bodies of these classes; all where none is named.
        duty: figures counted under this duty go where it went.
    """
    bodies = Organisation.objects.filter(kind__in=kinds) if kinds else Organisation.objects.all()
    lives = {pk: Life(begin, end) for pk, begin, end in bodies.order_by().values_list("pk", "valid_from", "valid_to")}
    rows = Succession.objects.values_list("predecessor_id", "successor_id", "kind", "day", "duty").order_by("day")
    passings = [Passing(*row) for row in rows if row[0] in lives and row[1] in lives]
    return flow_between(lives, passings, from_day=from_day, to_day=to_day, duty=duty)
