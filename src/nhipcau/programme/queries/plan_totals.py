"""What the activities of a plan add up to: how many, and what they cost, by group, category and source."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nhipcau.programme.models import BudgetSource, Category
from nhipcau.programme.plan_parts import group_names, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nhipcau.programme.models import Plan, PlanActivity


@dataclass(frozen=True, slots=True)
class Total:
    """One line of a summary: what it is of, its code for a filter, how many activities, millions of đồng."""

    code: str
    name: Any
    number: int
    budget: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything that a plan adds up to; ``unpriced`` activities name no amount yet."""

    number: int
    budget: Decimal
    unpriced: int
    by_category: Sequence[Total]
    by_source: Sequence[Total]
    by_group: Sequence[Total]


def totals_of(plan: Plan, activities: Sequence[PlanActivity]) -> Totals:
    """What these activities of a plan add up to, in the order of the choices; what is not said comes last."""
    return Totals(
        number=len(activities),
        budget=_sum(activities),
        unpriced=sum(row.budget is None for row in activities),
        by_category=_by(activities, lambda row: row.category, dict(Category.choices)),
        by_source=_by(activities, lambda row: row.budget_source, dict(BudgetSource.choices)),
        by_group=_by(activities, lambda row: row.group, group_names(parts_of(plan.template.parts))),
    )


def _by(
    activities: Iterable[PlanActivity], key: Callable[[PlanActivity], str], names: dict[str, Any]
) -> Sequence[Total]:
    groups: dict[str, list[PlanActivity]] = {}
    for row in activities:
        groups.setdefault(key(row), []).append(row)
    order = [*names, *(code for code in groups if code not in names)]
    return [Total(code, names.get(code, ""), len(groups[code]), _sum(groups[code])) for code in order if code in groups]


def _sum(activities: Iterable[PlanActivity]) -> Decimal:
    return sum((row.budget for row in activities if row.budget is not None), Decimal(0)).normalize() + 0
