"""What plans offer to reports: how many were issued, how many activities are planned in a period, what they cost."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.programme.codes import region_of
from nhipcau.programme.figures import Asked, Figure, Offer, Source, register
from nhipcau.programme.models import PLAN_OUT, Plan, PlanActivity, PlanState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

#: The languages that reports tell apart; every other is one of the others.
_LANGUAGES = frozenset({"vi", "en", "zh", "fr", "ru", "es", "ja", "ko", "lo", "km"})
OTHER = "other"
#: What reports call the channels and audiences of plans, where they do not tell them apart as finely.
_CHANNELS = {
    "press_conference": "press",
    "press": "press",
    "foreign_media": "foreign_media",
    "portal": "portal",
    "social": "social",
    "publication": "publication",
    "event_home": "event",
    "event_abroad": "event",
    "exchange": "event",
}
_AUDIENCES = {
    "foreign_press": "foreign_press",
    "foreign_public": "foreign_public",
    "visitors": "foreign_public",
    "partners": "diplomatic",
    "business": "business",
    "overseas": "overseas",
    "domestic": "domestic",
    "border": "domestic",
    "officers": "domestic",
}
#: Axis of a report -> the choice that an activity falls under; its main language is the one that counts.
_AXES: Mapping[str, Callable[[PlanActivity], str]] = {
    "language": lambda row: row.languages[0] if row.languages and row.languages[0] in _LANGUAGES else OTHER,
    "channel": lambda row: _CHANNELS.get(row.channel, OTHER),
    "audience": lambda row: _AUDIENCES.get(row.audience, OTHER),
    "country": lambda row: region_of(row.country) or OTHER,
    "category": lambda row: row.category or OTHER,
}


def register_plan_figures() -> None:
    """Called once, from the ``ready`` of the room."""
    register(Offer(key="programme.plans_issued", title=_("Plans issued"), count=plans_issued, unit=_("plans")))
    register(
        Offer(
            key="programme.activities_planned",
            title=_("Activities planned"),
            count=activities_planned,
            unit=_("activities"),
        )
    )
    register(
        Offer(
            key="programme.budget_planned",
            title=_("Budget planned"),
            count=budget_planned,
            unit=_("million đồng"),
        )
    )


def plans_issued(asked: Asked) -> Figure:
    """Plans and amendments that the office issued in the period, recalled ones apart."""
    rows = Plan.objects.filter(
        organisation=asked.organisation,
        state__in=PLAN_OUT,
        issued_on__gte=asked.begin,
        issued_on__lte=asked.end,
        issued_at__lte=asked.as_of,
    ).exclude(state=PlanState.RECALLED)
    found = list(rows.order_by("issued_at"))
    sources = [Source(label=str(plan), url=reverse("programme:plan", args=[plan.pk])) for plan in found]
    return Figure(value=Decimal(len(found)), sources=sources)


def activities_planned(asked: Asked) -> Figure:
    """Activities that begin in the period, of the plans that stood at the moment; broken down along each axis."""
    rows = _planned(asked)
    return Figure(
        value=Decimal(len(rows)), by=_broken_down(rows, lambda _row: Decimal(1)), sources=_sources(asked, rows)
    )


def budget_planned(asked: Asked) -> Figure:
    """What those activities cost, in millions of đồng; what names no amount counts as nothing."""
    rows = [row for row in _planned(asked) if row.budget]
    return Figure(
        value=sum((row.budget for row in rows), Decimal(0)),
        by=_broken_down(rows, lambda row: row.budget),
        sources=_sources(asked, rows),
    )


def _planned(asked: Asked) -> list[PlanActivity]:
    """Of the plans issued by the moment, in the edition that stood then."""
    issued = Plan.objects.filter(
        organisation=asked.organisation, state__in=PLAN_OUT, issued_at__lte=asked.as_of
    ).exclude(Q(state=PlanState.RECALLED) & Q(recalled_at__lte=asked.as_of))
    rows = list(issued.values_list("pk", "amends_id"))
    amended = {before for _key, before in rows}
    standing = [key for key, _before in rows if key not in amended]
    activities = PlanActivity.objects.filter(
        plan_id__in=standing, removed_at__isnull=True, begins_on__gte=asked.begin, begins_on__lte=asked.end
    )
    return list(activities.order_by("begins_on", "pk"))


def _broken_down(rows: Iterable[PlanActivity], worth: Callable[[PlanActivity], Any]) -> dict[str, dict[str, Decimal]]:
    by: dict[str, dict[str, Decimal]] = {axis: {} for axis in _AXES}
    for row in rows:
        for axis, choice in _AXES.items():
            code = choice(row)
            by[axis][code] = by[axis].get(code, Decimal(0)) + worth(row)
    return by


def _sources(asked: Asked, rows: list[PlanActivity]) -> list[Source]:
    if not rows:
        return []
    query = {
        "organisation": asked.organisation.pk,
        "standing": "1",
        "since": asked.begin.isoformat(),
        "until": asked.end.isoformat(),
    }
    url = f"{reverse('programme:plan_activities')}?{urlencode(query)}"
    return [Source(label=gettext("Activities of the plans of %(office)s") % {"office": asked.organisation}, url=url)]
