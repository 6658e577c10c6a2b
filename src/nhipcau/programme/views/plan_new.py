from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.programme.domain.plan_making import Copied, draft_plan
from nhipcau.programme.forms.plans import BeginPlanForm
from nhipcau.programme.models import Plan, PlanKind
from nhipcau.programme.plan_parts import parts_of
from nhipcau.programme.queries import plans as queries
from nhipcau.programme.queries.plan_duty import plans_for
from nhipcau.programme.rules.plans import PLANNERS
from nhipcau.workspace.domain.errors import IncompleteError, WorkspaceError
from nhipcau.workspace.queries.letters import offices_of

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: Any) -> HttpResponse:
    """Begin a plan for one of my offices: anew, or with what I choose of an earlier one."""
    offices = offices_of(*PLANNERS)
    if not offices:
        raise PermissionDeniedError(_("You may not do this: your roles do not include it."))
    asked = request.POST or request.GET
    office = next((each for each in offices if str(each.pk) == asked.get("organisation", "")), offices[0])
    source = _source(office, asked)
    year = _next_year(office)
    if request.method != "POST" or "show" in request.POST:
        initial = {"organisation": office, "kind": PlanKind.ANNUAL, "year_from": year}
        form = BeginPlanForm(offices=offices, initial={**initial, **_typed(asked)})
        return _page(request, form, office, source)
    form = BeginPlanForm(request.POST, offices=offices)
    if not form.is_valid():
        return _page(request, form, office, source)
    given = form.cleaned_data
    try:
        made = draft_plan(actor=request.user, copied=_copied(source, request.POST), **given)
    except WorkspaceError as error:
        field = error.field if isinstance(error, IncompleteError) else ""
        form.add_error(field if field in form.fields else None, str(error))
        return _page(request, form, office, source)
    messages.success(request, _("The plan is begun."))
    return redirect("programme:plan_edit", made.pk)


def _next_year(office: Any) -> int:
    """The first year from next year on for which the office has no annual plan."""
    year = timezone.localdate().year + 1
    while plans_for(year, [office.pk]):
        year += 1
    return year


def _typed(asked: QueryDict) -> dict[str, str]:
    return {name: asked[name] for name in ("kind", "year_from", "year_to") if name in asked}


def _source(office: Any, asked: QueryDict) -> Plan | None:
    """The plan that is copied: the one asked for; before anything is asked the last annual one, if there is one."""
    there = queries.copyable_plans(office)
    if "source" in asked:
        return next((plan for plan in there if str(plan.pk) == asked["source"]), None)
    return next((plan for plan in there if plan.kind == PlanKind.ANNUAL), None)


def _copied(source: Plan | None, data: QueryDict) -> Copied | None:
    if source is None:
        return None
    keys = [int(key) for key in data.getlist("activity") if key.isascii() and key.isdigit()]
    return Copied(plan=source, activities=keys, parts=data.getlist("part"))


def _page(request: Any, form: BeginPlanForm, office: Any, source: Plan | None) -> HttpResponse:
    chosen = request.method == "POST" and "show" not in request.POST
    context = {
        "form": form,
        "office": office,
        "source": source,
        "sources": queries.copyable_plans(office),
        "ticked": set(request.POST.getlist("activity")) if chosen else None,
        "ticked_parts": set(request.POST.getlist("part")) if chosen else None,
        "activities": queries.activities_of(source) if source else [],
        "parts": _parts(source) if source else [],
        "sample": office.sample,
    }
    return render(request, "programme/plan_new.html", context)


def _parts(source: Plan) -> list[Any]:
    written = queries.parts_of_plan(source)
    return [part for part in parts_of(source.template.parts) if part.key in written and written[part.key].text]
