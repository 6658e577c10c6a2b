"""Who sent the annual plan of a year first, and who is missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau.programme.filters.plan_arrivals import ARRIVAL_STATES, ArrivalForm, narrow_arrivals
from nhipcau.programme.queries import plan_arrivals as queries
from nhipcau.programme.queries.plan_duty import plan_due_on
from nhipcau.ui.listing import Column, Empty, FormFilter, Listing, cells, register
from nhipcau.ui.templatetags.ui import day, vi_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.ui.listing import Shown

_APPEARANCE = {queries.OLD_UNITS: "waiting"}


def _heading(shown: Shown) -> str:
    counted = _counted(shown)
    came = sum(counted[state] for state in ("received", "returned", "accepted"))
    missing = counted[queries.MISSING] + counted[queries.OLD_UNITS]
    given = {"year": shown.given["year"], "number": vi_number(came)}
    said = ngettext("%(number)s plan for %(year)s has come", "%(number)s plans for %(year)s have come", came) % given
    if not missing:
        return said
    left = ngettext("%(number)s office is missing", "%(number)s offices are missing", missing)
    return f"{said}, {left % {'number': vi_number(missing)}}"


def _counted(shown: Shown) -> Counter[str]:
    """How many offices are in which state, whatever the list is narrowed to."""
    found = getattr(shown, "counted_arrivals", None)
    if found is None:
        rows = queries.arrivals(ministry=shown.given["ministry"], year=shown.given["year"], day=shown.given["day"])
        found = Counter(rows.prefetch_related(None).order_by().values_list("plan_state", flat=True))
        shown.counted_arrivals = found
    return found


def _context(shown: Shown) -> Mapping[str, Any]:
    """Each state with its number, which opens the offices in it."""
    counted = _counted(shown)
    given = shown.given
    here = f"{reverse('programme:plan_arrivals')}?year={given['year']}&day={given['day'].isoformat()}"
    states = [(label, counted[code], f"{here}&state={code}") for code, label in ARRIVAL_STATES.items()]
    return {"states": states, "total": sum(counted.values()), "here": here, "due": plan_due_on(given["year"])}


def _lead(shown: Shown) -> str:
    given = shown.given
    said = gettext("%(offices)s offices exist on %(day)s and owe the plan; due on %(due)s. To: %(ministry)s.")
    return said % {
        "offices": vi_number(sum(_counted(shown).values())),
        "day": day(given["day"]),
        "due": day(plan_due_on(given["year"])),
        "ministry": given["ministry"],
    }


def _state(row: Any) -> str:
    return cells.state(ARRIVAL_STATES[row.plan_state], _APPEARANCE.get(row.plan_state, row.plan_state))


def _old_units(row: Any) -> str:
    """What bodies sent that the office took over from, each a link."""
    plans = [plan for each in row.before for plan in each.predecessor.sent_plans]
    names = {each.predecessor_id: each.predecessor for each in row.before}
    links = ((reverse("programme:plan", args=[plan.pk]), names[plan.organisation_id]) for plan in plans)
    return format_html_join(mark_safe("<br>"), '<a href="{}">{}</a>', links)


def _officers(row: Any) -> str:
    links = ((reverse("people:person", args=[duty.person_id]), duty.person) for duty in row.officers)
    return format_html_join(mark_safe("<br>"), '<a href="{}">{}</a>', links)


def _punctual(row: Any) -> str:
    """Whether it came in time; the receipt is what counts."""
    if row.received is None:
        return ""
    late = (timezone.localdate(row.received) - row.due_on).days
    if late <= 0:
        return gettext("on time")
    return ngettext("%(days)s day late", "%(days)s days late", late) % {"days": vi_number(late)}


def _plan_link(row: Any) -> str:
    if row.plan_key is None:
        return _state(row)
    return format_html('<a href="{}">{}</a>', reverse("programme:plan", args=[row.plan_key]), _state(row))


PLAN_ARRIVALS = register(
    Listing(
        name="programme.plan_arrivals",
        view="programme:plan_arrivals",
        title=gettext_lazy("Who sent the plan, who has not"),
        heading=_heading,
        lead=_lead,
        rows=queries.arrivals,
        filters=FormFilter.of(ArrivalForm, narrow_arrivals),
        unnarrowing=frozenset({"year", "day"}),
        order=("rank",),
        per_page=100,
        empty=lambda _shown: Empty(
            gettext("No office owes this plan"), gettext("On that day no office of these classes existed."), "calendar"
        ),
        nothing_fits=gettext_lazy("Take a filter away."),
        sample=lambda rows: any(row.sample for row in rows),
        template="programme/plan_arrivals.html",
        context=_context,
        columns=[
            Column(
                key="office",
                label=gettext_lazy("Office"),
                value=str,
                link=lambda row: reverse("network:organisation", args=[row.pk]),
                order_by=("sort_key",),
                card="title",
            ),
            Column(
                key="rank",
                label=gettext_lazy("Came as"),
                value=lambda row: row.rank if row.received else None,
                order_by=("rank",),
                numeric=True,
            ),
            Column(
                key="state",
                label=gettext_lazy("State"),
                value=lambda row: str(ARRIVAL_STATES[row.plan_state]),
                show=_plan_link,
                order_by=("plan_state",),
                card="plain",
            ),
            Column(
                key="received",
                label=gettext_lazy("First received"),
                order_by=("received",),
                css="when",
                card="plain",
            ),
            Column(key="punctual", label=gettext_lazy("In time"), value=_punctual, card="plain"),
            Column(
                key="officers",
                label=gettext_lazy("Focal officer"),
                value=lambda row: ", ".join(str(duty.person) for duty in row.officers),
                show=_officers,
            ),
            Column(
                key="old_units",
                label=gettext_lazy("From old units"),
                value=lambda row: ", ".join(
                    str(each.predecessor) for each in row.before if each.predecessor.sent_plans
                ),
                show=_old_units,
            ),
            Column(key="issued", label=gettext_lazy("Issued"), value="issued_on", css="when", chosen=False),
            Column(key="kind", label=gettext_lazy("Class"), value=lambda row: row.get_kind_display(), chosen=False),
        ],
    )
)
