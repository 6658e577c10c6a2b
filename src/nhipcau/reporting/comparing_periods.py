"""Figures of two campaigns side by side on one map. No database here, no guesses.

What merged is compared with the sum of what it was made of; what was divided is compared together with the other parts.
A group of which one office had no value in either period is not compared, and is named: nothing is ever taken for zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    #: The smallest sets of bodies of both maps that can be compared, the earlier map first
    #: (:meth:`nhipcau.network.rebase.Flow.groups`).
    Groups = Sequence[tuple[frozenset[int], frozenset[int]]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Offices of both periods whose sums can be compared: ``now`` and ``before`` are of the whole group."""

    offices: frozenset[int]
    members: frozenset[int]
    now: Decimal
    before: Decimal


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of two campaigns.

    Attributes:
        pairs: what can be compared.
        without: offices with a value now that cannot be compared -> the bodies of the other period that had none; an
            empty set where nothing was before them.
        gone: bodies of the period before whose value is compared with nothing -> that value.
    """

    pairs: tuple[Pair, ...]
    without: Mapping[int, frozenset[int]] = field(default_factory=dict)
    gone: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def now(self) -> Decimal | None:
        """Of the offices that can be compared; None where there is none."""
        return sum((pair.now for pair in self.pairs), Decimal(0)) if self.pairs else None

    @property
    def before(self) -> Decimal | None:
        """The same of the period before."""
        return sum((pair.before for pair in self.pairs), Decimal(0)) if self.pairs else None

    def pair_of(self, office: int) -> Pair | None:
        """The group in which an office of this period is compared."""
        return next((pair for pair in self.pairs if office in pair.offices), None)


def compare(now: Mapping[int, Decimal], before: Mapping[int, Decimal], groups: Groups) -> Compared:
    """Compare values of offices with those of the period before.

    Args:
        now: office -> value, of the second map of the flow.
        before: body -> value, of its first map.
        groups: of the flow from the period before to this one.
    """
    pairs: list[Pair] = []
    without: dict[int, frozenset[int]] = {}
    gone: dict[int, Decimal] = {}
    seen_now: set[int] = set()
    seen_before: set[int] = set()
    for members, offices in groups:
        given, had = now.keys() & offices, before.keys() & members
        if not given and not had:
            continue
        seen_now |= offices
        seen_before |= members
        if given == offices and had == members and given and had:
            sums = sum((now[key] for key in given), Decimal(0)), sum((before[key] for key in had), Decimal(0))
            pairs.append(Pair(frozenset(given), frozenset(had), *sums))
            continue
        missing = frozenset(members - had) | frozenset(offices - given)
        without |= dict.fromkeys(sorted(given), missing)
        gone |= {key: before[key] for key in sorted(had)}
    # Bodies that are on neither map: they began after the day on which the report was due.
    without |= {key: frozenset() for key in sorted(now.keys() - seen_now)}
    gone |= {key: before[key] for key in sorted(before.keys() - seen_before)}
    return Compared(tuple(pairs), without, gone)
