"""Plans: as they are read, listed and addressed. Everything here answers through the access now open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, DecimalField, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from nhipcau.access import current
from nhipcau.network.models import Kind, OrganisationParent, RoleInNetwork, valid_on
from nhipcau.network.queries import held_role
from nhipcau.programme.models import (
    OPEN_STATES,
    PLAN_OUT,
    Plan,
    PlanActivity,
    PlanKind,
    PlanPart,
    PlanRecipient,
    PlanState,
    PlanTemplate,
    TaskInstance,
    Verdict,
)

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.network.models import Organisation

_MONEY = DecimalField(max_digits=18, decimal_places=3)


def plans() -> QuerySet[Plan]:
    """Plans, the latest year first, each with ``activity_count`` and ``budget`` (million đồng) of what is in it."""
    inside = PlanActivity.objects.filter(plan=OuterRef("pk"), removed_at__isnull=True).order_by().values("plan")
    answers = PlanRecipient.objects.filter(plan=OuterRef("pk"))
    rows: QuerySet[Plan] = (
        Plan.objects.select_related("organisation", "approver", "template", "drafter")
        .annotate(
            activity_count=Coalesce(Subquery(inside.annotate(number=Count("pk")).values("number")), 0),
            budget=Subquery(inside.annotate(sum=Sum("budget")).values("sum"), output_field=_MONEY),
            received_first=Subquery(
                answers.filter(received_at__isnull=False).order_by("received_at").values("received_at")[:1]
            ),
            returned=Exists(answers.filter(verdict=Verdict.RETURNED)),
            accepted=Exists(answers.filter(verdict=Verdict.ACCEPTED)),
        )
        .order_by("-year_from", "-pk")
    )
    return rows


def parts_of_plan(plan: Plan) -> dict[str, PlanPart]:
    """What is written in its parts, by key."""
    return {row.key: row for row in PlanPart.objects.filter(plan=plan).select_related("writer").order_by("pk")}


def activities_of(plan: Plan) -> list[PlanActivity]:
    """What is in it, in order, each with the task that it serves."""
    rows = PlanActivity.objects.filter(plan=plan, removed_at__isnull=True).select_related("writer")
    return list(rows.prefetch_related("copied_from", _task()).order_by("position", "pk"))


def removed_from(plan: Plan) -> list[PlanActivity]:
    """What was taken out of it, the last one first."""
    return list(PlanActivity.objects.filter(plan=plan, removed_at__isnull=False).order_by("-removed_at"))


def activities() -> QuerySet[PlanActivity]:
    """The activities of every plan that may be read and stands, or is being written, each with its plan and task."""
    alive = Plan.objects.exclude(state__in=(PlanState.DISCARDED, PlanState.RECALLED, PlanState.REPLACED))
    shown = Plan.objects.select_related("organisation")
    rows: QuerySet[PlanActivity] = PlanActivity.objects.filter(
        plan_id__in=alive.order_by().values("pk"), removed_at__isnull=True
    )
    return rows.prefetch_related(Prefetch("plan", queryset=shown), _task())


def _task() -> Prefetch[Any]:
    return Prefetch("task", queryset=TaskInstance.objects.select_related("task"))


def recipients_of_plan(plan: Plan) -> QuerySet[PlanRecipient]:
    """The offices that a plan goes to, in the order of the list."""
    rows: QuerySet[PlanRecipient] = PlanRecipient.objects.filter(plan=plan)
    people = ("organisation", "received_by", "decided_by")
    return rows.select_related(*people).order_by("organisation__sort_key", "pk")


def receipts_of_plan(plan: Plan) -> list[PlanRecipient]:
    """The receipts of an issued plan that are the reader's own offices'."""
    if plan.state not in PLAN_OUT:
        return []
    return list(recipients_of_plan(plan).filter(organisation_id__in=current().organisations()))


def editions_of(plan: Plan) -> list[Plan]:
    """The plan, what it amends and what amends it, as far as the reader sees them, the first edition first."""
    same = Plan.objects.filter(organisation_id=plan.organisation_id, kind=plan.kind, year_from=plan.year_from)
    rows = list(same.exclude(state=PlanState.DISCARDED).select_related("organisation").order_by("edition", "pk"))
    line = {plan.pk, plan.amends_id}
    while True:
        more = {row.pk for row in rows if row.amends_id in line} | {row.amends_id for row in rows if row.pk in line}
        if more <= line:
            break
        line |= more
    return [row for row in rows if row.pk in line]


def standing_plan(organisation: Organisation, year: int, kind: str = PlanKind.ANNUAL) -> Plan | None:
    """The issued plan of an office that stands for a year."""
    rows = Plan.objects.filter(organisation=organisation, kind=kind, year_from__lte=year, year_to__gte=year)
    found: Plan | None = rows.filter(state=PlanState.ISSUED).order_by("-edition", "-pk").first()
    return found


def plan_before(plan: Plan) -> Plan | None:
    """The plan of the same office and kind that an earlier year had: what this one may repeat."""
    if plan.copied_from_id is not None:
        copied: Plan | None = Plan.objects.filter(pk=plan.copied_from_id).first()
        return copied
    earlier = Plan.objects.filter(
        organisation_id=plan.organisation_id, kind=plan.kind, year_from__lt=plan.year_from, state__in=PLAN_OUT
    )
    found: Plan | None = earlier.order_by("-year_from", "-edition", "-pk").first()
    return found


def copyable_plans(organisation: Organisation) -> list[Plan]:
    """Plans of an office that may be copied for another year, the latest first; of each only the last edition."""
    rows = Plan.objects.filter(organisation=organisation, state=PlanState.ISSUED).order_by("-year_from", "-edition")
    return list(rows[:12])


def last_plan(organisation: Organisation) -> Plan | None:
    """The office's last issued plan: symbol, place and file line are taken over from it."""
    rows = Plan.objects.filter(organisation=organisation, issued_at__isnull=False)
    found: Plan | None = rows.order_by("-issued_at").first()
    return found


def template_on(day: date) -> PlanTemplate | None:
    """The version of the template that holds on a day."""
    found: PlanTemplate | None = PlanTemplate.objects.filter(valid_on(day)).order_by("-version").first()
    return found


def plan_templates() -> QuerySet[PlanTemplate]:
    """Every version, the latest first."""
    rows: QuerySet[PlanTemplate] = PlanTemplate.objects.order_by("-version")
    return rows


def holder_today(role: str, *, sample: bool) -> Organisation | None:
    """Who holds a role of the network today."""
    return held_role(role, timezone.localdate(), sample=sample)


def recipients_by_duty(organisation: Organisation, day: date) -> list[Organisation]:
    """To whom an office sends its plan on a day: whoever coordinates the network, and a provincial body's province.

    The coordinating ministry: Circular 02/2019, article 10.5; the People's Committee that a provincial body belongs to.
    """
    found = []
    held = held_role(RoleInNetwork.COORDINATING_MINISTRY, day, sample=organisation.sample)
    if held is not None:
        found.append(held)
    link = OrganisationParent.objects.filter(valid_on(day), organisation=organisation).select_related("parent").first()
    if link is not None and link.parent.kind == Kind.PEOPLES_COMMITTEE:
        found.append(link.parent)
    return [office for office in found if office.pk != organisation.pk]


def tasks_to_serve(plan: Plan) -> list[TaskInstance]:
    """The tasks of the plan's office that its activities may serve: open ones, and those that one serves already."""
    served = PlanActivity.objects.filter(plan=plan, task__isnull=False).order_by().values("task")
    rows = TaskInstance.objects.filter(organisation_id=plan.organisation_id).select_related("task")
    return list(rows.filter(Q(state__in=OPEN_STATES) | Q(pk__in=served)))
