"""How the facts of directives, tasks and recommendations are said, on screens and in files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from nhipcau.programme.models import InstanceState, Part, RecommendationState, Task
from nhipcau.programme.queries import directives as directive_queries
from nhipcau.programme.queries import recommendations as recommendation_queries
from nhipcau.programme.queries import schemes as scheme_queries
from nhipcau.programme.queries import tasks as task_queries
from nhipcau.ui.templatetags.ui import day

if TYPE_CHECKING:
    from nhipcau.programme.models import Directive, Recommendation, Scheme, TaskInstance

STANDINGS = {
    "in_force": pgettext_lazy("directive", "In force"),
    "amended": pgettext_lazy("directive", "Amended"),
    "replaced": pgettext_lazy("directive", "Replaced"),
    "over": pgettext_lazy("directive", "No longer in force"),
    "coming": pgettext_lazy("directive", "Not yet in force"),
}
SCHEME_STANDINGS = {
    "running": pgettext_lazy("scheme", "Under way"),
    "over": pgettext_lazy("scheme", "Ended, not reviewed"),
    "reviewed": pgettext_lazy("scheme", "Reviewed at the end"),
    "coming": pgettext_lazy("scheme", "To begin"),
    "undated": pgettext_lazy("scheme", "Term not found"),
}
#: What a task may say was not found.
NOT_FOUND = {
    "lead": gettext_lazy("lead agency"),
    "coordinating": gettext_lazy("coordinating agency"),
    "deadline": gettext_lazy("deadline"),
    "indicator": gettext_lazy("indicator"),
}
_LATE = gettext_lazy("Late")


def directive_standing(directive: Directive) -> tuple[Any, str]:
    """Whether a directive holds today: the word, and the code of how it looks."""
    code = directive_queries.standing_of(directive)
    return STANDINGS[code], code


def scheme_standing(scheme: Scheme) -> tuple[Any, str]:
    """How far a scheme is today: the word, and the code of how it looks."""
    code = scheme_queries.standing_of(scheme)
    return SCHEME_STANDINGS[code], {"over": "waiting", "reviewed": "done", "undated": "unknown"}.get(code, code)


def instance_state(instance: TaskInstance) -> tuple[Any, str]:
    """How an office stands with a task today: the word, and the code of how it looks."""
    code = task_queries.shown_state(instance)
    return (_LATE if code == "late" else InstanceState(code).label), code


def recommendation_state(asked: Recommendation) -> tuple[Any, str]:
    """How far a recommendation is today: the word, and the code of how it looks."""
    code = recommendation_queries.shown_state(asked)
    return (_LATE if code == "late" else RecommendationState(code).label), code


def agencies(task: Task, part: str) -> str:
    """Who leads a task, or works on it, in one line; that it was not found where that is so."""
    names = [str(row) for row in task.agencies.all() if row.part == part]
    if names:
        return "; ".join(names)
    return gettext("not found") if part in task.not_found else ""


def lead(task: Task) -> str:
    """Who leads a task."""
    return agencies(task, Part.LEAD)


def coordinating(task: Task) -> str:
    """Who works on it with them."""
    return agencies(task, Part.COORDINATING)


def deadline(task: Task) -> str:
    """By when: the day, with the words of the paper where they say more; that it was not found where that is so."""
    if task.due_on and task.deadline_text:
        return f"{day(task.due_on)} ({task.deadline_text})"
    if task.due_on or task.deadline_text:
        return day(task.due_on) if task.due_on else str(task.deadline_text)
    return gettext("not found") if "deadline" in task.not_found else ""
