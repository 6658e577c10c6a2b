"""Who sent the annual plan of a year first, and who is missing: every office on the map of a day."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.db.models import (
    Case,
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from nhipcau.access import current
from nhipcau.accounts.models import Role
from nhipcau.accounts.queries import focal_duties_on
from nhipcau.network.models import Organisation, RoleInNetwork, Succession, valid_on
from nhipcau.network.queries import held_roles_on
from nhipcau.programme.models import PLAN_OUT, Plan, PlanKind, PlanRecipient, PlanState, Verdict
from nhipcau.programme.queries.plan_duty import OWING, plan_due_on

if TYPE_CHECKING:
    from datetime import date

#: What came of an office, as a state.
MISSING, OLD_UNITS = "missing", "old_units"


def coordinated_by_me(day: date) -> QuerySet[Organisation]:
    """The offices that coordinate the network on a day and in which the reader is a coordinator."""
    mine = current().organisations(Role.COORDINATOR)
    held = [
        row.organisation_id
        for sample in (False, True)
        for row in held_roles_on(RoleInNetwork.COORDINATING_MINISTRY, day, sample=sample)
    ]
    rows: QuerySet[Organisation] = Organisation.objects.filter(pk__in=set(mine) & set(held))
    return rows


def arrivals(*, ministry: Organisation, year: int, day: date) -> QuerySet[Organisation]:
    """The offices that exist on a day and owe the plan of a year to ``ministry``, with what came of each.

    ``plan_key``, ``plan_state`` (``missing`` for none; ``old_units`` where only bodies that it took over from have sent
    one), ``received``, ``verdict`` and ``rank``, the order of arrival among the rows; ``due_on`` is for all.
    ``officers`` are its focal officers of that day, ``before`` its predecessors with their plans (``sent_plans``).

    Args:
        ministry: the office that coordinates; real offices owe to a real one, sample offices to a sample one.
        year: the year of the plan.
        day: the map by which offices are counted, in Asia/Ho_Chi_Minh.
    """
    sent = _sent(year, day)
    ended = timezone.make_aware(datetime.combine(day, time.max))
    came = PlanRecipient.objects.filter(organisation=ministry, received_at__lte=ended)
    own = sent.filter(organisation=OuterRef("pk")).order_by("-edition", "-pk")
    # What counts is when the office was first heard of: an amendment does not make it late.
    of_office = sent.filter(organisation=OuterRef(OuterRef("pk"))).order_by().values("pk")
    first = came.filter(plan_id__in=of_office).order_by("received_at")
    answered = came.filter(plan_id=OuterRef("plan_key"), decided_at__lte=ended)
    old = Succession.objects.filter(successor=OuterRef(OuterRef("pk")), day__lte=day).order_by()
    of_old = sent.filter(organisation_id__in=old.values("predecessor")).order_by()
    rows: QuerySet[Organisation] = (
        Organisation.objects.filter(valid_on(day), kind__in=OWING, sample=ministry.sample)
        .exclude(pk=ministry.pk)
        .annotate(
            plan_key=Subquery(own.values("pk")[:1], output_field=IntegerField()),
            issued_on=Subquery(own.values("issued_on")[:1]),
            received=Subquery(first.values("received_at")[:1], output_field=DateTimeField()),
            old_key=Subquery(of_old.values("pk")[:1], output_field=IntegerField()),
        )
        .annotate(verdict=Coalesce(Subquery(answered.values("verdict")[:1]), Value(""), output_field=CharField()))
        .annotate(due_on=Value(plan_due_on(year), output_field=DateField()))
        .annotate(plan_state=_state(), rank=Window(RowNumber(), order_by=F("received").asc(nulls_last=True)))
    )
    return rows.prefetch_related(
        Prefetch("focal_duties", focal_duties_on(day).order_by("-share", "person__sort_key"), to_attr="officers"),
        Prefetch("origins", _before(year, day), to_attr="before"),
    )


def _sent(year: int, day: date) -> QuerySet[Plan]:
    """Annual plans of a year that were issued by a day, amended since or not."""
    rows: QuerySet[Plan] = Plan.objects.filter(kind=PlanKind.ANNUAL, year_from=year, state__in=PLAN_OUT)
    return rows.filter(issued_on__lte=day).exclude(state=PlanState.RECALLED)


def _before(year: int, day: date) -> QuerySet[Succession]:
    sent = Prefetch("predecessor__plans", _sent(year, day).order_by("pk"), to_attr="sent_plans")
    rows: QuerySet[Succession] = Succession.objects.filter(day__lte=day).select_related("predecessor")
    return rows.prefetch_related(sent).order_by("predecessor__sort_key", "pk")


def _state() -> Case:
    """The state of a row, for lists to narrow by."""
    return Case(
        When(verdict=Verdict.ACCEPTED, then=Value("accepted")),
        When(verdict=Verdict.RETURNED, then=Value("returned")),
        When(received__isnull=False, then=Value("received")),
        When(plan_key__isnull=False, then=Value("issued")),
        When(old_key__isnull=False, then=Value(OLD_UNITS)),
        default=Value(MISSING),
        output_field=CharField(),
    )
