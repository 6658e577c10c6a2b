from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nhipcau.access import current
from nhipcau.programme.models import PLAN_OUT, PlanState
from nhipcau.programme.plan_parts import group_names, parts_of
from nhipcau.programme.plan_steps import answers_for, steps_for
from nhipcau.programme.queries import plans as queries
from nhipcau.programme.queries.plan_totals import totals_of
from nhipcau.workspace.views.attached import attached_context

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nhipcau.programme.models import Plan, PlanActivity
    from nhipcau.programme.plan_parts import Part


@login_required
@require_safe
def plan(request: Any, plan_id: int) -> HttpResponse:
    """A plan as it is read: parts, activities, what they add up to, and how far it is."""
    shown = get_object_or_404(queries.plans(), pk=plan_id)
    activities = queries.activities_of(shown)
    receipts = queries.receipts_of_plan(shown)
    own = shown.organisation_id in current().organisations()
    context = {
        "plan": shown,
        "plan_key": str(shown.pk),
        "parts": parted(shown, activities),
        "totals": totals_of(shown, activities),
        "steps": steps_for(request.user, shown),
        "own": own,
        "sent": shown.state in PLAN_OUT,
        "recalled": shown.state == PlanState.RECALLED,
        "recipients": list(queries.recipients_of_plan(shown)),
        "answers": answers_for(request.user, shown, receipts),
        "editions": queries.editions_of(shown),
        "may_take": rules.has_perm("programme.take_plan", request.user, shown),
        "may_compare": rules.has_perm("programme.read_plan_versions", request.user, shown),
        "sample": shown.sample,
        **attached_context(request.user, shown),
    }
    return render(request, "programme/plan.html", context)


def parted(shown: Plan, activities: list[PlanActivity]) -> list[dict[str, Any]]:
    """Each part of the template with its text and its activities by group, numbered through the plan."""
    written = queries.parts_of_plan(shown)
    described = parts_of(shown.template.parts)
    order = list(group_names(described))
    # Numbered as they are printed: by part and group, within a group as they were put in order.
    known = [row for key in order for row in activities if row.group == key]
    loose = [row for row in activities if row.group not in order]
    numbered = list(enumerate([*known, *loose], 1))
    parts = [_part(number, part, written, numbered) for number, part in enumerate(described, 1)]
    return [*parts, {"part": None, "groups": [("", numbered[len(known) :])]}] if loose else parts


def _part(number: int, part: Part, written: dict[str, Any], numbered: list[tuple[int, Any]]) -> dict[str, Any]:
    groups = [
        (group.title, [(at, row) for at, row in numbered if row.group == f"{part.key}.{group.key}"])
        for group in part.groups
    ]
    row = written.get(part.key)
    return {
        "number": number,
        "part": part,
        "row": row,
        "text": row.text if row else "",
        "groups": [(title, rows) for title, rows in groups if rows],
    }
