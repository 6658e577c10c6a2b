"""What somebody holds on a day: their own roles, and those in which they stand in for another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, F, OuterRef

from nhipcau.accounts.models.deputyship import Deputyship, in_force_on
from nhipcau.accounts.models.membership import Membership, Role
from nhipcau.network.models import valid_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

Pair = tuple[str, int]


class Held(NamedTuple):
    """Pairs (role, organisation id).

    Attributes:
        own: held in one's own right.
        deputised: held as a deputy only -> the principals' ``actor_id``, oldest account first.
    """

    own: frozenset[Pair]
    deputised: dict[Pair, tuple[str, ...]]


def held_on(person_id: int, day: date) -> Held:
    """Everything that a person holds on a day, in one query; a deputy only while the principal holds the role."""
    return held_by([person_id], day)[person_id]


def held_by(people: Iterable[int], day: date) -> dict[int, Held]:
    """The same for several people, by their keys: in one query, too."""
    keys = list(people)
    own = Membership.objects.filter(valid_on(day), person_id__in=keys)
    role_itself = Membership.objects.filter(
        valid_on(day), person=OuterRef("principal"), organisation=OuterRef("organisation"), role=OuterRef("role")
    )
    given = Deputyship.objects.filter(in_force_on(day), Exists(role_itself), deputy_id__in=keys)
    rows = own.order_by().annotate(holder=F("person_id")).values_list("role", "organisation_id", "person_id", "holder")
    rows = rows.union(given.order_by().values_list("role", "organisation_id", "deputy_id", "principal_id"))
    pairs: dict[int, set[Pair]] = {key: set() for key in keys}
    deputised: dict[int, dict[Pair, set[int]]] = {key: {} for key in keys}
    for role, organisation_id, person_id, holder in rows:
        if holder == person_id:
            pairs[person_id].add((role, organisation_id))
        else:
            acted = Role.AUTHORISED_SPOKESPERSON.value if role == Role.SPOKESPERSON else role
            deputised[person_id].setdefault((acted, organisation_id), set()).add(holder)
    return {key: _held(pairs[key], deputised[key]) for key in keys}


def _held(pairs: set[Pair], deputised: dict[Pair, set[int]]) -> Held:
    return Held(
        own=frozenset(pairs),
        deputised={
            pair: tuple(f"person:{holder}" for holder in sorted(holders))
            for pair, holders in deputised.items()
            if pair not in pairs
        },
    )
