"""Plans carry files, comments and versions, are found by the one search field; their steps are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau import search
from nhipcau.programme.models import PLAN_OUT, Plan, PlanActivity, PlanPart, PlanState
from nhipcau.search.registry import Searchable
from nhipcau.search.registry import register as register_search
from nhipcau.workspace import notice_kinds
from nhipcau.workspace.models import Host, register_host
from nhipcau.workspace.notice_kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from nhipcau.network.models import Organisation

_KINDS = (
    Kind(
        key="programme.plans.review",
        title=_("Plans to review or approve"),
        channel="mail",
        icon="calendar",
        order=60,
    ),
    Kind(
        key="programme.plans.back",
        title=_("Plans sent back"),
        channel="mail",
        icon="arrow-back-up",
        tone="soon",
        order=61,
    ),
    Kind(key="programme.plans.approved", title=_("Plans approved"), icon="check", tone="good", order=62),
    Kind(key="programme.plans.arrived", title=_("Plans that arrive"), icon="calendar", order=63),
    Kind(key="programme.plans.answered", title=_("Plans accepted"), icon="check", tone="good", order=64),
    Kind(
        key="programme.plans.returned",
        title=_("Plans to be amended"),
        channel="mail",
        icon="arrow-back-up",
        tone="late",
        order=65,
    ),
    Kind(
        key="programme.plans.recalled",
        title=_("Plans recalled"),
        channel="mail",
        always=True,
        icon="arrow-back-up",
        tone="late",
        order=66,
    ),
)


def register_plans() -> None:
    """Called once, from the ``ready`` of the room."""
    register_host(
        Host(
            model=Plan,
            office=lambda plan: plan.organisation,
            url=plan_url,
            attach="programme.attach_to_plan",
            comment="programme.comment_plan",
            edit="programme.edit_plan",
            sign="programme.sign_plan",
            receivers=_receivers,
            classification=lambda plan: plan.classification,
        )
    )
    for model, anchor in ((PlanPart, "part"), (PlanActivity, "activity")):
        register_host(_inside(model, anchor))
    register_search(
        Searchable(
            name="programme.plans",
            title=_("Plans"),
            find=_find,
            label=str,
            url=plan_url,
            note=lambda plan: f"{plan.organisation}, {plan.get_state_display()}",
            everything=lambda text: f"{reverse('programme:plans')}?{urlencode({'q': text})}",
            icon="calendar",
            order=35,
        )
    )
    for kind in _KINDS:
        notice_kinds.register(kind)


def plan_url(plan: Plan) -> str:
    """Where a plan opens."""
    return reverse("programme:plan", args=[plan.pk])


def _inside(model: type[Any], anchor: str) -> Host:
    """Files and comments hang on the plan; what is inside has versions, and what was typed and not saved."""
    return Host(
        model=model,
        office=lambda row: row.plan.organisation,
        url=lambda row: f"{reverse('programme:plan_edit', args=[row.plan_id])}#{anchor}-{row.pk}",
        attach="programme.edit_plan",
        comment="programme.edit_plan",
        edit="programme.edit_plan",
        sign="programme.edit_plan",
        classification=lambda row: row.plan.classification,
    )


def _receivers(plan: Plan) -> Iterable[Organisation]:
    if plan.state not in PLAN_OUT:
        return []
    return [row.organisation for row in plan.recipients.select_related("organisation")]


def _find(text: str, *, exact: bool = False) -> QuerySet[Plan]:
    rows = Plan.objects.exclude(state=PlanState.DISCARDED).select_related("organisation")
    found: QuerySet[Plan] = search.matching(rows, text, exact=exact)
    return found.order_by("-year_from", "-pk")
