"""What a plan still lacks before it can be submitted, each with the place where it is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext

from nhipcau.network.models import RoleInNetwork
from nhipcau.programme.models import PlanActivity, PlanPart, PlanRecipient
from nhipcau.programme.plan_parts import parts_of

if TYPE_CHECKING:
    from nhipcau.programme.models import Plan

#: What every activity must say before a plan is submitted.
NEEDED = ("title", "group", "category", "begins_on", "ends_on")


class Missing(NamedTuple):
    """One thing that is missing: ``field`` is the place in the editor (``part-focal``, ``activity-12``, ``head``)."""

    field: str
    sentence: str


def missing_in(plan: Plan) -> list[Missing]:
    """Everything that the plan lacks, in the order of the editor."""
    found = []
    if not PlanRecipient.objects.filter(plan=plan).exists() and not coordinates(plan):
        found.append(Missing("head", gettext("It is addressed to nobody yet.")))
    texts = {row.key: row.text for row in PlanPart.objects.filter(plan=plan)}
    for part in parts_of(plan.template.parts):
        if part.required and not texts.get(part.key):
            sentence = gettext("“%(part)s” is empty; where there is nothing, write “Không có”.")
            found.append(Missing(f"part-{part.key}", sentence % {"part": part.title}))
    rows = list(PlanActivity.objects.filter(plan=plan, removed_at__isnull=True).order_by("position", "pk"))
    if not rows:
        found.append(Missing("activities", gettext("There is no activity in it yet.")))
    for number, row in enumerate(rows, 1):
        lacks = lacking(row)
        if lacks:
            sentence = gettext("%(activity)s lacks: %(fields)s.")
            named = ", ".join(str(PlanActivity._meta.get_field(name).verbose_name) for name in lacks)
            called = f"“{row.title}”" if row.title else gettext("Activity %(number)s") % {"number": number}
            found.append(Missing(f"activity-{row.pk}", sentence % {"activity": called, "fields": named}))
    return found


def lacking(activity: PlanActivity) -> list[str]:
    """The fields that an activity must still say."""
    lacks = [name for name in NEEDED if not getattr(activity, name)]
    # Whoever names an amount says who pays it.
    return [*lacks, "budget_source"] if activity.budget and not activity.budget_source else lacks


def coordinates(plan: Plan) -> bool:
    """Whether the plan's office coordinates the network itself today, and so sends its plan to nobody."""
    from nhipcau.programme.queries.plans import holder_today

    held = holder_today(RoleInNetwork.COORDINATING_MINISTRY, sample=plan.sample)
    return held is not None and held.pk == plan.organisation_id
