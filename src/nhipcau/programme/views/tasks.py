from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nhipcau.law.models import Deadline
from nhipcau.programme import words
from nhipcau.programme.listings.tasks import OFFICES, TASKS
from nhipcau.programme.models import Part
from nhipcau.programme.queries.tasks import by_class, my_instances, tasks
from nhipcau.programme.serving import serving
from nhipcau.programme.views.directives import held_roles_of
from nhipcau.ui.listing import show

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def task_list(request: HttpRequest) -> HttpResponse:
    """What all the directives ask of whom."""
    return show(request, TASKS)


@login_required
@require_safe
def task(request: Any, task_id: int) -> HttpResponse:
    """A task: what is asked, by when, how far the offices are that have it."""
    shown = get_object_or_404(tasks().prefetch_related("classes", "named_offices__organisation"), pk=task_id)
    counts = by_class(shown)
    things = serving([shown.pk])
    context = {
        "task": shown,
        "directive": shown.clause.directive,
        "counts": counts,
        "all": sum(count.all for count in counts),
        "done": sum(count.done for count in counts),
        "late": sum(count.late for count in counts),
        "mine": list(my_instances().filter(task=shown)),
        "things": [thing for some in things.values() for thing in some],
        "agencies": [(part, [row for row in shown.agencies.all() if row.part == part]) for part in Part],
        "roles": held_roles_of([shown]),
        "deadline": words.deadline(shown),
        "rule": Deadline.objects.filter(kind=shown.deadline_kind).order_by("-valid_from").first()
        if shown.deadline_kind
        else None,
        "may_edit": rules.has_perm("programme.edit_task", request.user, shown),
        "sample": shown.sample,
    }
    return render(request, "programme/task.html", context)


@login_required
def task_offices(request: HttpRequest, task_id: int) -> HttpResponse:
    """The offices that have a task, each with how it stands."""
    return show(request, OFFICES, task=get_object_or_404(tasks(), pk=task_id))
