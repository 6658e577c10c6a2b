"""Plans that wait for somebody: to be written, mended, approved, issued, taken in, answered, amended."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.accounts.models import Role
from nhipcau.network.models import Organisation
from nhipcau.programme.models import PLAN_IN_WORK, Plan, PlanRecipient, PlanState, Verdict
from nhipcau.programme.plan_hosting import plan_url
from nhipcau.programme.queries.plan_duty import owing_offices, plan_due_on, planned_year, plans_for
from nhipcau.programme.rules.plans import JUDGES, PLAN_RECEIVERS, PLANNERS
from nhipcau.workspace.due import DueItem, register
from nhipcau.workspace.queries.notices import zone_of
from nhipcau.workspace.reminding import Matter, Remindable
from nhipcau.workspace.reminding import register as have_reminded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhipcau.access import Access


def register_due_plans() -> None:
    """Called once, from the ``ready`` of the room."""
    register("programme.plans", due_plans, of_offices=late_plans)
    have_reminded(Remindable(name="programme.plans", model=Organisation, open_matters=owed_plans))


def due_plans(access: Access, at: datetime) -> Iterator[DueItem]:
    """What waits for the person of this access among the plans."""
    yield from _to_write(access.organisations(*PLANNERS), at)
    yield from _to_mend(access)
    yield from _to_sign(access)
    yield from _to_answer(access)
    yield from _to_amend(access)


def late_plans(access: Access, at: datetime) -> Iterator[DueItem]:
    """Annual plans that are not issued in the offices that the person leads."""
    return _to_write(access.organisations(Role.LEADER, Role.APPROVER), at)


def owed_plans(at: datetime) -> Iterator[Matter]:
    """Annual plans that offices have not issued; the day ends there."""
    day = timezone.localdate(at)
    year = planned_year(day)
    if year is None:
        return
    offices = list(owing_offices(day))
    there, due = plans_for(year, [office.pk for office in offices]), plan_due_on(year)
    for office in offices:
        plan = there.get(office.pk)
        if plan is None or plan.state != PlanState.ISSUED:
            yield Matter(
                target=office,
                title=_owed_title(year, plan),
                url=_owed_url(office, year, plan),
                due=datetime.combine(due, time(23, 59), zone_of("", office)),
                organisation=office,
            )


def _to_write(offices: Iterable[int], at: datetime) -> Iterator[DueItem]:
    """The annual plan that an office owes: not begun, or still being written."""
    day = timezone.localdate(at)
    year, keys = planned_year(day), list(offices)
    if year is None or not keys:
        return
    owing = list(owing_offices(day).filter(pk__in=keys))
    there = plans_for(year, [office.pk for office in owing]) if owing else {}
    waiting = [office for office in owing if office.pk not in there or there[office.pk].state in PLAN_IN_WORK]
    due = plan_due_on(year) if waiting else None
    for office in waiting:
        plan = there.get(office.pk)
        if plan is not None and plan.state not in (PlanState.DRAFT, PlanState.SENT_BACK):
            continue
        yield DueItem(
            title=_owed_title(year, plan),
            url=_owed_url(office, year, plan),
            due=due,
            since=plan.changed_at if plan else None,
            state=plan.state if plan else "missing",
            state_word=plan.get_state_display() if plan else _("Not begun"),
            doing=_("Write"),
            organisation=office,
            room=_("Plans"),
        )


def _owed_title(year: int, plan: Plan | None) -> str:
    return str(plan) if plan else gettext("Annual plan for %(year)s") % {"year": year}


def _owed_url(office: Organisation, year: int, plan: Plan | None) -> str:
    if plan is not None:
        return plan_url(plan)
    return f"{reverse('programme:plan_new')}?organisation={office.pk}&year_from={year}"


def _to_mend(access: Access) -> Iterator[DueItem]:
    """Sent back inside the office to the one who wrote it, where the office does not owe it anyway."""
    rows = Plan.objects.filter(
        state=PlanState.SENT_BACK, drafter_id=access.person_id, organisation_id__in=access.organisations(*PLANNERS)
    )
    owed = planned_year(timezone.localdate(access.at))
    for plan in rows.select_related("organisation"):
        if plan.kind != "annual" or plan.year_from != owed:
            yield _item(plan, _("Mend"))


def _to_sign(access: Access) -> Iterator[DueItem]:
    """In review: for the approvers who did not write it; approved: to be issued by them."""
    rows = Plan.objects.filter(
        state__in=(PlanState.IN_REVIEW, PlanState.APPROVED), organisation_id__in=access.organisations(Role.APPROVER)
    )
    me = f"person:{access.person_id}"
    for plan in rows.select_related("organisation"):
        reviewed = plan.state == PlanState.IN_REVIEW
        if not (reviewed and me in plan.drafter_ids()):
            yield _item(plan, _("Approve") if reviewed else _("Issue"), approval=True)


def _to_answer(access: Access) -> Iterator[DueItem]:
    """Issued to an office, and not taken in or not answered by it."""
    issued = Plan.objects.filter(state=PlanState.ISSUED)
    shown = issued.select_related("organisation")
    rows = PlanRecipient.objects.filter(plan_id__in=issued.order_by().values("pk"), verdict=Verdict.WAITING)
    judged, received = access.organisations(*JUDGES), access.organisations(*PLAN_RECEIVERS)
    rows = rows.filter(organisation_id__in={*judged, *received}).select_related("organisation")
    for row in rows.prefetch_related(Prefetch("plan", queryset=shown)):
        if row.received_at is not None and row.organisation_id not in judged:
            continue
        new = row.received_at is None
        yield DueItem(
            title=f"{row.plan}, {row.plan.organisation}",
            url=plan_url(row.plan),
            due=None,
            since=row.plan.issued_at if new else row.received_at,
            state="waiting",
            state_word=_("Not taken in") if new else _("Not answered yet"),
            doing=_("Receive") if new and row.organisation_id not in judged else _("Answer"),
            organisation=row.organisation,
            room=_("Plans"),
        )


def _to_amend(access: Access) -> Iterator[DueItem]:
    """Sent back by a recipient, and no amendment begun."""
    asked = PlanRecipient.objects.filter(verdict=Verdict.RETURNED).order_by().values("plan")
    begun = Plan.objects.filter(state__in=PLAN_IN_WORK, amends__isnull=False).order_by().values("amends_id")
    rows = Plan.objects.filter(
        state=PlanState.ISSUED, pk__in=asked, organisation_id__in=access.organisations(*PLANNERS)
    ).exclude(pk__in=begun)
    for plan in rows.select_related("organisation"):
        yield _item(plan, _("Amend"), state="returned", word=_("Sent back for amendment"))


def _item(plan: Plan, doing: Any, *, approval: bool = False, state: str = "", word: Any = "") -> DueItem:
    return DueItem(
        title=str(plan),
        url=plan_url(plan),
        due=None,
        since=plan.changed_at,
        state=state or plan.state,
        state_word=word or plan.get_state_display(),
        doing=doing,
        organisation=plan.organisation,
        room=_("Plans"),
        approval=approval,
    )
