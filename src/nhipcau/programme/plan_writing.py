"""What the editor of a plan shows: rows with what their writer could not save, what is missing, what it adds up to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nhipcau.programme.domain.plan_activities import ACTIVITY
from nhipcau.programme.domain.plan_contents import PART, written_in
from nhipcau.programme.forms.plans import ActivityForm, labels
from nhipcau.programme.models import PlanActivity, PlanPart
from nhipcau.programme.plan_checks import missing_in
from nhipcau.programme.plan_parts import parts_of
from nhipcau.programme.plan_repeats import repeats_of
from nhipcau.programme.plan_steps import steps_for
from nhipcau.programme.queries import plans as queries
from nhipcau.programme.queries.plan_totals import totals_of
from nhipcau.workspace.domain.writing import Difference, differences
from nhipcau.workspace.models import UnsavedText

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhipcau.programme.models import Plan, TaskInstance


def editor_of(person: Any, plan: Plan) -> dict[str, Any]:
    """Everything that the page of the editor shows."""
    activities = queries.activities_of(plan)
    written = queries.parts_of_plan(plan)
    repeats = repeats_of(plan, list(written.values()), activities)
    kept = kept_for(person, PART, written.values())
    kept_rows = kept_for(person, ACTIVITY, activities)
    tasks = queries.tasks_to_serve(plan)
    parts = [
        {"number": number, "part": part, **part_context(written[part.key], kept.get(written[part.key].pk))}
        | {"repeats": repeats.parts.get(part.key)}
        for number, part in enumerate(parts_of(plan.template.parts), 1)
        if part.key in written
    ]
    rows = [
        row_context(plan, row, kept_rows.get(row.pk), tasks, full=False)
        | {"number": number, "repeated": row.pk in repeats.activities}
        for number, row in enumerate(activities, 1)
    ]
    return {
        "plan": plan,
        "parts": parts,
        "rows": rows,
        "repeats": repeats,
        "taken_out": queries.removed_from(plan),
        "submit": next((step for step in steps_for(person, plan) if step.verb == "submit"), None),
        "sample": plan.sample,
        **summary_of(plan, activities),
    }


def summary_of(plan: Plan, activities: Sequence[PlanActivity] | None = None) -> dict[str, Any]:
    """What stands beside the editor: totals, and what is missing."""
    rows = queries.activities_of(plan) if activities is None else activities
    return {"plan": plan, "totals": totals_of(plan, rows), "missing": missing_in(plan)}


def one_part(person: Any, part: PlanPart) -> dict[str, Any]:
    """A part alone, as the page shows it."""
    row = PlanPart.objects.prefetch_related("plan").get(pk=part.pk)
    parts = {each.key: (number, each) for number, each in enumerate(parts_of(row.plan.template.parts), 1)}
    number, described = parts[row.key]
    kept = kept_for(person, PART, [row]).get(row.pk)
    return {"number": number, "part": described, "plan": row.plan, **part_context(row, kept)}


def one_activity(person: Any, plan: Plan, activity: PlanActivity, *, full: bool) -> dict[str, Any]:
    """An activity alone, as the page shows it; ``full`` with all its fields."""
    rows = queries.activities_of(plan)
    number = next((at for at, row in enumerate(rows, 1) if row.pk == activity.pk), 0)
    row = next((row for row in rows if row.pk == activity.pk), activity)
    kept = kept_for(person, ACTIVITY, [row]).get(row.pk)
    context = row_context(plan, row, kept, queries.tasks_to_serve(plan), full=full)
    repeats = repeats_of(plan, [], [row])
    return {"plan": plan, "sample": plan.sample, "number": number, "repeated": row.pk in repeats.activities} | context


def part_context(row: PlanPart, kept: UnsavedText | None) -> dict[str, Any]:
    """A part's row, its text as it is to be shown, and what differs where its writer could not save."""
    if kept is None:
        return {"row": row, "text": row.text, "choose": []}
    mine = {"text": (kept.values.get("text") or [""])[0]}
    found = _to_choose(differences(row, version=kept.version, mine=mine, theirs={"text": row.text}), mine)
    return {"row": row, "text": mine["text"] if found else row.text, "choose": found}


def row_context(
    plan: Plan, row: PlanActivity, kept: UnsavedText | None, tasks: Iterable[TaskInstance], *, full: bool
) -> dict[str, Any]:
    """An activity, its form, and what differs where its writer could not save: their words where one has to choose."""
    stored, choose = written_in(row), []
    initial = dict(stored)
    if kept is not None:
        mine = {**stored, **_typed(kept)}
        choose = _to_choose(differences(row, version=kept.version, mine=mine, theirs=stored), mine)
        initial |= {each.field: each.mine for each in choose}
    form = ActivityForm(activity=row, plan=plan, initial=initial, tasks=tasks)
    named = labels()
    return {
        "activity": row,
        "form": form,
        "choose": [(named.get(each.field, each.field), each) for each in choose],
        "full": full or bool(choose),
    }


def kept_for(person: Any, kind: str, rows: Iterable[Any]) -> dict[int, UnsavedText]:
    """What the person typed into these rows and could not save, by row."""
    keys = [row.pk for row in rows]
    found = UnsavedText.objects.of_kind(kind).filter(person=person, object_id__in=keys)
    return {row.object_id: row for row in found}


def _typed(kept: UnsavedText) -> dict[str, Any]:
    """What was typed, in the shape in which versions keep it."""
    said: dict[str, Any] = {}
    for name, texts in kept.values.items():
        if name == "languages":
            said[name] = [text for text in texts if text]
        elif name == "task":
            said[name] = int(texts[0]) if texts and texts[0].isdigit() else None
        elif name in PlanActivity.WRITTEN:
            said[name] = texts[0] if texts else ""
    return said


def _to_choose(found: list[Difference], mine: dict[str, Any]) -> list[Difference]:
    """Those that both changed; else those that only I changed since, which could not be saved for another reason."""
    return [each for each in found if each.both] or [
        each for each in found if mine.get(each.field, each.theirs) not in (each.theirs, each.before)
    ]
