"""The list of plans, and that of everything they plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau.access import current
from nhipcau.accounts.models import Role
from nhipcau.programme.filters.plans import ActivityFilter, PlanFilter
from nhipcau.programme.models import Plan, PlanActivity, PlanState
from nhipcau.programme.queries import plans as queries
from nhipcau.programme.queries.plan_arrivals import coordinated_by_me
from nhipcau.programme.rules.plans import PLANNERS
from nhipcau.ui.listing import Column, Empty, Listing, cells, register
from nhipcau.ui.templatetags.ui import country_name, language_name, vi_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.ui.listing import Shown


def _plans_heading(shown: Shown) -> str:
    if not shown.number:
        return gettext("No plan yet")
    said = ngettext("%(number)s plan", "%(number)s plans", shown.number)
    return said % {"number": vi_number(shown.number)}


def _plans_empty(_shown: Shown) -> Empty:
    if current().organisations(*PLANNERS):
        return Empty(
            gettext("Begin with the plan for next year"),
            gettext("The plans of your office stand here, and those that other offices send to it."),
            "calendar",
            reverse("programme:plan_new"),
            gettext("New plan"),
        )
    return Empty(
        gettext("No plan has come yet"),
        gettext("The plans of the offices in which you hold a role stand here, and those that were sent to them."),
        "calendar",
    )


def plan_state(plan: Plan) -> tuple[str, Any]:
    """Code and words of how far a plan is; what a recipient answered counts once it is issued."""
    if plan.state == PlanState.ISSUED and plan.returned:
        return "returned", gettext("Sent back for amendment")
    if plan.state == PlanState.ISSUED and plan.accepted:
        return "accepted", gettext("Plan accepted")
    if plan.state == PlanState.ISSUED and plan.received_first:
        return "received", gettext("Plan taken in")
    return plan.state, plan.get_state_display()


def _plans_context(_shown: Shown) -> dict[str, Any]:
    coordinates = bool(current().organisations(Role.COORDINATOR)) and coordinated_by_me(timezone.localdate()).exists()
    return {"may_begin": bool(current().organisations(*PLANNERS)), "may_see_arrivals": coordinates}


def _plan_marks(plan: Plan) -> str:
    amended = gettext("amendment %(number)s") % {"number": plan.edition - 1} if plan.edition > 1 else ""
    marks = [plan.number_and_symbol, amended, "DỮ LIỆU MẪU" if plan.sample else ""]
    return " · ".join(mark for mark in marks if mark)


PLANS = register(
    Listing(
        name="programme.plans",
        view="programme:plans",
        title=gettext_lazy("Plans"),
        heading=_plans_heading,
        rows=queries.plans,
        filters=PlanFilter,
        order=("-year_from", "-changed_at", "-pk"),
        empty=_plans_empty,
        nothing_fits=gettext_lazy("Every word must be in the plan; words in quotation marks must stand together."),
        sample=lambda rows: any(plan.sample for plan in rows),
        classified=("organisation", "classification"),
        template="programme/plans.html",
        context=_plans_context,
        columns=[
            Column(
                key="title",
                label=gettext_lazy("Plan"),
                value="title",
                link=lambda plan: reverse("programme:plan", args=[plan.pk]),
                language=lambda _plan: "vi",
                note=_plan_marks,
                card="title",
            ),
            Column(
                key="office",
                label=gettext_lazy("Office"),
                value=lambda plan: str(plan.organisation),
                order_by=("organisation__sort_key",),
                css="why",
                card="plain",
            ),
            Column(key="years", label=gettext_lazy("Year"), order_by=("year_from", "year_to"), css="num", card="plain"),
            Column(
                key="kind",
                label=gettext_lazy("Kind"),
                value=lambda plan: plan.get_kind_display(),
                card="none",
                chosen=False,
            ),
            Column(
                key="state",
                label=gettext_lazy("State"),
                value=lambda plan: str(plan_state(plan)[1]),
                show=lambda plan: cells.state(plan_state(plan)[1], plan_state(plan)[0]),
                order_by=("state",),
                card="plain",
            ),
            Column(
                key="activities",
                label=gettext_lazy("Activities"),
                value="activity_count",
                link=lambda plan: f"{reverse('programme:plan_activities')}?plan={plan.pk}",
                order_by=("activity_count",),
                numeric=True,
            ),
            Column(
                key="budget",
                label=gettext_lazy("Million đồng"),
                value=lambda plan: cells_amount(plan.budget),
                order_by=("budget",),
                numeric=True,
            ),
            Column(
                key="issued",
                label=gettext_lazy("Issued"),
                value="issued_on",
                order_by=("issued_on",),
                css="when",
                chosen=False,
            ),
            Column(
                key="received",
                label=gettext_lazy("First received"),
                value="received_first",
                order_by=("received_first",),
                css="when",
            ),
            Column(
                key="changed",
                label=gettext_lazy("Changed"),
                value="changed_at",
                order_by=("changed_at",),
                css="when",
                chosen=False,
            ),
        ],
    )
)


def cells_amount(amount: Any) -> Any:
    """An amount without zeros at its end; None for none."""
    return None if amount is None else amount.normalize() + 0


def _activities_heading(shown: Shown) -> str:
    if not shown.number:
        return gettext("No activity is planned yet")
    said = ngettext("%(number)s planned activity", "%(number)s planned activities", shown.number)
    return said % {"number": vi_number(shown.number)}


def _when(activity: PlanActivity) -> str:
    days = [day for day in (activity.begins_on, activity.ends_on) if day]
    return "–".join(dict.fromkeys(f"{day:%d/%m/%Y}" for day in days))


def _languages(activity: PlanActivity) -> str:
    return ", ".join(language_name(tag) for tag in activity.languages)


def _sample(rows: Iterable[PlanActivity]) -> bool:
    return any(row.plan.sample for row in rows)


PLAN_ACTIVITIES = register(
    Listing(
        name="programme.plan_activities",
        view="programme:plan_activities",
        title=gettext_lazy("Planned activities"),
        heading=_activities_heading,
        rows=queries.activities,
        filters=ActivityFilter,
        order=("begins_on", "pk"),
        empty=lambda _shown: Empty(
            gettext("Nothing is planned yet"),
            gettext("Everything that the plans you may read contain stands here, from the day it is typed."),
            "calendar",
            reverse("programme:plans"),
            gettext("Plans"),
        ),
        nothing_fits=gettext_lazy("Take a filter away, or write fewer words."),
        sample=_sample,
        classified=("plan__organisation", "plan__classification"),
        columns=[
            Column(
                key="title",
                label=gettext_lazy("Activity"),
                value=lambda row: row.title or gettext("(no name yet)"),
                link=lambda row: f"{reverse('programme:plan', args=[row.plan_id])}#activity-{row.pk}",
                language=lambda _row: "vi",
                note=lambda row: str(row.plan.organisation),
                card="title",
            ),
            Column(
                key="office",
                label=gettext_lazy("Office"),
                value=lambda row: str(row.plan.organisation),
                chosen=False,
                card="none",
            ),
            Column(key="year", label=gettext_lazy("Plan"), value="plan.years", css="num", card="plain"),
            Column(
                key="when",
                label=gettext_lazy("From–to"),
                value=_when,
                order_by=("begins_on",),
                css="when",
                card="plain",
            ),
            Column(
                key="category",
                label=gettext_lazy("Category"),
                value=lambda row: row.get_category_display(),
                order_by=("category",),
            ),
            Column(key="place", label=gettext_lazy("Where"), value="place", chosen=False),
            Column(key="country", label=gettext_lazy("Country"), value=lambda row: country_name(row.country)),
            Column(key="channel", label=gettext_lazy("Channel"), value=lambda row: row.get_channel_display()),
            Column(
                key="audience",
                label=gettext_lazy("Audience"),
                value=lambda row: row.get_audience_display(),
                chosen=False,
            ),
            Column(key="languages", label=gettext_lazy("Languages"), value=_languages, chosen=False),
            Column(key="responsible", label=gettext_lazy("Responsible"), value="responsible", chosen=False),
            Column(key="output", label=gettext_lazy("Expected output"), value="output", chosen=False, card="none"),
            Column(
                key="task",
                label=gettext_lazy("Task served"),
                value=lambda row: str(row.task.task) if row.task else "",
                chosen=False,
            ),
            Column(
                key="source",
                label=gettext_lazy("Source of the budget"),
                value=lambda row: row.get_budget_source_display(),
                chosen=False,
            ),
            Column(
                key="budget",
                label=gettext_lazy("Million đồng"),
                value=lambda row: cells_amount(row.budget),
                order_by=("budget",),
                numeric=True,
                total=Sum("budget"),
            ),
        ],
    )
)
