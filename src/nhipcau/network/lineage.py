"""Where a body came from and what became of it, over the successions of the network in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from nhipcau.network.models import Organisation, Succession


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """One succession seen from one of its bodies: the other body, and how that came or went on."""

    body: Organisation
    fact: Succession
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A body with everything that came before it and after it."""

    body: Organisation
    before: tuple[Branch, ...]
    after: tuple[Branch, ...]

    def answering(self, day: date) -> Sequence[Organisation]:
        """Who answers on a day for what the body was; who took over a duty of the network first."""
        if self.body.valid_from > day:
            return []
        if _exists(self.body, day):
            return [self.body]
        found = sorted(_heirs(self.after, day), key=lambda pair: not pair[0])
        return list(dict.fromkeys(body for _duty, body in found))

    def steps(self) -> Iterator[tuple[int, Branch]]:
        """Every succession after the body with its depth, each before those that follow it."""
        return _deep(self.after, 0)

    def origins(self) -> Iterator[tuple[int, Branch]]:
        """Every succession before the body with its depth, each before those that it came from."""
        return _deep(self.before, 0)


def walk(body: Organisation, successions: Iterable[Succession]) -> Line:
    """The line of a body, out of the successions of the whole network in the order of time.

    A duty that goes from one body to another and back makes no ring: each step is on a day not before the last.
    """
    facts = list(successions)
    return Line(
        body,
        tuple(_back(body, facts, None, frozenset())),
        tuple(_on(body, facts, None, frozenset())),
    )


def _on(body: Organisation, facts: list[Succession], since: date | None, seen: frozenset[int]) -> Iterator[Branch]:
    for fact in facts:
        if fact.predecessor_id == body.pk and fact.pk not in seen and (since is None or fact.day >= since):
            after = fact.successor
            yield Branch(after, fact, tuple(_on(after, facts, fact.day, seen | {fact.pk})))


def _back(body: Organisation, facts: list[Succession], until: date | None, seen: frozenset[int]) -> Iterator[Branch]:
    for fact in facts:
        if fact.successor_id == body.pk and fact.pk not in seen and (until is None or fact.day <= until):
            before = fact.predecessor
            yield Branch(before, fact, tuple(_back(before, facts, fact.day, seen | {fact.pk})))


def _heirs(branches: tuple[Branch, ...], day: date) -> Iterator[tuple[bool, Organisation]]:
    for branch in branches:
        if branch.fact.day > day:
            continue
        if _exists(branch.body, day):
            yield bool(branch.fact.duty), branch.body
        else:
            yield from _heirs(branch.branches, day)


def _deep(branches: tuple[Branch, ...], depth: int) -> Iterator[tuple[int, Branch]]:
    for branch in branches:
        yield depth, branch
        yield from _deep(branch.branches, depth + 1)


def _exists(body: Organisation, day: date) -> bool:
    return body.valid_from <= day and (body.valid_to is None or day <= body.valid_to)
