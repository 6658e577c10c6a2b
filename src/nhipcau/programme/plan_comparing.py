"""What changed between two versions of a plan, or two editions of it: parts word by word, activities field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from nhipcau.programme.forms.plans import amount_as_typed, labels
from nhipcau.programme.models import ActivityChannel, Audience, BudgetSource, Category, PlanActivity, TaskInstance
from nhipcau.programme.plan_parts import group_names, parts_of
from nhipcau.text import Change, compare_rows, compare_words
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


def compare_plans(plan: Plan, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What differs between two versions, as ``domain.plan_contents.contents_of`` keeps them.

    Args:
        plan: the plan whose template names the parts.
        before: the earlier version; of this plan, or of the one that it amends.
        after: the later version.
    """
    found = []
    head = _words(gettext("Title"), before.get("title", ""), after.get("title", ""))
    if head:
        found.append(Change("changed", gettext("Head of the plan"), fields=head))
    old_parts, new_parts = before.get("parts", {}), after.get("parts", {})
    titles = {part.key: part.title for part in parts_of(plan.template.parts)}
    for key in {**titles, **old_parts, **new_parts}:
        fields = _words(gettext("Text"), old_parts.get(key, ""), new_parts.get(key, ""))
        if fields:
            found.append(Change("changed", titles.get(key, key), fields=fields))
    activities = before.get("activities", []), after.get("activities", [])
    names = _Names(plan, [*activities[0], *activities[1]])
    return [*found, *compare_rows(*activities, key="line", title=_title, fields=names.fields)]


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
