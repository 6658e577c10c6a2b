"""What of a plan is word for word the one before: an amendment repeats by right, a new year's plan is worth a look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nhipcau.programme.domain.plan_contents import written_in
from nhipcau.programme.models import PlanActivity, PlanPart
from nhipcau.programme.queries.plans import plan_before
from nhipcau.text.staleness import Kept, kept_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhipcau.programme.models import Plan

#: What moves with the year, or is given anew each year; everything else that is equal is a repetition.
_OF_THE_YEAR = {"begins_on", "ends_on", "task"}


@dataclass(frozen=True, slots=True)
class Repeats:
    """What a plan repeats.

    Attributes:
        plan: the plan before; None where there is none, or where this one amends another.
        parts: key of a part -> what of its text was copied, where it was.
        activities: keys of the activities that say what last year's said, dates apart.
    """

    plan: Plan | None
    parts: Mapping[str, Kept]
    activities: frozenset[int]


def repeats_of(plan: Plan, parts: Iterable[PlanPart], activities: Iterable[PlanActivity]) -> Repeats:
    """What these parts and activities of a plan repeat of the plan before."""
    before = None if plan.amends_id else plan_before(plan)
    if before is None:
        return Repeats(None, {}, frozenset())
    texts = dict(PlanPart.objects.filter(plan=before).values_list("key", "text"))
    kept = {row.key: kept_of(texts.get(row.key, ""), row.text) for row in parts}
    rows = PlanActivity.objects.filter(plan=before, removed_at__isnull=True)
    old = {row.line: _said(row) for row in rows}
    same = frozenset(row.pk for row in activities if old.get(row.line) == _said(row))
    return Repeats(before, {key: each for key, each in kept.items() if each.percent}, same)


def _said(row: PlanActivity) -> dict[str, Any]:
    return {name: value for name, value in written_in(row).items() if name not in _OF_THE_YEAR}
