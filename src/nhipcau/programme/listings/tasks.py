"""The lists of tasks: all of them, those of my offices, the offices that have one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau import search
from nhipcau.network.models import Kind
from nhipcau.programme import words
from nhipcau.programme.forms.tasks import InstancesForm, OfficesOfTaskForm, TasksForm
from nhipcau.programme.models import OPEN_STATES, Task, TaskInstance, TaskState
from nhipcau.programme.queries.tasks import instances_of, is_late, my_instances, tasks
from nhipcau.text import fold
from nhipcau.ui.listing import Column, Empty, FormFilter, Listing, Order, register
from nhipcau.ui.listing.cells import state
from nhipcau.ui.templatetags.ui import vi_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.ui.listing import Shown

_NOTHING_FITS = gettext_lazy("Every word must be in the task; words in quotation marks must stand together.")


def _sample(rows: Any) -> bool:
    return any(row.sample for row in rows)


# All tasks ------------------------------------------------------------------------------------------------------------


def _narrow_tasks(rows: Any, asked: Mapping[str, Any]) -> Any:
    exact = {"state": "state", "kind": "clause__kind", "directive": "clause__directive_id"}
    found = rows.filter(**{path: asked[name] for name, path in exact.items() if asked.get(name)})
    return search.matching(found, asked.get("q") or "")


def _tasks_heading(shown: Shown) -> str:
    said = ngettext("%(number)s task and target", "%(number)s tasks and targets", shown.number)
    return said % {"number": vi_number(shown.number)}


def _directive(row: Task) -> str:
    directive, clause = row.clause.directive, row.clause.number
    return f"{directive}, {clause}" if clause else str(directive)


def _done_of_all(row: Any) -> str:
    if not row.offices:
        return ""
    return f"{vi_number(row.offices_done)} / {vi_number(row.offices)}"


TASKS = register(
    Listing(
        name="programme.tasks",
        view="programme:tasks",
        title=gettext_lazy("Tasks of directives"),
        heading=_tasks_heading,
        rows=tasks,
        filters=FormFilter.of(TasksForm, _narrow_tasks),
        orders={
            "paper": Order(
                gettext_lazy("As in the directives"), ("-clause__directive__issued_on", "clause__place", "pk")
            ),
            "due": Order(gettext_lazy("The first due first"), ("due_on", "pk")),
        },
        nothing_fits=_NOTHING_FITS,
        sample=_sample,
        template="programme/tasks.html",
        empty=lambda _shown: Empty(
            gettext("No task is entered yet"),
            gettext("Tasks stand here once the clauses of a directive set them."),
            "list-check",
        ),
        columns=[
            Column(
                key="title",
                label=gettext_lazy("What is asked"),
                value="title",
                link=lambda row: reverse("programme:task", args=[row.pk]),
                card="title",
            ),
            Column(
                key="directive",
                label=gettext_lazy("Directive"),
                value=_directive,
                link=lambda row: (
                    reverse("programme:directive", args=[row.clause.directive_id]) + f"#clause-{row.clause_id}"
                ),
                card="plain",
            ),
            Column(key="lead", label=gettext_lazy("Lead agency"), value=words.lead, card="plain"),
            Column(
                key="coordinating", label=gettext_lazy("Coordinating agency"), value=words.coordinating, chosen=False
            ),
            Column(
                key="due_on",
                label=gettext_lazy("Due on"),
                show=words.deadline,
                order_by=("due_on",),
            ),
            Column(key="deadline", label=gettext_lazy("Deadline as written"), value="deadline_text", chosen=False),
            Column(key="indicator", label=gettext_lazy("Indicator"), css="why", chosen=False),
            Column(key="product", label=gettext_lazy("Expected product"), css="why", chosen=False),
            Column(
                key="kind",
                label=gettext_lazy("Kind"),
                value=lambda row: str(row.clause.get_kind_display()),
                card="plain",
            ),
            Column(
                key="state",
                label=gettext_lazy("State"),
                value=lambda row: str(TaskState(row.state).label),
                show=lambda row: state(TaskState(row.state).label, row.state),
                order_by=("state",),
                card="plain",
            ),
            Column(key="offices", label=gettext_lazy("Offices done"), value=_done_of_all),
            Column(key="source", label=gettext_lazy("Source"), value="clause.source", css="why", chosen=False),
            Column(
                key="finding",
                label=gettext_lazy("What was read"),
                value=lambda row: str(row.clause.get_finding_display()),
                chosen=False,
            ),
        ],
    )
)


# Those of my offices --------------------------------------------------------------------------------------------------


def _narrow_state(rows: Any, asked: Mapping[str, Any]) -> Any:
    wanted = asked.get("state")
    if wanted == "late":
        return rows.filter(is_late())
    return rows.filter(state=wanted) if wanted else rows


def _narrow_instances(rows: Any, asked: Mapping[str, Any]) -> Any:
    rows = _narrow_state(rows, asked)
    text = asked.get("q") or ""
    return rows.filter(task__in=search.matching(Task.objects.order_by(), text).values("pk")) if text else rows


def _mine_heading(shown: Shown) -> str:
    mine = my_instances()
    waiting, late = mine.filter(state__in=OPEN_STATES).count(), mine.filter(is_late()).count()
    if late:
        said = ngettext("%(number)s task to do, %(late)s late", "%(number)s tasks to do, %(late)s late", waiting)
    elif waiting:
        said = ngettext("%(number)s task to do, none late", "%(number)s tasks to do, none late", waiting)
    else:
        return gettext("No task to do") if shown.number else gettext("No task was given to your office")
    return said % {"number": vi_number(waiting), "late": vi_number(late)}


def _url(row: TaskInstance) -> str:
    return reverse("programme:task_instance", args=[row.pk])


def _state_column() -> Column:
    return Column(
        key="state",
        label=gettext_lazy("State"),
        value=lambda row: str(words.instance_state(row)[0]),
        show=lambda row: state(*words.instance_state(row)),
        order_by=("state",),
        card="plain",
    )


def _due_column() -> Column:
    return Column(key="due_on", label=gettext_lazy("Due on"), order_by=("due_on",), css="when", card="labelled")


MINE = register(
    Listing(
        name="programme.task_instances",
        view="programme:task_instances",
        title=gettext_lazy("Tasks of my office"),
        heading=_mine_heading,
        rows=my_instances,
        filters=FormFilter.of(InstancesForm, _narrow_instances),
        order=("due_on", "pk"),
        nothing_fits=_NOTHING_FITS,
        sample=_sample,
        template="programme/task_instances.html",
        empty=lambda _shown: Empty(
            gettext("Nothing was given to your office"),
            gettext("Tasks that directives give to offices like yours stand here, each with its day."),
            "list-check",
        ),
        columns=[
            Column(key="title", label=gettext_lazy("What is asked"), value="task.title", link=_url, card="title"),
            Column(
                key="directive", label=gettext_lazy("Directive"), value=lambda row: _directive(row.task), card="plain"
            ),
            Column(
                key="organisation",
                label=gettext_lazy("Office"),
                value=lambda row: str(row.organisation),
                chosen=False,
            ),
            Column(
                key="giver",
                label=gettext_lazy("Given by"),
                value=lambda row: str(row.task.organisation),
                card="plain",
            ),
            Column(key="given_on", label=gettext_lazy("Given on"), order_by=("given_on",), css="when", chosen=False),
            _due_column(),
            _state_column(),
            Column(key="done_on", label=gettext_lazy("Done on"), order_by=("done_on",), css="when", chosen=False),
            Column(key="word_note", label=gettext_lazy("Note of the office"), css="why", chosen=False),
        ],
    )
)


# The offices that have a task -----------------------------------------------------------------------------------------


def _narrow_offices(rows: Any, asked: Mapping[str, Any]) -> Any:
    rows = _narrow_state(rows, asked)
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    text = fold(asked.get("q") or "").split()
    if not text:
        return rows
    names = rows.values_list("pk", "organisation__name_vi", "organisation__name_en")
    return rows.filter(pk__in=[pk for pk, *both in names if all(word in fold(" ".join(both)) for word in text)])


def _offices_heading(shown: Shown) -> str:
    said = ngettext("%(number)s office", "%(number)s offices", shown.number)
    return said % {"number": vi_number(shown.number)}


OFFICES = register(
    Listing(
        name="programme.offices_of_task",
        view="programme:task_offices",
        title=gettext_lazy("Offices that have a task"),
        heading=_offices_heading,
        rows=instances_of,
        filters=FormFilter.of(OfficesOfTaskForm, _narrow_offices),
        order=("organisation__sort_key", "pk"),
        nothing_fits=gettext_lazy("Take one filter away, or write fewer words."),
        sample=_sample,
        template="programme/task_offices.html",
        context=lambda shown: {"task": shown.given["task"]},
        empty=lambda _shown: Empty(
            gettext("It was given to no office that you see"),
            gettext("Whoever coordinates gives it to classes of offices, or to offices by name."),
            "list-check",
        ),
        columns=[
            Column(
                key="organisation",
                label=gettext_lazy("Office"),
                value=lambda row: str(row.organisation),
                link=_url,
                order_by=("organisation__sort_key",),
                card="title",
            ),
            Column(
                key="kind",
                label=gettext_lazy("Class"),
                value=lambda row: str(Kind(row.kind).label) if row.kind else gettext("by name"),
                order_by=("kind",),
                card="plain",
            ),
            _due_column(),
            _state_column(),
            Column(key="done_on", label=gettext_lazy("Done on"), order_by=("done_on",), css="when"),
            Column(key="word_note", label=gettext_lazy("Note of the office"), css="why"),
            Column(key="given_on", label=gettext_lazy("Given on"), order_by=("given_on",), css="when", chosen=False),
            Column(key="ended_on", label=gettext_lazy("Ended on"), order_by=("ended_on",), css="when", chosen=False),
        ],
    )
)
