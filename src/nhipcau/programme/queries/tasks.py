"""Tasks, and the task of each office, as screens read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Count, F, IntegerField, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from nhipcau.access import current
from nhipcau.network.models import HeldRole, Kind, Organisation, OrganisationClass, valid_on
from nhipcau.programme.models import OPEN_STATES, InstanceState, Task, TaskAgency, TaskInstance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

#: An office in one of these is not counted among those that have the task.
_OUT = (InstanceState.NOT_NEEDED, InstanceState.HANDED_OVER)


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many offices of a class have a task, have done it, are late with it; ``kind`` is empty for those by name."""

    kind: str
    all: int
    done: int
    late: int

    @property
    def name(self) -> str:
        """The class in words."""
        return str(Kind(self.kind).label) if self.kind else ""


def tasks() -> QuerySet[Task]:
    """Every task with its clause, directive and agencies, and how many of the offices that the reader sees are done."""
    agencies = TaskAgency.objects.select_related("organisation").order_by("-part", "place", "pk")
    rows: QuerySet[Task] = Task.objects.select_related("organisation", "clause", "clause__directive")
    seen = TaskInstance.objects.filter(task=OuterRef("pk")).exclude(state__in=_OUT).order_by()
    return rows.annotate(
        offices=_number(seen), offices_done=_number(seen.filter(state=InstanceState.DONE))
    ).prefetch_related(Prefetch("agencies", queryset=agencies))


def instances() -> QuerySet[TaskInstance]:
    """The tasks of offices that the reader sees, each with its task, directive and office."""
    task = Task.objects.select_related("organisation", "clause", "clause__directive")
    rows: QuerySet[TaskInstance] = TaskInstance.objects.select_related("organisation")
    return rows.prefetch_related(Prefetch("task", queryset=task))


def instances_of(task: Task) -> QuerySet[TaskInstance]:
    """The offices that have a task, as far as the reader sees them."""
    return instances().filter(task=task)


def my_instances() -> QuerySet[TaskInstance]:
    """What the offices of the reader have to do."""
    return instances().filter(organisation_id__in=current().organisations())


def is_late(day: date | None = None) -> Q:
    """Open instances whose day is past, of tasks that have not ended."""
    open_tasks = Task.objects.filter(ending="").order_by().values("pk")
    return Q(state__in=OPEN_STATES, due_on__lt=day or timezone.localdate(), task_id__in=open_tasks)


def shown_state(instance: TaskInstance, day: date | None = None) -> str:
    """The state as it is shown: ``late`` where it is open and its day is past."""
    day = day or timezone.localdate()
    late = instance.state in OPEN_STATES and instance.due_on is not None and instance.due_on < day
    return "late" if late and not instance.task.ending else instance.state


def by_class(task: Task) -> Sequence[ClassCount]:
    """How each class of offices stands with a task, as far as the reader sees them; the largest first."""
    rows = TaskInstance.objects.filter(task=task).exclude(state__in=_OUT).order_by()
    late = is_late()
    found = rows.values("kind").annotate(
        all=Count("pk"), done=Count("pk", filter=Q(state=InstanceState.DONE)), late=Count("pk", filter=late)
    )
    counts = [ClassCount(row["kind"], row["all"], row["done"], row["late"]) for row in found]
    return sorted(counts, key=lambda one: (-one.all, one.kind))


def holders_of_roles(roles: Sequence[str], *, sample: bool) -> Mapping[str, Sequence[HeldRole]]:
    """Who held each of these roles, with the days, the first one first: one query."""
    rows = HeldRole.objects.filter(role__in=roles, organisation__sample=sample).select_related("organisation")
    found: dict[str, list[HeldRole]] = {role: [] for role in roles}
    for row in rows.order_by("valid_from", "organisation__sort_key"):
        found[row.role].append(row)
    return found


def offices_by_class(day: date, *, sample: bool) -> Mapping[str, int]:
    """How many offices of each class exist on a day."""
    alive = Organisation.objects.filter(valid_on(day), sample=sample).order_by().values("pk")
    rows = OrganisationClass.objects.filter(valid_on(day), organisation_id__in=alive).order_by()
    return dict(rows.values("kind").annotate(n=Count("organisation_id", distinct=True)).values_list("kind", "n"))


#: Open ones first, by day; what is done or gone last.
OPEN_FIRST = Case(When(state__in=OPEN_STATES, then=Value(0)), default=Value(1), output_field=IntegerField())
BY_DAY = F("due_on").asc(nulls_last=True)


def _number(rows: QuerySet[TaskInstance]) -> Coalesce:
    counted = rows.values("task").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
