"""Figures of one map of bodies put onto the map of another day. Standard library only: no tables, no guesses.

A map is the bodies that exist on a day. A body *flows* into those of the other map that hold what it was: itself while
it exists, what it merged into, the parts it was split into. Where a body flows into one, its value goes there, and the
values of all that flow into the same one are added up. Where it flows into several, nobody knows how its value would
divide, so it is reported whole beside the result and never apportioned. A value that is not there is never zero: the
sum says which members are missing. What comes out, all parts together, is exactly what went in.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    Key = TypeVar("Key", bound=Hashable)
else:
    Key = TypeVar("Key")

_EVE = timedelta(days=1)


class NotOnTheMapError(Exception):
    """A value belongs to a body that does not exist on the day whose map it is said to be of."""


@dataclass(frozen=True, slots=True)
class Life:
    """First and last day on which a body exists, both included; None has not come."""

    valid_from: date
    valid_to: date | None = None

    def includes(self, day: date) -> bool:
        """Whether the body exists on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Passing(Generic[Key]):
    """A body took over from another on a day.

    Attributes:
        kind: ``merge``, ``split``, ``rename`` or ``transfer``.
        day: the first on which ``after`` holds it.
        duty: the duty of the network that passed with it, or empty.
    """

    before: Key
    after: Key
    kind: str
    day: date
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Flow(Generic[Key]):
    """Into which bodies of the second map each body of the first flows."""

    into: Mapping[Key, frozenset[Key]]
    onto: frozenset[Key]

    def members(self) -> dict[Key, frozenset[Key]]:
        """The other way round: for every body of the second map those of the first that flow into it."""
        found: dict[Key, set[Key]] = {key: set() for key in self.onto}
        for key, targets in self.into.items():
            for target in targets:
                found[target].add(key)
        return {key: frozenset(members) for key, members in found.items()}

    def groups(self) -> list[tuple[frozenset[Key], frozenset[Key]]]:
        """The smallest sets of bodies of both maps whose totals can be compared with each other.

        A body that nothing flows into, or that flows nowhere, is a group with an empty side.
        """
        members = self.members()
        seen: set[Key] = set()
        found = []
        for start in self.into:
            if start in seen:
                continue
            left: set[Key] = {start}
            right: set[Key] = set()
            edge = [start]
            while edge:
                reached = {target for key in edge for target in self.into[key]} - right
                right |= reached
                edge = [key for target in reached for key in members[target] if key not in left]
                left.update(edge)
            seen |= left
            found.append((frozenset(left), frozenset(right)))
        return found + [(frozenset(), frozenset([key])) for key in self.onto if not members[key]]


@dataclass(frozen=True, slots=True)
class Unsplit(Generic[Key]):
    """A value whole: it belongs to several bodies of the other map, and nothing says how it divides among them."""

    body: Key
    value: Any
    among: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Rebased(Generic[Key]):
    """Values on the other map, and what could not be put there.

    Attributes:
        values: for each body that something certain reached, the sum of its members' values.
        missing: bodies of the other map, and which of their members had no value; their sums are incomplete.
        unsplit: values that belong to several bodies.
        unplaced: values of bodies that nothing on the other map follows or comes from.
    """

    values: Mapping[Key, Any]
    missing: Mapping[Key, frozenset[Key]]
    unsplit: tuple[Unsplit[Key], ...]
    unplaced: Mapping[Key, Any]

    @property
    def total(self) -> Any:
        """All that came out: equal to the sum of what went in."""
        return sum([*self.values.values(), *(one.value for one in self.unsplit), *self.unplaced.values()])

    def undivided(self, body: Key) -> tuple[Unsplit[Key], ...]:
        """The values of which a part, nobody knows how much, belongs to this body."""
        return tuple(one for one in self.unsplit if body in one.among)


def flow_between(
    lives: Mapping[Key, Life],
    passings: Iterable[Passing[Key]],
    *,
    from_day: date,
    to_day: date,
    duty: str = "",
) -> Flow[Key]:
    """How the bodies that exist on ``from_day`` flow into those of ``to_day``; either may be the earlier.

    Args:
        lives: every body that matters on either day and in between.
        passings: what happened between them.
        from_day: the day whose map the values are of.
        to_day: the day onto whose map they are put.
        duty: figures counted under this duty go where the duty went, where a passing names it.
    """
    first, last = min(from_day, to_day), max(from_day, to_day)
    gone: dict[Key, list[Passing[Key]]] = defaultdict(list)
    for passing in passings:
        if first < passing.day <= last:
            gone[passing.before].append(passing)
    early = [key for key, life in lives.items() if life.includes(first)]
    late = frozenset(key for key, life in lives.items() if life.includes(last))
    into = {key: _reached(key, first, late, gone, duty) for key in early}
    forward = Flow(into, late)
    if from_day <= to_day:
        return forward
    return Flow(forward.members(), frozenset(early))


def _reached(
    start: Key, since: date, late: frozenset[Key], gone: Mapping[Key, list[Passing[Key]]], duty: str
) -> frozenset[Key]:
    """The bodies of the late map that hold what ``start`` was after ``since``."""
    found: set[Key] = set()
    seen: set[tuple[Key, date]] = set()
    edge = [(start, since)]
    while edge:
        key, after = edge.pop()
        if (key, after) in seen:
            continue
        seen.add((key, after))
        passed = [passing for passing in gone.get(key, ()) if passing.day > after]
        with_duty = [passing for passing in passed if duty and passing.duty == duty]
        if with_duty:
            passed = with_duty
        elif key in late:
            # What goes on existing keeps its figures, whatever duty it gave away; only a split divides them.
            found.add(key)
            passed = [passing for passing in passed if passing.kind == "split"]
        edge.extend((passing.after, passing.day - _EVE) for passing in passed)
    return frozenset(found)


def rebase(values: Mapping[Key, Any], flow: Flow[Key]) -> Rebased[Key]:
    """Put values of the first map of a flow onto its second.

    Args:
        values: body -> int, Decimal or Fraction, exact under addition; None, or no entry, where there is no value.
        flow: from :func:`flow_between`.

    Raises:
        NotOnTheMapError: a value belongs to a body that is not on the first map.
    """
    known = {key: value for key, value in values.items() if value is not None}
    strangers = known.keys() - flow.into.keys()
    if strangers:
        raise NotOnTheMapError(", ".join(sorted(map(str, strangers))))
    sums: dict[Key, Any] = {}
    missing: dict[Key, set[Key]] = defaultdict(set)
    unsplit, unplaced = [], {}
    for key, targets in flow.into.items():
        if key not in known:
            for target in targets:
                missing[target].add(key)
        elif not targets:
            unplaced[key] = known[key]
        elif len(targets) > 1:
            unsplit.append(Unsplit(key, known[key], targets))
        else:
            (target,) = targets
            sums[target] = sums[target] + known[key] if target in sums else known[key]
    return Rebased(sums, {key: frozenset(gone) for key, gone in missing.items()}, tuple(unsplit), unplaced)
