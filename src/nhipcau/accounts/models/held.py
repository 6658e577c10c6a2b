"""What somebody holds on a day: their own roles, and those in which they stand in for another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef

from nhipcau.accounts.models.deputyship import Deputyship, in_force_on
from nhipcau.accounts.models.membership import Membership, Role
from nhipcau.network.models import valid_on

if TYPE_CHECKING:
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
    own = Membership.objects.filter(valid_on(day), person_id=person_id)
    role_itself = Membership.objects.filter(
        valid_on(day), person=OuterRef("principal"), organisation=OuterRef("organisation"), role=OuterRef("role")
    )
    given = Deputyship.objects.filter(in_force_on(day), Exists(role_itself), deputy_id=person_id)
    rows = own.order_by().values_list("role", "organisation_id", "person_id")
    rows = rows.union(given.order_by().values_list("role", "organisation_id", "principal_id"))
    pairs: set[Pair] = set()
    deputised: dict[Pair, set[int]] = {}
    for role, organisation_id, holder in rows:
        if holder == person_id:
            pairs.add((role, organisation_id))
        else:
            acted = Role.AUTHORISED_SPOKESPERSON.value if role == Role.SPOKESPERSON else role
            deputised.setdefault((acted, organisation_id), set()).add(holder)
    return Held(
        own=frozenset(pairs),
        deputised={
            pair: tuple(f"person:{holder}" for holder in sorted(holders))
            for pair, holders in deputised.items()
            if pair not in pairs
        },
    )
