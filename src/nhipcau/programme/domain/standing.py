"""How an office stands with a task, and how far the task is: derived, and kept with the rows for lists to narrow by.

Nothing is decided here, so nothing is written to the audit record: what it follows from is there already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from nhipcau.access import system
from nhipcau.programme.models import Ending, InstanceState, Task, TaskInstance, TaskState, Word
from nhipcau.programme.serving import serving

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from nhipcau.programme.serving import Serving

_BY_WORD = {Word.DONE: InstanceState.DONE, Word.NOT_NEEDED: InstanceState.NOT_NEEDED}
#: Offices in these states are not counted when it is asked whether all of them are done.
_OUT = (InstanceState.NOT_NEEDED, InstanceState.HANDED_OVER)


def standing(instance: TaskInstance, things: Sequence[Serving]) -> tuple[InstanceState, date | None]:
    """The state of an office's task, and the day on which it was done.

    What has ended (handed over, taken away) stays as it ended. Otherwise the office's own word goes before what serves
    the task: done or not needed it says alone, and its "in progress" holds what would follow from things done.
    """
    if instance.ended_on is not None:
        return InstanceState(instance.state), instance.done_on
    if instance.word in _BY_WORD:
        said = timezone.localdate(instance.word_at) if instance.word_at else None
        return _BY_WORD[Word(instance.word)], instance.done_on or said if instance.word == Word.DONE else None
    if things and not instance.word and all(thing.done for thing in things):
        return InstanceState.DONE, max((thing.on for thing in things if thing.on), default=None)
    return (InstanceState.IN_PROGRESS if things or instance.word else InstanceState.GIVEN), None


def task_state(task: Task, states: Collection[str], things: Collection[Serving]) -> TaskState:
    """How far a task is, from the states of its offices; what the office that gives it said of it goes first."""
    if task.ending:
        return TaskState.DONE if task.ending == Ending.DONE else TaskState.WITHDRAWN
    counted = [state for state in states if state not in _OUT]
    if counted and all(state == InstanceState.DONE for state in counted):
        return TaskState.DONE
    if things or any(state != InstanceState.GIVEN for state in counted):
        return TaskState.IN_PROGRESS
    return TaskState.GIVEN if counted else TaskState.NOT_GIVEN


def refresh_tasks(tasks: Collection[int], offices: Collection[int] | None = None) -> None:
    """Bring the states of tasks and of their offices up to what follows now, in the caller's transaction.

    Args:
        tasks: keys of tasks.
        offices: only the instances of these offices are looked at again; None for all of them.
    """
    with system("worker"):
        rows = list(TaskInstance.objects.filter(task_id__in=tasks))
        found = serving(tasks)
        for instance in rows:
            if offices is None or instance.organisation_id in offices:
                _refresh(instance, found.get((instance.task_id, instance.organisation_id), ()))
        for task in Task.objects.filter(pk__in=tasks):
            things = [thing for (key, _office), some in found.items() if key == task.pk for thing in some]
            state = task_state(task, [row.state for row in rows if row.task_id == task.pk], things)
            if task.state != state:
                task.state = state
                task.save(update_fields=["state"])


def _refresh(instance: TaskInstance, things: Sequence[Serving]) -> None:
    state, done_on = standing(instance, things)
    if (instance.state, instance.done_on) != (state, done_on):
        instance.state, instance.done_on = state, done_on
        instance.save(update_fields=["state", "done_on", "changed_at"])
