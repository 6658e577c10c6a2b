"""What somebody holds on a day: their own roles, and those in which they stand in for another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from nhipcau.accounts.models.membership import Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

Pair = tuple[str, int]

# Asked on every request and for everybody who is told something. Written by hand: Django takes ten times as long to put
# these lines together as a database takes to answer them. The rules are those of valid_on and in_force_on.
_ON_DAY = "{0}valid_from <= %s AND ({0}valid_to IS NULL OR {0}valid_to >= %s)"
_ASKED = f"""
    SELECT role, organisation_id, person_id, person_id FROM accounts_membership
    WHERE {_ON_DAY.format("")} AND person_id IN (%(keys)s)
    UNION
    SELECT given.role, given.organisation_id, given.deputy_id, given.principal_id FROM accounts_deputyship AS given
    JOIN accounts_membership AS held ON held.person_id = given.principal_id
        AND held.organisation_id = given.organisation_id AND held.role = given.role
    WHERE {_ON_DAY.format("held.")} AND {_ON_DAY.format("given.")} AND given.ended_at IS NULL
        AND given.deputy_id IN (%(keys)s)
""".replace("%s", "%%s")  # noqa: S608 - nothing of anybody's stands in it


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
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_ASKED % {"keys": ", ".join(["%s"] * len(keys))}, [day, day, *keys, *[day] * 4, *keys])
        rows = cursor.fetchall()
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
