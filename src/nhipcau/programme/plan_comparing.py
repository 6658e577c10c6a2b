"""What changed between two versions of a plan, or two editions of it: parts word by word, activities field by field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from nhipcau.programme.forms.plans import amount_as_typed, labels
from nhipcau.programme.models import ActivityChannel, Audience, BudgetSource, Category, PlanActivity, TaskInstance
from nhipcau.programme.plan_parts import group_names, parts_of
from nhipcau.text import compare_words, moved
from nhipcau.ui.templatetags.ui import country_name, day, language_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.programme.models import Plan
    from nhipcau.text import Piece

#: Fields of an activity that are words; of the others what they were and are is shown.
_CHOICES = {
    "category": dict(Category.choices),
    "channel": dict(ActivityChannel.choices),
    "audience": dict(Audience.choices),
    "budget_source": dict(BudgetSource.choices),
}


@dataclass(slots=True)
class PlanChange:
    """What became of one part or activity, or of the head.

    Attributes:
        kind: ``new``, ``gone``, ``moved`` or ``changed``.
        title: what it is called.
        places: of an activity where it stood and where it stands, from 1; None where it is not there.
        fields: name of a field as people read it -> its words, what went and what came.
    """

    kind: str
    title: str
    places: tuple[int | None, int | None] = (None, None)
    fields: list[tuple[str, list[Piece]]] = field(default_factory=list)


def compare_plans(plan: Plan, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[PlanChange]:
    """What differs between two versions, as ``domain.plan_contents.contents_of`` keeps them.

    Args:
        plan: the plan whose template names the parts.
        before: the earlier version; of this plan, or of the one that it amends.
        after: the later version.
    """
    found = []
    head = _words(gettext("Title"), before.get("title", ""), after.get("title", ""))
    if head:
        found.append(PlanChange("changed", gettext("Head of the plan"), fields=head))
    old_parts, new_parts = before.get("parts", {}), after.get("parts", {})
    titles = {part.key: part.title for part in parts_of(plan.template.parts)}
    for key in {**titles, **old_parts, **new_parts}:
        fields = _words(gettext("Text"), old_parts.get(key, ""), new_parts.get(key, ""))
        if fields:
            found.append(PlanChange("changed", titles.get(key, key), fields=fields))
    return [*found, *_activities(plan, before.get("activities", []), after.get("activities", []))]


def _activities(plan: Plan, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[PlanChange]:
    names = _Names(plan, [*before, *after])
    old = {row["line"]: (place, row) for place, row in enumerate(before, 1)}
    new = {row["line"]: (place, row) for place, row in enumerate(after, 1)}
    in_other_order = moved([key for key in old if key in new], [key for key in new if key in old])
    found = []
    for key, (place, row) in new.items():
        if key not in old:
            found.append(PlanChange("new", _title(row), (None, place), names.fields({}, row)))
            continue
        stood, was = old[key]
        fields = names.fields(was, row)
        if fields or key in in_other_order:
            found.append(PlanChange("changed" if fields else "moved", _title(row), (stood, place), fields))
    gone = [(place, row) for key, (place, row) in old.items() if key not in new]
    return [*found, *(PlanChange("gone", _title(row), (place, None)) for place, row in gone)]


class _Names:
    """What the codes in kept versions are called."""

    def __init__(self, plan: Plan, rows: list[dict[str, Any]]) -> None:
        self.labels = labels()
        self.groups = group_names(parts_of(plan.template.parts))
        keys = {row["task"] for row in rows if row.get("task")}
        there = TaskInstance.objects.filter(pk__in=keys).select_related("task") if keys else ()
        self.tasks = {row.pk: str(row.task) for row in there}

    def fields(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, list[Piece]]]:
        found = []
        for name in PlanActivity.WRITTEN:
            if before.get(name) != after.get(name):
                old, new = self.said(name, before.get(name)), self.said(name, after.get(name))
                found += _words(str(self.labels[name]), old, new)
        return found

    def said(self, name: str, value: Any) -> str:
        if value in ("", None, []):
            return ""
        if name in _CHOICES:
            return str(_CHOICES[name].get(value, value))
        if name == "group":
            return self.groups.get(value, value)
        if name == "task":
            return self.tasks.get(value, gettext("a task of the office"))
        return _written(name, value)


def _written(name: str, value: Any) -> str:
    from datetime import date

    if name in {"begins_on", "ends_on"}:
        return day(date.fromisoformat(value))
    if name == "country":
        return country_name(value)
    if name == "languages":
        return ", ".join(language_name(tag) for tag in value)
    return amount_as_typed(value) if name == "budget" else str(value)


def _words(label: str, before: str, after: str) -> list[tuple[str, list[Piece]]]:
    return [(label, compare_words(before, after))] if before != after else []


def _title(row: Mapping[str, Any]) -> str:
    return str(row.get("title") or gettext("(no name yet)"))
